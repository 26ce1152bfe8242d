import type { RecordedEvent, Tenant } from '@dure/contracts'
import type { Queryable } from '../postgres/transaction.ts'
import type { TraceHeaders } from '../trace.ts'

/** An event with its place in the sequence of its source, and what was going on around it. */
export interface SealedEvent {
  readonly event: RecordedEvent
  readonly trace: TraceHeaders
  /** Of its data as JSON. */
  readonly bytes: number
}

export interface SealedPage {
  readonly afterG: number
  readonly limit: number
}

/** The one order in which the events of a service are read: dense, and never changed once given. */
export interface SealedSequence {
  /**
   * Gives committed events their places in the sequence, in steps of at most `max`: events, or what a
   * service commits as one. Any number of processes may.
   *
   * @returns how many steps; fewer than `max` when nothing is left to seal
   */
  seal(max: number): Promise<number>
  /** The events that follow `afterG`, in order and without a gap. Empty at the end of the sequence. */
  read(db: Queryable, page: SealedPage): Promise<SealedEvent[]>
}

interface SealedRow {
  readonly g: string
  readonly stream: string
  readonly version: number
  readonly type: string
  readonly schema_version: number
  readonly at: Date
  readonly organization_id: Tenant['organizationId']
  readonly project_id: Tenant['projectId']
  readonly data: Record<string, unknown>
  readonly meta: TraceHeaders
  readonly bytes: number
}

/** A page holds no more data than this, unless its first event alone does. */
const PAGE_BYTES = 8 * 1024 * 1024

const SEAL = 'SELECT seal_events($1) AS sealed'

const READ_SEALED = `
  SELECT g, stream, version, type, schema_version, at, organization_id, project_id, data, meta, bytes
  FROM (
    SELECT *, sum(bytes) OVER w AS bytes_so_far, row_number() OVER w AS n
    FROM (
      SELECT s.g, e.*, octet_length(e.data::text) AS bytes
      FROM (SELECT g, pos FROM sealed_events WHERE g > $1 ORDER BY g LIMIT $2) s
      JOIN events e ON e.pos = s.pos
    ) sealed
    WINDOW w AS (ORDER BY g ROWS UNBOUNDED PRECEDING)
  ) page
  WHERE n = 1 OR bytes_so_far <= ${PAGE_BYTES}
  ORDER BY g`

/** The sequence of a service that keeps its events in the table of the event store. */
export function sealedEvents(pool: Queryable): SealedSequence {
  return { seal: (max) => sealEvents(pool, max), read: readSealed }
}

/**
 * Gives up to `max` committed events their place in the sequence. Any number of processes may.
 *
 * @returns how many; fewer than `max` when none is left
 */
export async function sealEvents(db: Queryable, max: number): Promise<number> {
  const { rows } = await db.query<{ sealed: number }>({ text: SEAL, values: [max] })
  return rows[0]?.sealed ?? 0
}

/** The events that follow `afterG`, in order and without a gap. Empty at the end of the sequence. */
export async function readSealed(
  db: Queryable,
  { afterG, limit }: SealedPage,
): Promise<SealedEvent[]> {
  const { rows } = await db.query<SealedRow>({
    name: 'dure-read-sealed',
    text: READ_SEALED,
    values: [afterG, limit],
  })
  return rows.map(toSealedEvent)
}

function toSealedEvent(row: SealedRow): SealedEvent {
  const { traceparent, tracestate, baggage } = row.meta
  return {
    event: {
      g: Number(row.g),
      stream: row.stream,
      version: row.version,
      type: row.type,
      ...(row.schema_version > 1 && { schemaVersion: row.schema_version }),
      at: row.at.toISOString(),
      tenant: { organizationId: row.organization_id, projectId: row.project_id },
      data: row.data,
    },
    trace: {
      ...(traceparent && { traceparent }),
      ...(tracestate && { tracestate }),
      ...(baggage && { baggage }),
    },
    bytes: row.bytes,
  }
}
