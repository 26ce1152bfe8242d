import { randomUUIDv7 } from 'node:crypto'
import type { RunId } from '@dure/contracts'
import { ConflictError, prefixedId } from '@dure/kernel'
import type { RunResponse, StartRuns } from '../trigger.ts'

type StartRequest = Parameters<StartRuns['start']>[0]

export interface RecordedRun {
  readonly runId: RunId
  request: StartRequest
}

/** What the port promises, and a list of what it was asked for. */
export interface RecordedRuns extends StartRuns {
  /** One for each run that was started, as it would run. */
  readonly runs: RecordedRun[]
  /** Every call of `start`, also of those that started nothing new. */
  readonly calls: StartRequest[]
  /** Triggers of which a run goes on. */
  readonly active: Set<string>
  readonly cancelled: string[]
  /** What `start` throws, as long as it is set. */
  failure: Error | undefined
  /** What runs answer; undefined: nothing, until the signal aborts. */
  response: RunResponse | undefined
  /** As new. */
  forget(): void
}

export function recordRuns(): RecordedRuns {
  const recorded: RecordedRuns = {
    runs: [],
    calls: [],
    active: new Set(),
    cancelled: [],
    failure: undefined,
    response: undefined,

    async start(request) {
      recorded.calls.push(request)
      if (recorded.failure) throw recorded.failure
      const { idempotencyKey: key, debounce } = request
      const same = recorded.runs.find(
        (run) =>
          (key !== undefined && run.request.idempotencyKey === key) ||
          (debounce && run.request.debounce?.key === debounce.key),
      )
      if (!same) {
        const runId = prefixedId('run', randomUUIDv7()) as RunId
        recorded.runs.push({ runId, request })
        return { runId }
      }
      if (debounce) same.request = request
      else if (JSON.stringify(same.request) !== JSON.stringify(request)) {
        throw new ConflictError('idempotency.key-reused', 'Other request', { runId: same.runId })
      }
      return { runId: same.runId }
    },

    forget() {
      for (const list of [recorded.runs, recorded.calls, recorded.cancelled]) list.length = 0
      recorded.active.clear()
      recorded.failure = undefined
      recorded.response = undefined
    },

    hasActive: async (_tenant, { triggerId }) => recorded.active.has(triggerId),

    async cancelActive(_tenant, triggerId) {
      recorded.cancelled.push(triggerId)
    },

    async waitForResponse(_tenant, _runId, signal) {
      if (recorded.response) return recorded.response
      if (!signal.aborted) {
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
      }
      return undefined
    },
  }
  return recorded
}
