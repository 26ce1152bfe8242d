import { setTimeout as sleep } from 'node:timers/promises'

/** What a client of the API sends. */
export interface Call {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly idempotencyKey?: string
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Record<string, unknown>
}

/** A caller as one should be: patient, and never in doubt what it asked for. */
export interface Client {
  /** Once. @throws when no answer arrives */
  call(call: Call): Promise<Answer>
  /** Until it is answered for good: with success, or with a refusal that will not change. */
  insist(call: Call): Promise<Answer>
  /** Follows a run from an event on. */
  stream(runId: string, lastEventId: string, signal: AbortSignal): Promise<Response>
}

const TIMEOUT_MS = 8000
const PAUSE_MS = 100
/** What says `later`, not `no`. */
const FOR_NOW = new Set([408, 425, 429, 500, 502, 503, 504])

export interface ClientOptions {
  readonly url: string
  readonly apiKey: string
  /** Told each answer that was no success, and each that did not come. */
  readonly onFailure: (call: Call, why: string) => void
  /** Aborted: nobody insists any more. */
  readonly signal: AbortSignal
}

export function createClient({ url, apiKey, onFailure, signal }: ClientOptions): Client {
  const authorization = `Bearer ${apiKey}`

  async function call({ method, path, body, idempotencyKey }: Call): Promise<Answer> {
    const response = await fetch(url + path, {
      method,
      headers: {
        authorization,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const text = await response.text()
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? {} : JSON.parse(text),
    }
  }

  return {
    call,
    async insist(asked) {
      for (;;) {
        try {
          const answer = await call(asked)
          if (!FOR_NOW.has(answer.status)) return answer
          onFailure(asked, `${answer.status} ${String(answer.body.code)}`)
        } catch (error) {
          onFailure(asked, reasonOf(error))
        }
        await sleep(PAUSE_MS, undefined, { signal })
      }
    },
    stream: (runId, lastEventId, signal) =>
      fetch(`${url}/v1/runs/${runId}/events`, {
        headers: { authorization, ...(lastEventId !== '0' && { 'last-event-id': lastEventId }) },
        signal,
      }),
  }
}

/** Of `fetch`, the cause: what it throws itself says only that it failed. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { cause } = error
  return cause instanceof Error ? `${error.message}: ${cause.message}` : error.message
}
