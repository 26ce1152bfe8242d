import type { EventSource } from '@dure/contracts'
import { withTransaction } from '@dure/platform'
import type pg from 'pg'

/** A part of the sequence of a source, both ends included. */
export interface Gap {
  readonly source: EventSource
  readonly fromG: number
  readonly toG: number
}

export interface GapStore {
  /** A source never goes back: a report that comes late changes nothing. */
  reportHead(source: EventSource, g: number): Promise<void>
  /**
   * The gaps that are open since at least one look before this one, and that nobody has asked for in
   * the last 30 s; from now on, somebody has. Of many replicas that look, one finds them.
   *
   * @param checkMs how far two looks are apart
   */
  takeOverdue(checkMs: number): Promise<Gap[]>
}

/** As many events as a source sends again at one request. */
const MAX_RANGE = 10_000
/** Requests to one source that are not answered yet: no flood goes out, however much is missing. */
const MAX_OPEN = 10
const REPEAT_AFTER = `interval '30 seconds'`

const REPORT_HEAD = `
  INSERT INTO source_progress AS known (source, received, missing, reported_head)
  VALUES ($1, '{}', '{}', $2)
  ON CONFLICT (source) DO UPDATE SET reported_head = excluded.reported_head
   WHERE known.reported_head < excluded.reported_head`

const FORGET_REQUESTS = `DELETE FROM resend_request WHERE requested_at <= now() - ${REPEAT_AFTER}`

/** Whoever comes second finds that they were looked at, and sees what was taken in meanwhile. */
const LOCK = 'SELECT source FROM source_progress ORDER BY source FOR UPDATE'

// A gap between events is one at once. What comes after the last event is on its way as long as
// events arrive: only when they stop does a reported head mean that the tail is missing.
const TAKE_OVERDUE = `
  WITH due AS (
    SELECT source, missing AS missing_before,
           int8multirange(int8range(1, greatest(
             1, upper(received),
             CASE WHEN received_at <= now() - $1 * interval '1 millisecond' THEN reported_head + 1 END
           ))) - received AS missing_now
      FROM source_progress
     WHERE checked_at <= now() - $1 * interval '1 millisecond'
  ), looked AS (
    UPDATE source_progress SET missing = missing_now, checked_at = now()
      FROM due WHERE source_progress.source = due.source
  ), asked AS (
    SELECT source, range_agg(range) AS ranges, count(*) FILTER (WHERE range && missing_now) AS open
      FROM (SELECT source, int8range(from_g, to_g, '[]') AS range FROM resend_request) AS request
      JOIN due USING (source)
     GROUP BY source
  ), overdue AS (
    SELECT source, coalesce(open, 0) AS open, lower(gap) AS from_g, upper(gap) - 1 AS to_g
      FROM due LEFT JOIN asked USING (source),
           unnest(missing_now * missing_before - coalesce(ranges, '{}')) AS gap
  ), parts AS (
    SELECT source, part AS from_g, least(part + ${MAX_RANGE} - 1, to_g) AS to_g,
           open + row_number() OVER (PARTITION BY source ORDER BY part) AS n
      FROM overdue, generate_series(
             from_g, least(to_g, from_g + ${MAX_RANGE * MAX_OPEN} - 1), ${MAX_RANGE}) AS part
  )
  INSERT INTO resend_request (source, from_g, to_g)
  SELECT source, from_g, to_g FROM parts WHERE n <= ${MAX_OPEN} ORDER BY source, from_g
  RETURNING source, from_g, to_g`

export function createGapStore(pool: pg.Pool): GapStore {
  return {
    async reportHead(source, g) {
      await pool.query(REPORT_HEAD, [source, g])
    },

    takeOverdue: (checkMs) =>
      withTransaction(pool, async (client) => {
        await client.query(FORGET_REQUESTS)
        await client.query(LOCK)
        const { rows } = await client.query<{ source: EventSource; from_g: string; to_g: string }>(
          TAKE_OVERDUE,
          [checkMs],
        )
        return rows.map(({ source, from_g, to_g }) => ({
          source,
          fromG: Number(from_g),
          toG: Number(to_g),
        }))
      }),
  }
}
