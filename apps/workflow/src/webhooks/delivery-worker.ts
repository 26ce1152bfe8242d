import { DureError } from '@dure/kernel'
import { createPoller, type Egress, type Logger, type Poller } from '@dure/platform'
import { type Outcome, verdictOf } from './attempt.ts'
import type { AttemptStore, ClaimedDelivery } from './attempt-store.ts'
import type { Signing } from './signing-service.ts'

export interface DelivererOptions {
  readonly store: AttemptStore
  readonly signing: Pick<Signing, 'headers'>
  readonly egress: Pick<Egress, 'request'>
  readonly log: Logger
  /** Milliseconds between two looks for what is due. */
  readonly pollMs: number
}

/** Of one process. */
const AT_ONCE = 64
const TIMEOUT_MS = 15_000
/** For attempts that are under way when the process stops. */
const GRACE_MS = 3000

/**
 * Sends what is due, from rows alone: any number of processes may do this at the same time. Whoever
 * dies leaves its deliveries to the next when their lease is over, so each goes out at least once, under
 * the same `webhook-id`.
 */
export function createDeliverer(options: DelivererOptions): Poller {
  const { store, signing, egress, log, pollMs } = options
  const inHand = new Set<Promise<void>>()
  const stopping = new AbortController()

  async function attempt(delivery: ClaimedDelivery): Promise<Outcome> {
    const { id, tenant, secrets, url, payload, now: at } = delivery
    try {
      const { status, headers } = await egress.request({
        ...{ method: 'POST' as const, url, body: payload, timeoutMs: TIMEOUT_MS },
        headers: {
          'content-type': 'application/json',
          'user-agent': 'Dure-Webhooks/1',
          ...signing.headers(tenant, secrets, { id, payload, at }),
        },
        statusOnly: true,
        maxBytes: 0,
        signal: stopping.signal,
      })
      return { status, retryAfter: headers['retry-after'] }
    } catch (error) {
      if (error instanceof DureError) return { error: error.code }
      throw error
    }
  }

  async function deliver(delivery: ClaimedDelivery): Promise<void> {
    const start = performance.now()
    try {
      const outcome = await attempt(delivery)
      const { tries, now } = delivery
      const verdict = verdictOf(outcome, { tries, now, random: Math.random() })
      await store.finish(delivery, {
        status: verdict.state,
        delayMs: verdict.state === 'pending' ? verdict.delayMs : null,
        responseStatus: outcome.status ?? null,
        error: outcome.error ?? null,
        durationMs: Math.round(performance.now() - start),
        isGone: verdict.state === 'failed' && verdict.isGone,
      })
    } catch (error) {
      if (stopping.signal.aborted) return store.handBack(delivery)
      throw error
    }
  }

  function begin(delivery: ClaimedDelivery): void {
    const work = deliver(delivery)
      .catch((error: unknown) => {
        // Its lease ends, and it is tried again.
        log.warn({ err: error, deliveryId: delivery.id }, 'webhook not delivered: it will be')
      })
      .finally(() => {
        inHand.delete(work)
        poller.kick()
      })
    inHand.add(work)
  }

  async function pass(): Promise<boolean> {
    const free = AT_ONCE - inHand.size
    if (free <= 0) return false
    const claimed = await store.claim(free)
    for (const delivery of claimed) begin(delivery)
    return claimed.length === free
  }

  const poller = createPoller({ name: 'webhooks', pass, pollMs, log })
  return {
    ...poller,
    async close() {
      await poller.close()
      const grace = setTimeout(() => stopping.abort(new Error('the service stops')), GRACE_MS)
      await Promise.all(inHand)
      clearTimeout(grace)
    },
  }
}
