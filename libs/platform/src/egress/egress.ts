import type { Socket } from 'node:net'
import { InvalidInputError } from '@dure/kernel'
import { context } from '@opentelemetry/api'
import { suppressTracing } from '@opentelemetry/core'
import type { Logger } from 'pino'
import { Agent, request as send } from 'undici'
import { discard, readBody } from './body.ts'
import { type Connecting, connectTo } from './connect.ts'
import { failureOf, isBeforeSending, timedOut } from './failure.ts'
import { checkedHeaders, flatHeaders } from './headers.ts'
import { guardedLookup, type Resolve, systemResolve } from './lookup.ts'
import { isRedirect, redirected } from './redirect.ts'
import type { EgressRequest, EgressResponse } from './request.ts'
import { forbiddenOrigin, type Target, targetOf } from './target.ts'

/** The only way from a service to an address that a user has chosen. */
export interface Egress {
  /**
   * Any status is an answer, also 500. Rejects with `signal.reason` when the signal is aborted.
   *
   * @throws InvalidInputError `egress.invalid-url`, `egress.invalid-header`,
   *   `egress.too-many-redirects`
   * @throws ForbiddenError `egress.forbidden-address`, `egress.forbidden-port`,
   *   `egress.forbidden-origin`
   * @throws TooLargeError `egress.too-large`
   * @throws DeadlineExceededError `egress.timeout` (transient)
   * @throws UnavailableError `egress.unreachable` (transient)
   */
  request(request: EgressRequest): Promise<EgressResponse>
  /**
   * Whether a URL may be asked as far as it says so itself: a name may still lead to the inside, which
   * `request` finds out.
   *
   * @throws InvalidInputError `egress.invalid-url`
   * @throws ForbiddenError `egress.forbidden-port`, `egress.forbidden-address`
   */
  check(url: string): Target
  /**
   * A connection for another protocol than HTTP, which whoever asks for it has to end. Its errors come to whoever listens.
   * The same rules for addresses.
   *
   * @throws InvalidInputError `egress.invalid-url`
   * @throws ForbiddenError `egress.forbidden-address`, `egress.forbidden-port`
   * @throws DeadlineExceededError `egress.timeout` (transient), UnavailableError `egress.unreachable` (transient)
   */
  connect(to: Connecting & { readonly timeoutMs: number }): Promise<Socket>
  close(): Promise<void>
}

export interface EgressOptions {
  /** `host:port` that may be reached although they are not public; the operator vouches for them. */
  readonly allow?: readonly string[]
  readonly log: Logger
  readonly resolve?: Resolve
}

const MAX_REDIRECTS = 3
/** What `readBody` can unpack. */
const UNPACKED = { 'accept-encoding': 'gzip, deflate, br' }
const NO_BODY = Buffer.alloc(0)
const CONNECT_TIMEOUT_MS = 5000
const IDLE_TIMEOUT_MS = 30_000

/**
 * Requests that cannot reach the inside: http and https only, few ports, public addresses only
 * (checked in the socket's own lookup, again on each redirect), no proxy from the environment, and a
 * bound on redirects, bytes and time. The trace is not sent along: strangers need not know it.
 */
export function createEgress({ allow = [], log, resolve = systemResolve }: EgressOptions): Egress {
  const allowed = new Set(allow.map((entry) => entry.trim().toLowerCase()))
  const guarded = createAgent({ lookup: guardedLookup(resolve) })
  const direct = createAgent({})

  async function follow(request: EgressRequest, redirects: number): Promise<EgressResponse> {
    const { url, trusted } = targetOf(request.url, allowed)
    if (request.origins && !request.origins.includes(url.origin)) throw forbiddenOrigin(url)
    const { statusCode, headers, body } = await send(url, {
      dispatcher: trusted ? direct : guarded,
      method: request.method,
      headers: { ...request.headers, ...request.credentials },
      body: request.body ?? null,
      signal: request.signal,
    }).catch((error: unknown) => {
      if (!isBeforeSending(error)) request.onSent?.()
      throw error
    })
    request.onSent?.()
    if (request.statusOnly) {
      discard(body)
      return { status: statusCode, headers: flatHeaders(headers), body: NO_BODY, url: url.href }
    }
    const location = headers.location
    if (isRedirect(statusCode) && typeof location === 'string') {
      discard(body)
      if (redirects === MAX_REDIRECTS) {
        throw new InvalidInputError(
          'egress.too-many-redirects',
          `More than ${MAX_REDIRECTS} redirects: use the URL that they lead to`,
        )
      }
      return follow(redirected(request, { from: url, location, statusCode }), redirects + 1)
    }
    const encoding = request.method === 'HEAD' ? undefined : headers['content-encoding']
    return {
      status: statusCode,
      headers: flatHeaders(headers),
      body: await readBody(body, { encoding: encoding?.toString(), maxBytes: request.maxBytes }),
      url: url.href,
    }
  }

  return {
    check: (url) => targetOf(url, allowed),

    async connect({ signal, timeoutMs, ...to }) {
      const timeout = AbortSignal.timeout(Math.min(timeoutMs, CONNECT_TIMEOUT_MS))
      try {
        const both = AbortSignal.any([signal, timeout])
        return await connectTo({ ...to, signal: both }, { allow: allowed, resolve })
      } catch (error) {
        signal.throwIfAborted()
        throw timeout.aborted ? timedOut(timeoutMs, error) : failureOf(error)
      }
    },

    async request({ signal, timeoutMs, ...rest }) {
      const timeout = AbortSignal.timeout(timeoutMs)
      const request = {
        ...rest,
        headers: { ...UNPACKED, ...checkedHeaders(rest.headers ?? {}) },
        credentials: checkedHeaders(rest.credentials ?? {}),
        signal: AbortSignal.any([signal, timeout]),
        timeoutMs,
      }
      try {
        return await context.with(suppressTracing(context.active()), () => follow(request, 0))
      } catch (error) {
        signal.throwIfAborted()
        const failure = timeout.aborted ? timedOut(timeoutMs, error) : failureOf(error)
        log.info({ code: failure.code, details: failure.details }, 'request to outside failed')
        throw failure
      }
    },

    async close() {
      await Promise.all([guarded.destroy(), direct.destroy()])
    },
  }
}

/**
 * One connection per request: nothing of one tenant's is left open for the next, and no write is
 * lost to an idle connection that the other side was closing.
 */
function createAgent(connect: { lookup?: ReturnType<typeof guardedLookup> }): Agent {
  return new Agent({
    pipelining: 0,
    allowH2: false,
    connect: { ...connect, timeout: CONNECT_TIMEOUT_MS },
    headersTimeout: IDLE_TIMEOUT_MS,
    bodyTimeout: IDLE_TIMEOUT_MS,
  })
}
