import type { RunEvent, RunId, Tenant } from '@dure/contracts'
import { absentRun, evolve, type RunRow, type RunState } from '@dure/engine'
import { ConflictError, NotFoundError } from '@dure/kernel'
import type { RunReadStore, RunUpTo } from '../runs/read-store.ts'
import { isOver, type RunEventView } from '../runs/run-row.ts'

/** Runs with all that has happened in them. */
export interface RunHistories {
  /** @throws NotFoundError `run.not-found` */
  get(tenant: Tenant, runId: RunId): Promise<RunRow>
  /** Up to the version of the row, or up to an earlier one. */
  events(run: RunRow, upTo?: number): Promise<RunEventView[]>
  /** What the events of a run add up to. */
  state(run: RunUpTo): Promise<RunState>
  /** The same of several, with few statements: one for each page of events that they have together. */
  states(runs: readonly RunUpTo[]): Promise<ReadonlyMap<RunId, RunState>>
}

/** Read at once; a run of the most events that the engine allows takes ten of these. */
const PAGE = 5000

export function createRunHistories(
  reader: Pick<RunReadStore, 'find' | 'readEvents' | 'readHistories'>,
): RunHistories {
  async function* pages({ id: runId, version }: RunUpTo): AsyncIterable<RunEventView[]> {
    for (let afterVersion = 0; afterVersion < version; ) {
      const limit = Math.min(PAGE, version - afterVersion)
      const page = await reader.readEvents({ runId, afterVersion, limit })
      if (page.length === 0) throw new TypeError(`Run ${runId} has lost events`)
      yield page
      afterVersion += page.length
    }
  }

  async function state(run: RunUpTo): Promise<RunState> {
    const state = absentRun()
    for await (const page of pages(run)) for (const { event } of page) evolve(state, event)
    return state
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

    state,

    async states(runs) {
      const states = new Map<RunId, RunState>()
      for (const some of batchesOf(runs)) {
        const [only] = some
        if (only && only.version > PAGE) states.set(only.id, await state(only))
        else
          for (const [id, events] of await reader.readHistories(some)) states.set(id, fold(events))
      }
      return states
    },
  }
}

function fold(events: readonly RunEvent[]): RunState {
  const state = absentRun()
  for (const event of events) evolve(state, event)
  return state
}

/** No more events in each than are read at once, unless one run alone has more. */
function batchesOf(runs: readonly RunUpTo[]): RunUpTo[][] {
  const batches: RunUpTo[][] = []
  let room = 0
  for (const run of runs) {
    room -= run.version
    if (room < 0) {
      batches.push([])
      room = PAGE - run.version
    }
    batches.at(-1)?.push(run)
  }
  return batches
}

/** @throws ConflictError `run.ended` */
export function refuseEnded({ status }: Pick<RunRow, 'status'>): void {
  if (!isOver({ status })) return
  throw new ConflictError('run.ended', `The run is over: it is ${status}`, { status })
}
