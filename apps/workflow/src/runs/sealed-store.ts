import type { RecordedEvent, RunEvent, RunId, Tenant, TraceContext } from '@dure/contracts'
import type { StoredEvent } from '@dure/kernel'
import type { createRelay } from '@dure/platform'
import type pg from 'pg'

export type SealedSequence = NonNullable<Parameters<typeof createRelay>[0]['sequence']>
type SealedEvent = Awaited<ReturnType<SealedSequence['read']>>[number]

/** A page holds no more data than this, unless its first event alone does. */
const PAGE_BYTES = 8 * 1024 * 1024

const SEAL = 'SELECT seal_commits($1) AS sealed'

// `g` has no gaps: what a page holds is known before a single commit was looked up. Each commit is
// looked up in the index of its day: `LATERAL … LIMIT` leaves the planner no other way.
const READ = `
  WITH place AS (
    SELECT run_day, tx, pos, events_count,
      first_g + sum(events_count) OVER (PARTITION BY first_g ORDER BY n) - events_count AS g
    FROM sealed_commits s, unnest(s.days, s.txs, s.positions, s.counts)
      WITH ORDINALITY AS c (run_day, tx, pos, events_count, n)
    WHERE s.last_g > $1 AND s.first_g <= $1::bigint + $2::int
  ), event AS (
    SELECT place.g + e.n - 1 AS g, c.run_id, c.first_version + e.n - 1 AS version, c.at,
      c.organization_id, c.project_id, c.meta, e.event, octet_length(e.event::text) AS bytes
    FROM place
    CROSS JOIN LATERAL (
      SELECT * FROM run_commit
      WHERE run_day = place.run_day AND tx = place.tx AND pos = place.pos LIMIT 1
    ) c
    CROSS JOIN LATERAL json_array_elements(c.events) WITH ORDINALITY AS e (event, n)
    WHERE place.g + place.events_count > $1 + 1 AND place.g <= $1 + $2
      AND place.g + e.n - 1 BETWEEN $1 + 1 AND $1 + $2
  ), page AS (
    SELECT *, sum(bytes) OVER w AS bytes_so_far, row_number() OVER w AS n FROM event
    WINDOW w AS (ORDER BY g ROWS UNBOUNDED PRECEDING)
  )
  SELECT g, run_id, version, at, page.organization_id, page.project_id, event, bytes,
    coalesce(page.meta, run.trace, '{}') AS trace
  FROM page LEFT JOIN LATERAL (SELECT trace FROM run WHERE id = page.run_id LIMIT 1) run ON true
  WHERE n = 1 OR bytes_so_far <= ${PAGE_BYTES}
  ORDER BY g`

interface SealedRow {
  readonly g: string
  readonly run_id: RunId
  readonly version: string
  readonly at: Date
  readonly organization_id: Tenant['organizationId']
  readonly project_id: Tenant['projectId']
  readonly event: StoredEvent<RunEvent>
  readonly bytes: number
  readonly trace: TraceContext
}

/** The one order of the events of all runs, over rows that each hold the events of a commit. */
export function createSealedRuns(pool: pg.Pool): SealedSequence {
  return {
    async seal(max) {
      const { rows } = await pool.query<{ sealed: number }>({ text: SEAL, values: [max] })
      return rows[0]?.sealed ?? 0
    },
    async read(db, { afterG, limit }) {
      const query = { name: 'dure-read-sealed-runs', text: READ, values: [afterG, limit] }
      return (await db.query<SealedRow>(query)).rows.map(toSealedEvent)
    },
  }
}

function toSealedEvent(row: SealedRow): SealedEvent {
  const { type, schemaVersion, ...data } = row.event
  const event: RecordedEvent = {
    g: Number(row.g),
    stream: row.run_id,
    version: Number(row.version),
    type,
    ...(schemaVersion !== undefined && { schemaVersion }),
    at: row.at.toISOString(),
    tenant: { organizationId: row.organization_id, projectId: row.project_id },
    data,
  }
  const { traceparent, tracestate, baggage } = row.trace
  const trace = {
    ...(traceparent && { traceparent }),
    ...(tracestate && { tracestate }),
    ...(baggage && { baggage }),
  }
  return { event, trace, bytes: row.bytes }
}
