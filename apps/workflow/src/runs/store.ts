import type { RunStore } from '@dure/engine'
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
}

/** Runs in PostgreSQL. A decision is one row of `run_commit`, guarded by the version of its run. */
export function createRunStore({
  pool,
  reducerHash,
}: RunStoreOptions): RunStore & Pick<ResultStore, 'recordResults'> {
  return {
    load: createLoader(pool, reducerHash),
    commit: createCommitter(pool),
    ...createResultStore(pool),
    ...createInboxStore(pool, reducerHash),
    ...createPayloadStore(pool),
  }
}
