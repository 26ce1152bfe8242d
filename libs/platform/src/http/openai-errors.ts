import type { Problem } from '@dure/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Static, Type } from 'typebox'
import { problemOf, unknownProblemOf } from './problem.ts'

/** An error as clients of OpenAI's API read it. */
export const OpenAiError = Type.Object(
  {
    error: Type.Object({
      message: Type.String(),
      type: Type.String({ examples: ['invalid_request_error'] }),
      param: Type.Union([Type.String(), Type.Null()], {
        description: 'Which parameter is wrong, such as `messages[0].content`',
      }),
      code: Type.String({
        description: 'As in problems, with `_` for `.` and `-`, unless OpenAI has a name for it',
        examples: ['model_not_found'],
      }),
    }),
  },
  { $id: 'OpenAiError' },
)
export type OpenAiError = Static<typeof OpenAiError>

/** https://platform.openai.com/docs/guides/error-codes */
const TYPES: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  403: 'permission_error',
  429: 'rate_limit_error',
}

/** What branches on the code of OpenAI itself, and not on the class of the client's error. */
const CODES: Readonly<Record<number, string>> = {
  401: 'invalid_api_key',
  429: 'rate_limit_exceeded',
}

function openAiErrorOf({ status, detail, code, errors = [] }: Problem): OpenAiError {
  const [first] = errors
  const message = first ? `${detail}: ${parameterAt(first.pointer)} ${first.message}` : detail
  return {
    error: {
      message,
      type: TYPES[status] ?? (status < 500 ? 'invalid_request_error' : 'server_error'),
      param: first ? parameterAt(first.pointer) : null,
      code: CODES[status] ?? code.replaceAll(/[.-]/g, '_'),
    },
  }
}

/** Lets the routes of a plugin answer with errors of OpenAI's API, unknown ones below its prefix too. */
export function answerOpenAiErrors(
  app: Pick<FastifyInstance, 'setErrorHandler' | 'setNotFoundHandler'>,
) {
  app.setErrorHandler(openAiErrorHandler)
  app.setNotFoundHandler((request, reply) => send(reply, unknownProblemOf(request, reply)))
}

/** Answers to whatever was thrown with an error of OpenAI's API, instead of problem details. */
export function openAiErrorHandler(
  thrown: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  return send(reply, problemOf(thrown, request, reply))
}

function send(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).type('application/json').send(openAiErrorOf(problem))
}

/** `#/messages/0/content` as `messages[0].content`. */
function parameterAt(pointer: string): string {
  const parts = pointer.replace(/^#\/?/, '').split('/')
  return parts
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part, at) => (/^\d+$/.test(part) ? `[${part}]` : at === 0 ? part : `.${part}`))
    .join('')
}
