import type { RunId } from '@dure/contracts'
import type { OrchestratorPorts } from './ports.ts'

/**
 * How long nodes may be executed in place without a sign of life of their process: so long does a run
 * wait after its process was killed.
 */
export const LEASE_MS = 8000
const RENEW_MS = 2500
/** Whoever has not heard of a lease for this long lets go, before somebody else takes it. */
const TRUSTED_MS = LEASE_MS * 0.9

export interface Leases {
  /**
   * @param sinceMs monotonic, when the lease was asked for: it may have been given at any time since
   * @param lost called, at once if it is too late already, when the run may belong to somebody else
   */
  hold(runId: RunId, sinceMs: number, lost: () => void): void
  release(runId: RunId): void
  close(): void
}

interface Held {
  readonly sinceMs: number
  readonly lost: () => void
}

/** Renews the leases of all runs that this process holds, in one statement. */
export function createLeases({
  store,
  owner,
  clock,
  log,
}: Pick<OrchestratorPorts, 'store' | 'owner' | 'clock' | 'log'>): Leases {
  const held = new Map<RunId, Held>()
  const closing = new AbortController()
  let renewing = false

  function lose(runId: RunId): void {
    const lease = held.get(runId)
    held.delete(runId)
    lease?.lost()
  }

  async function renew(): Promise<void> {
    const runIds = [...held.keys()]
    const sinceMs = clock.monotonicMs()
    const kept = new Set(await store.renewLeases(owner, runIds, LEASE_MS))
    for (const runId of runIds) {
      const lease = held.get(runId)
      if (!lease || lease.sinceMs >= sinceMs) continue
      if (kept.has(runId)) held.set(runId, { ...lease, sinceMs })
      else lose(runId)
    }
  }

  function loseTooOld(): void {
    const now = clock.monotonicMs()
    for (const [runId, { sinceMs }] of held) if (now - sinceMs > TRUSTED_MS) lose(runId)
  }

  async function keepRenewing(): Promise<void> {
    renewing = true
    while (held.size > 0 && !closing.signal.aborted) {
      await clock.sleep(RENEW_MS, closing.signal).catch(() => undefined)
      if (closing.signal.aborted) break
      await renew().catch((error) => log.warn({ err: error }, 'leases not renewed: will be again'))
      loseTooOld()
    }
    renewing = false
  }

  return {
    hold(runId, sinceMs, lost) {
      held.set(runId, { sinceMs, lost })
      if (clock.monotonicMs() - sinceMs > TRUSTED_MS) lose(runId)
      else if (!renewing) void keepRenewing()
    },
    release: (runId) => void held.delete(runId),
    close: () => closing.abort(),
  }
}
