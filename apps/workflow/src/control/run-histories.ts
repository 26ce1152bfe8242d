import type { RunId, Tenant } from '@dure/contracts'
import { absentRun, evolve, type RunRow, type RunState } from '@dure/engine'
import { ConflictError, NotFoundError } from '@dure/kernel'
import type { RunReadStore } from '../runs/read-store.ts'
import type { RunEventView } from '../runs/run-row.ts'

/** Runs with all that has happened in them. */
export interface RunHistories {
  /** @throws NotFoundError `run.not-found` */
  get(tenant: Tenant, runId: RunId): Promise<RunRow>
  /** Up to the version of the row, or up to an earlier one. */
  events(run: RunRow, upTo?: number): Promise<RunEventView[]>
  /** What the events of a run add up to. */
  state(run: RunRow): Promise<RunState>
}

/** Read at once; a run of the most events that the engine allows takes ten of these. */
const PAGE = 5000

export function createRunHistories(
  reader: Pick<RunReadStore, 'find' | 'readEvents'>,
): RunHistories {
  async function* pages({ id: runId, version }: RunRow): AsyncIterable<RunEventView[]> {
    for (let afterVersion = 0; afterVersion < version; ) {
      const limit = Math.min(PAGE, version - afterVersion)
      const page = await reader.readEvents({ runId, afterVersion, limit })
      if (page.length === 0) throw new TypeError(`Run ${runId} has lost events`)
      yield page
      afterVersion += page.length
    }
  }

  return {
    async get(tenant, runId) {
      const row = await reader.find(tenant, runId)
      if (!row) throw new NotFoundError('run.not-found', 'There is no such run')
      return row
    },

    async events(run, upTo = run.version) {
      const events: RunEventView[] = []
      for await (const page of pages({ ...run, version: upTo })) events.push(...page)
      return events
    },

    async state(run) {
      const state = absentRun()
      for await (const page of pages(run)) for (const { event } of page) evolve(state, event)
      return state
    },
  }
}

export function hasEnded({ status }: Pick<RunRow, 'status'>): boolean {
  return status !== 'queued' && status !== 'running' && status !== 'paused'
}

/** @throws ConflictError `run.ended` */
export function refuseEnded({ status }: Pick<RunRow, 'status'>): void {
  if (!hasEnded({ status })) return
  throw new ConflictError('run.ended', `The run is over: it is ${status}`, { status })
}
