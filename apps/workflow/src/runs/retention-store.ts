import type pg from 'pg'

export interface Dropped {
  readonly runs: number
  /** Partitions: a day of commits, or a day of payloads. */
  readonly days: number
  /** There is more that is too old: call again. */
  readonly more: boolean
}

/** The partitions of the coming days, and the end of old runs. Any number of processes may. */
export interface RetentionStore {
  /** Makes those that are missing. @returns how many */
  makePartitions(): Promise<number>
  /**
   * Drops what belongs to runs that ended more than this many days (UTC) ago, and to no other: runs
   * that took longer keep their events. What a consumer of the sealed order has not read stays.
   */
  dropRunsBefore(days: number): Promise<Dropped>
}

const DAYS_AHEAD = 3
const RUNS_AT_ONCE = 1000
/** A call takes no longer than a few seconds. */
const MAX_ROUNDS = 20

const CUTOFF = "SELECT ((now() AT TIME ZONE 'UTC')::date - $1::int)::text AS before"
const SEALED = `
  DELETE FROM sealed_commits
  WHERE at < $1::timestamp AT TIME ZONE 'UTC'
    AND last_g <= coalesce((SELECT min(g) FROM relay_cursors), last_g)`
// A day without a partition of its own has its payloads here, until no run is as old.
const UNPARTITIONED = `
  WITH oldest AS (SELECT min(id) AS id FROM run)
  DELETE FROM payload_default
  WHERE run_day < $1::date
    AND coalesce((SELECT id FROM oldest) >= first_run_id(run_day + 1), true)`
const EXPIRED = 'DELETE FROM node_cache WHERE expires_at <= now()'
const DEAD = "DELETE FROM dead_letter WHERE at < $1::timestamp AT TIME ZONE 'UTC'"

const NOTHING: Dropped = { runs: 0, days: 0, more: false }

export function createRetentionStore(pool: pg.Pool): RetentionStore {
  async function first<Value>(text: string, values: unknown[]): Promise<Value | undefined> {
    const { rows } = await pool.query<Record<string, Value>>(text, values)
    return rows[0] && Object.values(rows[0])[0]
  }

  /** Whether runs that are too old are left when it ends. */
  async function deleteRuns(before: string): Promise<{ runs: number; more: boolean }> {
    let runs = 0
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const gone = await first<number>('SELECT delete_runs($1, $2)', [before, RUNS_AT_ONCE])
      runs += gone ?? 0
      if (gone !== RUNS_AT_ONCE) return { runs, more: false }
    }
    return { runs, more: true }
  }

  async function dropDays(table: 'run_commit' | 'payload', before: string): Promise<number> {
    const sql = 'SELECT day::text FROM partitioned_days($1, $2) AS day LIMIT $3'
    const { rows } = await pool.query<{ day: string }>(sql, [table, before, MAX_ROUNDS])
    const drop = table === 'payload' ? 'drop_payloads' : 'drop_commits'
    let dropped = 0
    for (const { day } of rows) {
      dropped += (await first<boolean>(`SELECT ${drop}($1)`, [day])) ? 1 : 0
    }
    return dropped
  }

  return {
    makePartitions: async () =>
      (await first<number>('SELECT make_partitions($1)', [DAYS_AHEAD])) ?? 0,

    async dropRunsBefore(days) {
      const before = await first<string>(CUTOFF, [days])
      if (before === undefined) throw new TypeError('PostgreSQL did not say what day it is')
      if (await first<boolean>('SELECT unread_before($1)', [before])) return NOTHING
      const { runs, more } = await deleteRuns(before)
      if (more) return { runs, days: 0, more }
      const ofCommits = await dropDays('run_commit', before)
      const ofPayloads = await dropDays('payload', before)
      await pool.query(SEALED, [before])
      await pool.query(UNPARTITIONED, [before])
      await pool.query(DEAD, [before])
      await pool.query(EXPIRED)
      return { runs, days: ofCommits + ofPayloads, more: false }
    },
  }
}
