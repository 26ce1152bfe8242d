import type { RunEvent } from '@dure/contracts'
import { type RunStore, runEvents } from '@dure/engine'
import type { EventRegistry } from '@dure/kernel'
import type pg from 'pg'
import { createCommitter } from './commit-store.ts'
import { createInboxStore } from './inbox-store.ts'
import { createLoader } from './load-store.ts'
import { createPayloadStore } from './payload-store.ts'
import { createResultStore, type ResultStore } from './result-store.ts'

export interface RunStoreOptions {
  readonly pool: pg.Pool
  /** Of the code that folds events into a state: snapshots of another one are not read. */
  readonly reducerHash: string
  /** Absent: what this build knows. */
  readonly registry?: EventRegistry<RunEvent>
}

/** Runs in PostgreSQL. A decision is one row of `run_commit`, guarded by the version of its run. */
export function createRunStore({
  pool,
  reducerHash,
  registry = runEvents,
}: RunStoreOptions): RunStore & Pick<ResultStore, 'recordResults'> {
  return {
    load: createLoader(pool, reducerHash, registry),
    commit: createCommitter(pool, registry),
    ...createResultStore(pool),
    ...createInboxStore(pool, reducerHash),
    ...createPayloadStore(pool),
  }
}
