import { hash } from 'node:crypto'
import type { Problem } from '@dure/contracts'
import { ConflictError } from '@dure/kernel'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { Service } from './service.ts'

/** RFC 9110 §8.8.3. */
const TAG = '(?:W/)?"[\\x21\\x23-\\x7e\\x80-\\xff]*"'

/** Of a request that changes what somebody else may have changed meanwhile. */
export const IfMatch = Type.Object({
  'if-match': Type.Optional(
    Type.String({
      maxLength: 1000,
      pattern: `^[ \\t]*(?:\\*|${TAG}(?:[ \\t]*,[ \\t]*${TAG})*)[ \\t]*$`,
      description: '`ETag` of what is to be replaced; absent: whatever is there (RFC 9110 §13.1.1)',
      examples: ['"3"'],
    }),
  ),
})

export function etagOf({ revision }: { readonly revision: number }): string {
  return `"${revision}"`
}

/**
 * The revisions that `If-Match` allows: undefined for any, none for a header that names nothing of
 * ours. Weak tags do not count, as RFC 9110 §13.1.1 wants.
 */
export function expectedRevisions(headers: {
  readonly 'if-match'?: string | undefined
}): readonly number[] | undefined {
  const header = headers['if-match']?.trim()
  if (header === undefined || header === '*') return undefined
  return header
    .split(',')
    .map((tag) => /^"([1-9][0-9]{0,8})"$/.exec(tag.trim())?.[1])
    .filter((revision) => revision !== undefined)
    .map(Number)
}

/** Of what has no revision: another view has another tag. */
export function contentTag(view: unknown): string {
  return `"${hash('sha256', JSON.stringify(view), 'base64url').slice(0, TAG_CHARACTERS)}"`
}

const TAG_CHARACTERS = 22

/** Whether `If-Match` allows to change what has this tag; without the header, it does. */
export function allowsTag(headers: { readonly 'if-match'?: string | undefined }, tag: string) {
  const header = headers['if-match']?.trim()
  if (header === undefined || header === '*') return true
  return header.split(',').some((one) => one.trim() === tag)
}

/** A change that lost against another one is answered 412, which says that `If-Match` was the reason. */
export function answerLostUpdates(app: Parameters<FastifyPluginAsyncTypebox>[0]): void {
  app.setErrorHandler((error, request, reply) => {
    if (!(error instanceof ConflictError) || !error.code.endsWith('.changed')) throw error
    const problem: Problem = {
      type: `https://dure.dev/problems/${error.code}`,
      title: 'Precondition failed',
      status: 412,
      detail: error.message,
      instance: request.url.split('?', 1)[0] ?? request.url,
      code: error.code,
      requestId: request.id,
    }
    return reply
      .code(412)
      .type('application/problem+json')
      .header('cache-control', 'no-store')
      .send(problem)
  })
}

/** Which revisions a change may replace; undefined: any. */
export type ExpectedRevisions = ReturnType<typeof expectedRevisions>

/**
 * A GET whose `If-None-Match` names what it would be answered with is answered 304, without a body: weak
 * tags count, as RFC 9110 §13.1.2 wants.
 */
export function answerNotModified(app: Service): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    const header = request.headers['if-none-match']
    const etag = header === undefined ? undefined : reply.getHeader('etag')
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    if (header === undefined || !isRead || reply.statusCode !== 200 || typeof etag !== 'string') {
      done(null, payload)
      return
    }
    if (!names(header, etag)) {
      done(null, payload)
      return
    }
    reply.code(304).removeHeader('content-type').removeHeader('content-length')
    done(null, null)
  })
}

function names(header: string, etag: string): boolean {
  if (header.trim() === '*') return true
  const opaque = (tag: string) => tag.trim().replace(/^W\//, '')
  return header.split(',').some((tag) => opaque(tag) === opaque(etag))
}
