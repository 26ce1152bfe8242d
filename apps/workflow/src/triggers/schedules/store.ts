import { withTransaction } from '@dure/platform'
import type pg from 'pg'
import type { HistoryEntry } from '../history.ts'
import { createTriggerStore, type TriggerRow, type TriggerStore, toTrigger } from '../store.ts'
import type { CatchUp, Overlap } from './firing.ts'
import type { DueSchedule, StoredSchedule } from './schedule.ts'

export interface ScheduleStore extends TriggerStore<StoredSchedule> {
  /** By the clock of PostgreSQL: the only one that says what is due. */
  now(): Promise<Date>
  /** Schedules that are due, each for one caller until it is settled, or for 30 s. */
  claimDue(limit: number): Promise<DueSchedule[]>
  /**
   * Writes down that a run is started for a time, before it is.
   *
   * @returns false when the schedule is not due then any more: it was changed or disabled
   */
  begin(due: DueSchedule, fireAt: Date): Promise<boolean>
  /** What became of it, and when it is due again; times before that are missed. */
  settle(scheduleId: string, settled: Settled): Promise<void>
}

export interface Settled {
  /** When it was due: if it is not so any more, it was changed, and keeps its new time. */
  readonly dueAt: Date
  /** The time that the entry is about. */
  readonly at: Date
  readonly entry: HistoryEntry
  readonly nextAt: Date | null
}

const CLAIM = `
  WITH due AS (
    SELECT id FROM schedule
    WHERE enabled AND due_at <= now() AND (claimed_until IS NULL OR claimed_until <= now())
    ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED
  )
  UPDATE schedule SET claimed_until = now() + interval '30 s' FROM due
  WHERE schedule.id = due.id
  RETURNING schedule.*, now() AS now, EXISTS (
    SELECT FROM trigger_history WHERE trigger_id = schedule.id AND outcome = 'starting'
      AND occasion = ${occasion('schedule.due_at')}
  ) AS begun`

const RECORD = `
  INSERT INTO trigger_history
    (trigger_id, organization_id, project_id, outcome, reason, run_id, occasion)
  SELECT id, organization_id, project_id, $2, $3, $4, ${occasion('$5::timestamptz')}
  FROM schedule WHERE id = $1
  ON CONFLICT (trigger_id, occasion) DO UPDATE
    SET outcome = excluded.outcome, reason = excluded.reason, run_id = excluded.run_id
    WHERE trigger_history.outcome = 'starting'`

interface ScheduleRow extends TriggerRow {
  readonly cron: string
  readonly time_zone: string
  readonly input: unknown
  readonly overlap: Overlap
  readonly catch_up: CatchUp
  readonly due_at: Date | null
}

interface DueRow extends ScheduleRow {
  readonly due_at: Date
  readonly now: Date
  readonly begun: boolean
}

export function createScheduleStore(pool: pg.Pool): ScheduleStore {
  function record(client: pg.PoolClient, id: string, at: Date, entry: HistoryEntry) {
    const { outcome, reason, runId } = entry
    return client.query(RECORD, [id, outcome, reason, runId, at])
  }

  return {
    ...createTriggerStore(pool, { table: 'schedule', toStored }),

    async now() {
      const { rows } = await pool.query<{ now: Date }>('SELECT now() AS now')
      return rows[0]?.now ?? new Date(Number.NaN)
    },

    async claimDue(limit) {
      const { rows } = await pool.query<DueRow>(CLAIM, [limit])
      return rows.map((row) => ({
        ...toStored(row),
        dueAt: row.due_at,
        now: row.now,
        begun: row.begun,
      }))
    },

    begin: ({ id, dueAt }, fireAt) =>
      withTransaction(pool, async (client) => {
        const { rowCount } = await client.query(
          'UPDATE schedule SET due_at = $3 WHERE id = $1 AND due_at = $2 AND enabled',
          [id, dueAt, fireAt],
        )
        if (rowCount === 0) return false
        if (fireAt > dueAt) await record(client, id, dueAt, MISSED)
        await record(client, id, fireAt, { outcome: 'starting' })
        return true
      }),

    settle: (id, { dueAt, at, entry, nextAt }) =>
      withTransaction(pool, async (client) => {
        if (at > dueAt) await record(client, id, dueAt, MISSED)
        await record(client, id, at, entry)
        await client.query(
          'UPDATE schedule SET due_at = $3, claimed_until = NULL WHERE id = $1 AND due_at = $2',
          [id, dueAt, nextAt],
        )
      }),
  }
}

export const MISSED: HistoryEntry = { outcome: 'skipped', reason: 'missed' }

/** One text for one time, as JavaScript would write it. */
function occasion(sql: string): string {
  return `to_char(${sql} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}

function toStored(row: ScheduleRow): StoredSchedule {
  return {
    ...toTrigger(row),
    cron: row.cron,
    timeZone: row.time_zone,
    input: row.input,
    overlap: row.overlap,
    catchUp: row.catch_up,
    dueAt: row.due_at,
  }
}
