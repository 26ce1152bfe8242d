import type { RunId, Tenant } from '@dure/contracts'
import type { Orchestrator, RunRow } from '@dure/engine'
import { ConflictError } from '@dure/kernel'
import { type Admission, type AdmissionLimits, admit } from './admission.ts'
import type { AdmissionStore, KeyedPage } from './admission-store.ts'
import { eachKeyedRun } from './keyed-runs.ts'

interface Keyed {
  readonly tenant: Tenant
  readonly startedBy: string
  readonly concurrency?:
    | { readonly key: string; readonly onConflict: 'reject' | 'enqueue' | 'interrupt' | 'replace' }
    | undefined
}

export interface AdmissionService extends Pick<AdmissionStore, 'debounce'> {
  /**
   * Whether a project may start one more run. What is known of its load is up to half a second old, so
   * a burst may go over the limits by what starts in that time.
   */
  admit(tenant: Tenant): Promise<Admission>
  /**
   * Makes room for a run with a concurrency key as its request says.
   *
   * @returns why it has to wait; undefined when it may start
   * @throws ConflictError `run.concurrency-conflict`
   */
  admitWithKey(request: Keyed): Promise<string | undefined>
  /** Starts queued runs for which there is room. @returns whether any was started */
  startQueued(): Promise<boolean>
}

export interface AdmissionServiceOptions {
  readonly store: AdmissionStore
  readonly limits: AdmissionLimits
  readonly orchestrator: Pick<Orchestrator, 'command' | 'leaveQueue'>
  /** @returns undefined when there is no such run */
  readonly find: (runId: RunId) => Promise<RunRow | undefined>
  readonly commandFor: (run: RunRow) => Promise<Parameters<Orchestrator['leaveQueue']>[1]>
  readonly monotonicMs: () => number
}

const LOAD_AGE_MS = 500
const MAX_TENANTS = 10_000
const STARTS_AT_ONCE = 100

export function createAdmissionService(options: AdmissionServiceOptions): AdmissionService {
  const { store, limits, orchestrator, find, commandFor, monotonicMs } = options
  const known = new Map<string, { readonly admission: Promise<Admission>; readonly at: number }>()

  function admitCached(tenant: Tenant): Promise<Admission> {
    const key = `${tenant.organizationId}|${tenant.projectId}`
    const last = known.get(key)
    if (last && monotonicMs() - last.at < LOAD_AGE_MS) return last.admission
    if (known.size >= MAX_TENANTS) known.clear()
    const admission = store.load(tenant).then((load) => admit(load, limits))
    known.set(key, { admission, at: monotonicMs() })
    admission.catch(() => known.delete(key))
    return admission
  }

  async function cancel(tenant: Tenant, runId: RunId, by: string): Promise<void> {
    const command = { type: 'run.cancel', by, reason: 'concurrency-key' } as const
    await orchestrator.command(runId, tenant, { id: `cancel-${by}-concurrency`, command })
  }

  return {
    admit: admitCached,
    debounce: store.debounce,

    async admitWithKey({ tenant, startedBy, concurrency }) {
      if (!concurrency) return undefined
      const { key, onConflict } = concurrency
      const others = (page: KeyedPage) => store.withConcurrencyKey(tenant, key, page)
      let inTheWay = false
      if (onConflict === 'interrupt' || onConflict === 'replace') {
        await eachKeyedRun(others, async ({ runId, status }) => {
          if (onConflict === 'replace' && status !== 'queued') inTheWay = true
          else await cancel(tenant, runId, startedBy)
        })
      } else {
        const [first] = await others({ limit: 1 })
        if (first && onConflict === 'reject') throw conflict(first.runId)
        inTheWay = first !== undefined
      }
      return inTheWay ? 'concurrency-key' : undefined
    },

    async startQueued() {
      const runIds = await store.startable(STARTS_AT_ONCE, limits.maxRunningRuns)
      for (const runId of runIds) {
        const run = await find(runId)
        if (run) await orchestrator.leaveQueue(runId, await commandFor(run))
      }
      return runIds.length > 0
    },
  }
}

function conflict(runId: RunId): ConflictError {
  return new ConflictError(
    'run.concurrency-conflict',
    'Another run with this concurrency key is under way: wait for it, or choose another `onConflict`',
    { runId },
  )
}
