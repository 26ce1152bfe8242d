import type { RunEvent, RunId } from '@dure/contracts'
import type { InboxItem, StoredRun, TaskResult } from '@dure/engine'
import type { EventRegistry, StoredEvent } from '@dure/kernel'
import type pg from 'pg'
import { COLUMNS, type Row, toRun } from './run-row.ts'

/** So many events are read at once; of a longer run, the rest follows. */
const PAGE = 5000
/** Whoever has the run in memory reads that many events rather than a snapshot. */
const SNAPSHOT_WORTH = 1000
const INBOX_PAGE = 1000

/** From the commit on that holds the next event: a position need not be the end of a commit. */
const commitsAfter = (version: string) => `
  c.run_day = run_day($1) AND c.run_id = $1 AND c.first_version <= ${version} + ${PAGE}
  AND c.first_version >= coalesce((
    SELECT max(p.first_version) FROM run_commit p
    WHERE p.run_day = run_day($1) AND p.run_id = $1 AND p.first_version <= ${version} + 1
  ), 0)`

const LOAD = `
  SELECT ${COLUMNS},
    floor(extract(epoch FROM now()) * 1000)::float8 AS now_ms,
    run.lease_owner, run.lease_until <= now() AS lease_expired,
    base.version AS snapshot_version, base.state, base.after_version,
    commits.firsts, commits.events, results.results, inbox.inbox
  FROM run
  CROSS JOIN LATERAL (
    SELECT s.version, s.state, coalesce(s.version, known) AS after_version
    FROM (SELECT CASE WHEN $2::int <= run.version THEN $2::int ELSE 0 END AS known) k
    LEFT JOIN run_snapshot s ON s.run_id = $1 AND s.reducer = $3 AND s.version <= run.version
      AND s.version > CASE known WHEN 0 THEN 0 ELSE known + ${SNAPSHOT_WORTH} END
  ) base
  CROSS JOIN LATERAL (
    SELECT array_agg(c.first_version ORDER BY c.first_version) AS firsts,
      json_agg(c.events ORDER BY c.first_version) AS events
    FROM run_commit c
    WHERE base.after_version < run.version AND ${commitsAfter('base.after_version')}
  ) commits
  CROSS JOIN LATERAL (
    SELECT json_agg(json_build_object('path', path, 'attempt', attempt, 'outcome', outcome)
      ORDER BY path) AS results
    FROM node_task WHERE run_id = $1 AND status = 'done'
  ) results
  CROSS JOIN LATERAL (
    SELECT json_agg(json_build_object('id', id, 'command', command) ORDER BY seq) AS inbox
    FROM (
      SELECT id, command, seq FROM run_inbox WHERE run_id = $1 AND NOT consumed
      ORDER BY seq LIMIT ${INBOX_PAGE}
    ) i
  ) inbox
  WHERE run.id = $1`

const MORE = `
  SELECT c.first_version, c.events FROM run_commit c
  WHERE ${commitsAfter('$2::int')} ORDER BY c.first_version`

interface LoadedRow extends Row {
  readonly now_ms: number
  readonly lease_owner: string | null
  readonly lease_expired: boolean | null
  readonly snapshot_version: number | null
  readonly state: unknown
  readonly after_version: number
  readonly firsts: readonly number[] | null
  readonly events: readonly (readonly StoredEvent<RunEvent>[])[] | null
  readonly results: readonly TaskResult[] | null
  readonly inbox: readonly InboxItem[] | null
}

interface Commit {
  readonly first_version: number
  readonly events: readonly StoredEvent<RunEvent>[]
}

/**
 * @param reducerHash of the code that folds events: a snapshot that another one made is not read
 * @param registry of the events that this build knows
 */
export function createLoader(
  pool: pg.Pool,
  reducerHash: string,
  registry: EventRegistry<RunEvent>,
) {
  /** Those of a run with more events than fit into one page. */
  async function rest(row: LoadedRow, afterVersion: number): Promise<RunEvent[]> {
    const events: RunEvent[] = []
    while (afterVersion + events.length < row.version) {
      const after = afterVersion + events.length
      const values = [row.id, after]
      const { rows } = await pool.query<Commit>({ name: 'dure-load-run-more', text: MORE, values })
      const more = flatten(rows, after)
      if (more.length === 0) throw new TypeError(`Run ${row.id} has lost events after ${after}`)
      events.push(...more)
    }
    return events.slice(0, row.version - afterVersion)
  }

  /** Leaves out what the first commit holds up to that version. */
  function flatten(commits: readonly Commit[], afterVersion: number): RunEvent[] {
    return commits.flatMap(({ first_version, events }) =>
      events.slice(Math.max(0, afterVersion + 1 - first_version)).map(registry.read),
    )
  }

  /** @throws NewerEventError */
  return async (runId: RunId, knownVersion = 0): Promise<StoredRun | undefined> => {
    const values = [runId, knownVersion, reducerHash]
    const { rows } = await pool.query<LoadedRow>({ name: 'dure-load-run', text: LOAD, values })
    const [row] = rows
    if (!row) return undefined
    const { after_version: after, snapshot_version: version, state } = row
    const first = flatten(commitsOf(row), after)
    const events = first.concat(await rest(row, after + first.length))
    return {
      row: toRun(row),
      now: row.now_ms,
      snapshot: version === null ? undefined : { version, state },
      events,
      results: row.results ?? [],
      inbox: row.inbox ?? [],
      lease:
        row.lease_owner === null
          ? null
          : { owner: row.lease_owner, expired: row.lease_expired ?? true },
    }
  }
}

function commitsOf({ firsts, events }: LoadedRow): Commit[] {
  return (events ?? []).map((ofOne, index) => ({
    first_version: firsts?.[index] ?? 0,
    events: ofOne,
  }))
}
