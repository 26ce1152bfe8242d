import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Problem } from '@dure/contracts'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'

/**
 * What is refused before there is a route: by Node, which could not read the head, or by the router,
 * which could not read the path. No hook runs for these, so they get here what hooks give to others.
 */

type Refusal = Pick<Problem, 'status' | 'title' | 'code' | 'detail'>

const REFUSALS: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    title: 'Request header fields too large',
    code: 'request.headers-too-large',
    detail: 'The request line and the headers have more than 16 KiB: send less',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    title: 'Request timeout',
    code: 'request.too-slow',
    detail: 'The request did not arrive in time: send it faster',
  },
  FST_ERR_MAX_PARAM_LENGTH: {
    status: 414,
    title: 'URI too long',
    code: 'request.path-too-long',
    detail: 'A part of the path is longer than any name here: shorten it',
  },
}

const MALFORMED: Refusal = {
  status: 400,
  title: 'Invalid input',
  code: 'request.malformed',
  detail: 'The path or a header has characters that HTTP does not allow',
}

const HEADERS = {
  'content-type': 'application/problem+json',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
}

const EXPECTATION: Refusal = {
  status: 417,
  title: 'Expectation failed',
  code: 'request.unknown-expectation',
  detail: 'Nothing but `expect: 100-continue` can be expected here: leave the header out',
}

/** For `frameworkErrors` of Fastify. */
export function refuseUnrouted(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  const problem = problemOf(error.code, request.url.split('?', 1)[0] ?? '/', request.id)
  request.log.info({ code: problem.code }, 'request refused')
  reply
    .code(problem.status)
    .headers({ ...HEADERS, 'x-request-id': request.id })
    .send(problem)
}

/**
 * For `clientErrorHandler` of Fastify: of a request whose head cannot be read, nothing is known, not
 * even whether another one follows. So the connection ends with the answer.
 *
 * @param newRequestId gives the id that the client may quote
 */
export function refuseUnreadable(newRequestId: () => string) {
  return (error: Error & { readonly code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return
    const requestId = newRequestId()
    const problem = problemOf(error.code, '/', requestId)
    const body = JSON.stringify(problem)
    const head = Object.entries({
      ...HEADERS,
      'x-request-id': requestId,
      'content-length': String(Buffer.byteLength(body)),
      connection: 'close',
    }).map(([name, value]) => `${name}: ${value}\r\n`)
    const first = `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\n`
    socket.end(`${first}${head.join('')}\r\n${body}`, () => socket.destroy())
  }
}

/** For the event `checkExpectation` of the server. @param newRequestId as for `refuseUnreadable` */
export function refuseExpectation(newRequestId: () => string) {
  return ({ url = '/' }: IncomingMessage, response: ServerResponse): void => {
    const requestId = newRequestId()
    const body = JSON.stringify(asProblem(EXPECTATION, url.split('?', 1)[0] ?? '/', requestId))
    response.writeHead(EXPECTATION.status, {
      ...HEADERS,
      'x-request-id': requestId,
      'content-length': Buffer.byteLength(body),
      connection: 'close',
    })
    response.end(body)
  }
}

function problemOf(cause: string | undefined, instance: string, requestId: string): Problem {
  return asProblem(REFUSALS[cause ?? ''] ?? MALFORMED, instance, requestId)
}

function asProblem(refusal: Refusal, instance: string, requestId: string): Problem {
  return { type: `https://dure.dev/problems/${refusal.code}`, ...refusal, instance, requestId }
}
