import type { TaskOutcome } from '@dure/contracts'
import type { RunStore } from '@dure/engine'
import { grouped } from '@dure/platform'
import type pg from 'pg'
import { isAtFault, retrying } from './statement-errors.ts'

export interface GivenResult {
  readonly task: Parameters<RunStore['recordResult']>[0]
  readonly outcome: TaskOutcome
}

export interface ResultStore extends Pick<RunStore, 'recordResult'> {
  /** Notes many at once. @returns for each whether its task waited for it */
  recordResults(given: readonly GivenResult[]): Promise<boolean[]>
}

interface EncodedResult extends GivenResult {
  readonly json: string
}

const RECORD = 'SELECT n FROM record_results($1, $2, $3, $4, $5, $6, $7) AS n'

/** Results of tasks, until their run takes them in; those of one process go together. */
export function createResultStore(pool: pg.Pool): ResultStore {
  async function recordAll(results: readonly EncodedResult[]): Promise<boolean[]> {
    const values = [
      results.map(({ task }) => task.runId),
      results.map(({ task }) => task.tenant.organizationId),
      results.map(({ task }) => task.tenant.projectId),
      results.map(({ task }) => task.path),
      results.map(({ task }) => task.attempt),
      results.map(({ json }) => json),
      results.map(({ outcome }) => isFresh(outcome)),
    ]
    const query = { name: 'dure-record-results', text: RECORD, values }
    const { rows } = await retrying(() => pool.query<{ n: number }>(query))
    const recorded = new Set(rows.map(({ n }) => n))
    return results.map((_, index) => recorded.has(index + 1))
  }

  const submit = grouped<EncodedResult, boolean>({
    run: recordAll,
    keyOf: ({ task }) => `${task.runId}/${task.path}`,
    bytesOf: ({ json }) => json.length,
    maxBytes: 4 * 1024 * 1024,
    isOneToBlame: isAtFault,
  })
  const record = (given: GivenResult) => submit({ ...given, json: JSON.stringify(given.outcome) })

  return {
    recordResult: (task, outcome) => record({ task, outcome }),
    recordResults: (given) => Promise.all(given.map(record)),
  }
}

/** What came from the cache does not prolong its own life. */
function isFresh(outcome: TaskOutcome): boolean {
  return outcome.status === 'succeeded' && outcome.cached !== true
}
