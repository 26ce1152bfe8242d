import type { Problem } from '@dure/contracts'
import { DureError, type ErrorKind, InvalidInputError, NotFoundError } from '@dure/kernel'
import { trace } from '@opentelemetry/api'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import type { AllowedMethods } from './allowed-methods.ts'
import { pathOf } from './path-of.ts'
import { asUnavailable } from './unavailable.ts'
import { asUnusableText } from './unusable-text.ts'
import { fieldProblems } from './validation.ts'

const TYPE_BASE = 'https://dure.dev/problems/'

/** The only place where a kind of failure meets HTTP. */
const HTTP = {
  invalid: { status: 400, title: 'Invalid input' },
  unauthenticated: { status: 401, title: 'Unauthenticated' },
  forbidden: { status: 403, title: 'Forbidden' },
  'not-found': { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'Conflict' },
  'too-large': { status: 413, title: 'Too large' },
  'unsupported-media-type': { status: 415, title: 'Unsupported media type' },
  'limit-exceeded': { status: 429, title: 'Limit exceeded' },
  unavailable: { status: 503, title: 'Unavailable' },
  timeout: { status: 504, title: 'Deadline exceeded' },
} as const satisfies Record<ErrorKind, { status: number; title: string }>

type ProblemCore = Omit<Problem, 'type' | 'instance' | 'traceId' | 'requestId'>

/** What Fastify itself refuses, in our words. */
const FASTIFY: Readonly<Record<string, ProblemCore>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: {
    ...HTTP['too-large'],
    code: 'request.too-large',
    detail: 'The body is larger than this route takes',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    ...HTTP['unsupported-media-type'],
    code: 'request.unsupported-media-type',
    detail: 'Send `content-type: application/json`, or what the documentation of this route names',
  },
  FST_ERR_CTP_INVALID_JSON_BODY: {
    ...HTTP.invalid,
    code: 'request.malformed-json',
    detail: 'The body is not JSON',
  },
  FST_ERR_CTP_EMPTY_JSON_BODY: {
    ...HTTP.invalid,
    code: 'request.malformed-json',
    detail: 'The body is empty: send JSON, or no content-type',
  },
}

/** The RFC 9457 form of whatever was thrown. Nothing of an unforeseen error reaches the client. */
function toProblem(error: unknown, request: { url: string; id: string }): Problem {
  const core = describe(error)
  const traceId = trace.getActiveSpan()?.spanContext().traceId
  return {
    type: TYPE_BASE + core.code,
    ...core,
    instance: pathOf(request.url),
    requestId: request.id,
    ...(traceId && { traceId }),
  }
}

function describe(error: unknown): ProblemCore {
  if (error instanceof DureError) return describeForeseen(error)
  if (isFastifyError(error)) {
    if (error.validation) return describeValidation(error)
    const known = FASTIFY[error.code]
    if (known) return known
    if (error instanceof SyntaxError) {
      return { ...HTTP.invalid, code: 'request.malformed-json', detail: 'The body is not JSON' }
    }
    if (error.statusCode && error.statusCode < 500) {
      return {
        status: error.statusCode,
        title: 'Bad request',
        detail: error.message,
        code: 'request.invalid',
      }
    }
  }
  // Whatever this is, it is ours to fix; the client learns no more than where to point us to.
  return {
    status: 500,
    title: 'Internal error',
    detail: 'Something went wrong on our side: report it with the request id',
    code: 'server.bug',
  }
}

function describeForeseen(error: DureError): ProblemCore {
  const { code, message: detail, details } = error
  return {
    ...HTTP[error.kind],
    detail,
    code,
    ...(Object.keys(details).length > 0 && { details }),
    ...(error instanceof InvalidInputError &&
      error.fields.length > 0 && { errors: [...error.fields] }),
  }
}

function describeValidation({
  validation = [],
  validationContext = 'body',
}: FastifyError): ProblemCore {
  return {
    ...HTTP.invalid,
    detail: `Validation of ${validationContext} failed`,
    code: 'request.invalid',
    errors: [...fieldProblems(validation)],
  }
}

/** Turns everything that is thrown, and every unknown route, into `application/problem+json`. */
export const problemDetails = fp(
  async (app: FastifyInstance, { allowed }: { readonly allowed: AllowedMethods }) => {
    app.setErrorHandler(async (thrown, request, reply) =>
      sendProblem(reply, problemOf(thrown, request, reply)),
    )
    methodsOf.set(app.server, allowed)
    app.setNotFoundHandler(async (request: FastifyRequest, reply) =>
      sendProblem(reply, unknownProblemOf(request, reply)),
    )
  },
  { name: 'problem-details' },
)

/**
 * What to answer to whatever was thrown, in whatever form. Logs it, and sets the headers that any form
 * of the answer has.
 */
export function problemOf(thrown: unknown, request: FastifyRequest, reply: FastifyReply): Problem {
  const error = asUnavailable(thrown) ?? asUnusableText(thrown) ?? thrown
  const problem = toProblem(error, request)
  // RFC 9110, 15.5.2: a 401 says how to say who one is.
  if (problem.status === 401 && !reply.hasHeader('www-authenticate')) {
    reply.header('www-authenticate', 'Bearer')
  }
  if (problem.status === 413) discardRest(request, reply)
  if (problem.status >= 500) request.log.error({ err: error }, 'request failed')
  else request.log.info({ code: problem.code }, 'request refused')
  if (error instanceof DureError && error.retryAfterS !== undefined) {
    reply.header('retry-after', error.retryAfterS)
  }
  reply.header('cache-control', 'no-store')
  return problem
}

const methodsOf = new WeakMap<object, AllowedMethods>()

/** What to answer to a request for which there is no route, or only ones for other methods. */
export function unknownProblemOf(request: FastifyRequest, reply: FastifyReply): Problem {
  const path = pathOf(request.url)
  const methods = methodsOf.get(request.server.server)?.(path) ?? []
  if (methods.length > 0) return notAllowed(request, reply, methods)
  const detail = `There is no ${request.method} ${path}: see /docs`
  return problemOf(new NotFoundError('route.not-found', detail), request, reply)
}

/** RFC 9110, 15.5.6: with the methods that there are. */
function notAllowed(
  request: FastifyRequest,
  reply: FastifyReply,
  methods: readonly string[],
): Problem {
  const allow = methods.join(', ')
  reply.headers({ allow, 'cache-control': 'no-store' })
  return {
    type: `${TYPE_BASE}route.method-not-allowed`,
    title: 'Method not allowed',
    status: 405,
    detail: `There is no ${request.method} here: use ${allow}`,
    instance: pathOf(request.url),
    code: 'route.method-not-allowed',
    requestId: request.id,
  }
}

/**
 * Whoever is still sending a body hears the answer only when somebody takes in the rest: to close the
 * connection, as Fastify would, makes it a broken one. `requestTimeout` bounds how long that may take.
 */
function discardRest(request: FastifyRequest, reply: FastifyReply): void {
  reply.removeHeader('connection')
  request.raw.resume()
}

function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply.code(problem.status).type('application/problem+json').send(problem)
}

function isFastifyError(error: unknown): error is FastifyError {
  return error instanceof Error && ('code' in error || 'statusCode' in error)
}
