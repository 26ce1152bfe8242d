import { INTERNAL_HEADERS } from '@dure/contracts'
import { DeadlineExceededError } from '@dure/kernel'
import type { FastifyRequest } from 'fastify'
import type { Service } from './service.ts'

const DEFAULT_MS = 60_000
const MAX_MS = 300_000

const signals = new WeakMap<FastifyRequest, AbortSignal>()

/** Aborted when the client has left or its deadline is over: hand it to everything that waits. */
export function signalOf(request: FastifyRequest): AbortSignal {
  const signal = signals.get(request)
  if (!signal) throw new TypeError('signalOf is for requests of a service')
  return signal
}

/** So that an answer is on its way before whoever waits for it gives up. */
const MARGIN_MS = 1000

/**
 * Aborted when the client has left, or a moment before its deadline: for whoever has something to say
 * at that time. To be asked for before the waiting begins.
 */
export function patienceOf(request: FastifyRequest): AbortSignal {
  const leftMs = remainingMs(request.headers[INTERNAL_HEADERS.deadline])
  const waitMs = Math.max(leftMs - MARGIN_MS, Math.ceil(leftMs / 2))
  return AbortSignal.any([signalOf(request), AbortSignal.timeout(waitMs)])
}

/** Gives each request an end that everything behind it can see. */
export function watchDeadlines(app: Service): void {
  app.addHook('onRequest', async (request, reply) => {
    const controller = new AbortController()
    const timeoutMs = remainingMs(request.headers[INTERNAL_HEADERS.deadline])
    const timer = setTimeout(
      () =>
        controller.abort(
          new DeadlineExceededError(
            'request.deadline-exceeded',
            `Nobody waits any more after ${timeoutMs} ms`,
          ),
        ),
      timeoutMs,
    )
    reply.raw.once('close', () => {
      clearTimeout(timer)
      controller.abort()
    })
    signals.set(request, controller.signal)
  })
}

function remainingMs(header: string | string[] | undefined): number {
  const asked = Number(header)
  return Number.isInteger(asked) && asked > 0 ? Math.min(asked, MAX_MS) : DEFAULT_MS
}
