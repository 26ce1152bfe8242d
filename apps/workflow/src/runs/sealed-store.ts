import type { RunEvent, RunId, Tenant, TraceContext } from '@dure/contracts'
import type { StoredEvent } from '@dure/kernel'
import type { createRelay } from '@dure/platform'
import type pg from 'pg'

export type SealedSequence = NonNullable<Parameters<typeof createRelay>[0]['sequence']>
type SealedEvent = Awaited<ReturnType<SealedSequence['read']>>[number]

/** A page holds no more data than this, unless its first event alone does. */
const PAGE_BYTES = 8 * 1024 * 1024
/** Of smaller commits it does not matter which of their events is how large. */
const MEASURED_BYTES = 64 * 1024

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
  ), page AS (
    SELECT place.g, c.*, octet_length(c.events::text) AS bytes
    FROM place
    CROSS JOIN LATERAL (
      SELECT run_id, first_version, at, organization_id, project_id, meta, events FROM run_commit
      WHERE run_day = place.run_day AND tx = place.tx AND pos = place.pos LIMIT 1
    ) c
    WHERE place.g + place.events_count > $1 + 1 AND place.g <= $1 + $2
  )
  SELECT g, run_id, first_version, at, page.organization_id, page.project_id, events, bytes,
    coalesce(page.meta, run.trace, '{}') AS trace
  FROM (SELECT *, sum(bytes) OVER (ORDER BY g) - bytes AS bytes_before FROM page) page
  LEFT JOIN LATERAL (SELECT trace FROM run WHERE id = page.run_id LIMIT 1) run ON true
  WHERE bytes_before <= ${PAGE_BYTES}
  ORDER BY g`

interface SealedRow {
  /** Of its first event. */
  readonly g: string
  readonly run_id: RunId
  readonly first_version: number
  readonly at: Date
  readonly organization_id: Tenant['organizationId']
  readonly project_id: Tenant['projectId']
  readonly events: readonly StoredEvent<RunEvent>[]
  /** Of all of them. */
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
      const { rows } = await db.query<SealedRow>(query)
      const wanted = ({ event: { g } }: SealedEvent) => g > afterG && g <= afterG + limit
      return withinPage(rows.flatMap((row) => sealedEventsOf(row).filter(wanted)))
    },
  }
}

function sealedEventsOf(row: SealedRow): SealedEvent[] {
  const common = {
    stream: row.run_id,
    at: row.at.toISOString(),
    tenant: { organizationId: row.organization_id, projectId: row.project_id },
  }
  const { traceparent, tracestate, baggage } = row.trace
  const trace = {
    ...(traceparent && { traceparent }),
    ...(tracestate && { tracestate }),
    ...(baggage && { baggage }),
  }
  const bytesOf = row.bytes > MEASURED_BYTES ? jsonBytes : () => row.bytes / row.events.length
  return row.events.map(({ type, schemaVersion, ...data }, index) => ({
    event: {
      ...common,
      g: Number(row.g) + index,
      version: row.first_version + index,
      type,
      ...(schemaVersion !== undefined && { schemaVersion }),
      data,
    },
    trace,
    bytes: bytesOf({ type, ...data }),
  }))
}

function jsonBytes(event: object): number {
  return Buffer.byteLength(JSON.stringify(event))
}

function withinPage(events: SealedEvent[]): SealedEvent[] {
  let total = 0
  const beyond = events.findIndex(({ bytes }, index) => {
    total += bytes
    return index > 0 && total > PAGE_BYTES
  })
  return beyond === -1 ? events : events.slice(0, beyond)
}
