import { Problem } from '@dure/contracts'
import type { JsonObject } from './json.ts'

/** What the gateway says on its own, before or instead of the service behind it. */
export const HEADERS = {
  'X-Request-Id': {
    description: 'Names this request in logs and problems: quote it when you report one',
    schema: { type: 'string', examples: ['req_0198c0de4a7b7c3e9f10223344556677'] },
  },
  RateLimit: {
    description: 'What is left of each limit (`r`), and seconds until there is more (`t`)',
    schema: { type: 'string', examples: ['"key";r=512;t=3'] },
  },
  'RateLimit-Policy': {
    description: 'Each limit: how much (`q`) in how many seconds (`w`)',
    schema: { type: 'string', examples: ['"key";q=600;w=60'] },
  },
  'Retry-After': {
    description: 'Seconds to wait before the request is sent again',
    schema: { type: 'integer', minimum: 0, examples: [3] },
  },
} satisfies Record<string, JsonObject>

export type HeaderName = keyof typeof HEADERS

export interface EdgeResponse {
  readonly name: string
  readonly description: string
  readonly headers: readonly HeaderName[]
  readonly title: string
  readonly code: string
  readonly detail: string
}

export const LIMIT_HEADERS = ['RateLimit', 'RateLimit-Policy'] as const

export const RESPONSES: Readonly<Record<string, EdgeResponse>> = {
  401: {
    name: 'Unauthenticated',
    description: 'No key was sent, or one that is unknown, expired or revoked',
    headers: [],
    title: 'Unauthenticated',
    code: 'key.missing',
    detail: 'Send `authorization: Bearer dure_live_…`',
  },
  403: {
    name: 'Forbidden',
    description: 'The key lacks the scope that `x-dure-scopes` of the operation names',
    headers: LIMIT_HEADERS,
    title: 'Forbidden',
    code: 'key.scope-missing',
    detail: 'The key lacks the scope runs:write: use one that has it',
  },
  429: {
    name: 'LimitExceeded',
    description: 'A limit is used up: try again after `Retry-After` seconds',
    headers: [...LIMIT_HEADERS, 'Retry-After'],
    title: 'Limit exceeded',
    code: 'limits.exceeded',
    detail: 'More requests than the limit allows: wait as long as `Retry-After` says',
  },
  503: {
    name: 'Unavailable',
    description: 'The service behind cannot answer now: try again after `Retry-After` seconds',
    headers: ['Retry-After'],
    title: 'Unavailable',
    code: 'service.unavailable',
    detail: 'The service cannot be reached: try again',
  },
  504: {
    name: 'DeadlineExceeded',
    description: 'The answer took longer than the request may',
    headers: [],
    title: 'Deadline exceeded',
    code: 'request.deadline-exceeded',
    detail: 'The answer took too long: what was asked may have been done all the same',
  },
}

/** Answered before the gateway knows, or wants to know, who asks. */
export const NOT_FOR_KEYLESS = ['401', '403']

/** A schema of an error, and how an error of the gateway looks in it. */
export interface ErrorShape {
  readonly mediaType: string
  /** Put before the names of responses of this shape. */
  readonly prefix: string
  readonly schemaName: string
  /** Absent: as the part has it. */
  readonly schema?: JsonObject
  exampleOf(status: number, response: EdgeResponse): JsonObject
}

export const PROBLEM: ErrorShape = {
  mediaType: 'application/problem+json',
  prefix: '',
  schemaName: 'Problem',
  schema: schemaOf(Problem),
  exampleOf(status, { title, code, detail }) {
    const type = `https://dure.dev/problems/${code}`
    const requestId = 'req_0198c0de4a7b7c3e9f10223344556677'
    return { type, title, status, detail, instance: '/v1/runs', code, requestId }
  },
}

/** Clients of OpenAI's API read errors in its own shape, from whoever they come. */
export const OPENAI_ERROR: ErrorShape = {
  mediaType: 'application/json',
  prefix: 'OpenAi',
  schemaName: 'OpenAiError',
  exampleOf: (status, { code, detail }) => ({
    error: {
      message: detail,
      type: status < 500 ? 'invalid_request_error' : 'server_error',
      param: null,
      code: code.replaceAll(/[.-]/g, '_'),
    },
  }),
}

/** In the words of the plugin with which the services describe theirs, so that it is one schema. */
function schemaOf(named: object): JsonObject {
  const text = JSON.stringify(named)
  const { $id: _name, ...schema } = JSON.parse(
    text.replaceAll('"patternProperties":{"^.*$":{}}', '"additionalProperties":{}'),
  )
  return schema
}
