import type { RunId } from '@dure/contracts'
import {
  ConflictError,
  DureError,
  InvalidInputError,
  NotFoundError,
  UnauthenticatedError,
} from '@dure/kernel'
import type { HistoryEntry } from '../history.ts'
import type { HistoryStore } from '../history-store.ts'
import { type RunResponse, type StartRuns, startFor } from '../trigger.ts'
import { type Delivery, debounceKeyOf, dedupeKeyOf, inputOf } from './delivery.ts'
import { hashOfToken } from './service.ts'
import { signatureFault } from './signature.ts'
import type { WebhookStore } from './store.ts'
import type { StoredWebhookTrigger } from './webhook.ts'

export interface Accepted {
  readonly runId: RunId
  /** Of a `respond` node, when the trigger waits for one and it answered in time. */
  readonly response: RunResponse | undefined
}

/** What arrives at the URLs of webhook triggers. */
export interface WebhookReceiver {
  /**
   * Starts a run, or gives the one that the same delivery has started before.
   *
   * @throws NotFoundError `hook.not-found`: unknown, disabled or no token at all, in the same words
   * @throws UnauthenticatedError `hook.invalid-signature`, `hook.stale-timestamp`
   * @throws InvalidInputError when the workflow does not take this input
   * @throws ConflictError `hook.unavailable` when the trigger points to nothing that can run
   */
  receive(token: string, delivery: Delivery, signal: AbortSignal): Promise<Accepted>
}

export interface WebhookReceiverDependencies {
  readonly store: Pick<WebhookStore, 'findByToken' | 'receive' | 'finish' | 'forget'>
  readonly history: Pick<HistoryStore, 'record'>
  readonly starts: StartRuns
}

const WAIT_MS = 30_000
const RETRY_AFTER_S = 60

const FAULTS = {
  'hook.invalid-signature': 'The signature is missing or wrong: sign with the secret of this URL',
  'hook.stale-timestamp': 'The timestamp is more than 5 minutes off: set the clock, and sign anew',
} as const

export function createWebhookReceiver({
  store,
  history,
  starts,
}: WebhookReceiverDependencies): WebhookReceiver {
  type Trigger = StoredWebhookTrigger

  async function authenticate(trigger: Trigger, { headers, raw }: Delivery, now: Date) {
    const { auth, secret } = trigger
    if (auth.mode === 'none') return
    const fault = signatureFault(auth, secret ?? '', { headers, body: raw, now })
    if (fault === undefined) return
    await history.record(trigger, { outcome: 'failed', reason: fault })
    throw new UnauthenticatedError(fault, FAULTS[fault])
  }

  /** @param key what tells the delivery apart; undefined: nothing does */
  async function start(trigger: Trigger, delivery: Delivery, key?: string): Promise<RunId> {
    const input = inputOf(delivery, trigger.headers)
    if (key === undefined) return startOnce(trigger, delivery, { input })
    const received = await store.receive(trigger.id, key, input)
    if (received.runId) {
      await history.record(trigger, replay(received.runId))
      return received.runId
    }
    // The first that came may still be under way, or its process has died: it is the one that counts.
    const idempotencyKey = `webhook:${trigger.id}:${key}`
    const runId = await startOnce(trigger, delivery, { input: received.input, idempotencyKey })
    await store.finish(trigger.id, key, runId)
    return runId
  }

  async function startOnce(
    trigger: Trigger,
    delivery: Delivery,
    occasion: { readonly input: unknown; readonly idempotencyKey?: string },
  ): Promise<RunId> {
    const { debounce } = trigger
    const { input } = occasion
    const runId = await startFor(
      starts,
      trigger,
      // Several deliveries make one run: it cannot have the key of one of them.
      debounce
        ? {
            input,
            debounce: { key: debounceKeyOf(trigger.id, debounce, delivery), ms: debounce.ms },
          }
        : occasion,
    )
    await history.record(trigger, { outcome: 'fired', runId })
    return runId
  }

  async function startRecorded(trigger: Trigger, delivery: Delivery): Promise<RunId> {
    const key = dedupeKeyOf(trigger.dedupe, delivery)
    try {
      return await start(trigger, delivery, key)
    } catch (error) {
      if (!(error instanceof DureError) || error.transient) throw error
      await history.record(trigger, { outcome: 'failed', reason: error.code })
      if (key !== undefined) await store.forget(trigger.id, key)
      throw toSender(error)
    }
  }

  return {
    async receive(token, delivery, signal) {
      const found = await store.findByToken(hashOfToken(token))
      if (!found) throw new NotFoundError('hook.not-found', 'Nothing is received at this URL')
      const { trigger, now } = found
      await authenticate(trigger, delivery, now)
      const runId = await startRecorded(trigger, delivery)
      if (trigger.respond === 'accepted') return { runId, response: undefined }
      const waiting = AbortSignal.any([signal, AbortSignal.timeout(WAIT_MS)])
      return { runId, response: await starts.waitForResponse(trigger.tenant, runId, waiting) }
    },
  }
}

function replay(runId: RunId): HistoryEntry {
  return { outcome: 'skipped', reason: 'duplicate', runId }
}

/**
 * A sender can do something about what it sent; how the project is set up is none of its business. It is no
 * failure of the server either: senders come again after any status but 2xx, and are told when.
 */
function toSender(error: DureError): DureError {
  if (error instanceof InvalidInputError) return error
  const message = 'What receives this cannot take it at the moment: send it again later'
  return new ConflictError(
    'hook.unavailable',
    message,
    {},
    { cause: error, retryAfterS: RETRY_AFTER_S },
  )
}
