import type { RunEvent } from '@dure/contracts'
import { type RunChange, type RunStore, runEvents } from '@dure/engine'
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
  const commit = createCommitter(pool)
  return {
    load: createLoader(pool, reducerHash, registry),
    commit: (change) => commit(withVersions(change, registry)),
    ...createResultStore(pool),
    ...createInboxStore(pool, reducerHash),
    ...createPayloadStore(pool),
  }
}

/** As long as every event is of version 1, which is not written, nothing is copied. */
function withVersions(change: RunChange, { fingerprint, write }: EventRegistry<RunEvent>) {
  return fingerprint === '' ? change : { ...change, events: change.events.map(write) }
}
