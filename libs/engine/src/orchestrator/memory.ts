import type { RunId, Tenant } from '@dure/contracts'
import { LRUCache } from 'lru-cache'
import type { DecisionContext } from '../run/decision.ts'
import { evolve } from '../run/evolve.ts'
import { fromSnapshot } from '../run/snapshot.ts'
import { absentRun, type RunState } from '../run/state.ts'
import type { OrchestratorPorts, RunIdentity, StoredRun } from './ports.ts'
import type { Session } from './session.ts'

/** What this process remembers, so that it need not be read again. All of it may be forgotten. */
export interface RunMemory {
  /** For whoever changes it: until it is kept again, nobody else gets it. */
  take(runId: RunId): Session | undefined
  keep(session: Session): void
  forget(runId: RunId): void
  /** The state as it is stored. */
  fold(stored: StoredRun, known: RunState | undefined): RunState
  contextOf(run: RunIdentity): Promise<Omit<DecisionContext, 'now'>>
  /** @throws TypeError when one of them is not stored: it was, when the run was committed */
  readPayloads(tenant: Tenant, hashes: readonly string[]): Promise<void>
}

const CACHED_EVENTS = 200_000
const CACHED_PAYLOAD_BYTES = 67_108_864

/** In place of `null`, which a cache takes for nothing. */
const NULL = Object.freeze({ isNull: true })

export function createRunMemory({
  store,
  versions,
  sha256,
}: Pick<OrchestratorPorts, 'store' | 'versions' | 'sha256'>): RunMemory {
  const sessions = new LRUCache<RunId, Session>({
    maxSize: CACHED_EVENTS,
    sizeCalculation: ({ state }) => state.version + 10,
  })
  const contents = new LRUCache<string, NonNullable<unknown>>({
    maxSize: CACHED_PAYLOAD_BYTES,
    sizeCalculation: (value) => JSON.stringify(value).length + 100,
  })
  const payloads: DecisionContext['payloads'] = {
    get(hash) {
      const content = contents.get(hash)
      return content === NULL ? null : content
    },
    set: (hash, value) => void contents.set(hash, value ?? NULL),
  }

  return {
    take(runId) {
      const session = sessions.get(runId)
      sessions.delete(runId)
      return session
    },
    keep: (session) => void sessions.set(session.run.id, session),
    forget: (runId) => void sessions.delete(runId),

    fold({ snapshot, events }, known) {
      const state = snapshot ? fromSnapshot(snapshot.state) : (known ?? absentRun())
      for (const event of events) evolve(state, event)
      return state
    },

    async contextOf({ id: runId, versionId, timeoutMs, ...run }) {
      const { tenant, workflowId, seed, caller } = run
      const { plan } = await versions.byId(versionId)
      const context = { runId, tenant, workflowId, seed, caller: caller ?? undefined }
      return { plan, run: context, timeoutMs, sha256, payloads }
    },

    async readPayloads(tenant, hashes) {
      const found = await store.readPayloads(tenant, hashes)
      for (const hash of hashes) {
        if (!found.has(hash)) throw new TypeError(`The payload ${hash} of a run is not there`)
        payloads.set(hash, found.get(hash))
      }
    },
  }
}
