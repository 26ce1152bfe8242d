import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import pg from 'pg'
import type { Infrastructure } from '../infrastructure.ts'
import { readCpu } from './cpu.ts'

/** Counters that only rise; two readings and the time between them say what was used. */
export interface Reading {
  readonly atMs: number
  /** Statements that PostgreSQL was sent, BEGIN and COMMIT among them. */
  readonly sqlRoundTrips: number
  /** Commands that Valkey executed, those inside of scripts among them. */
  readonly redisCommands: number
  readonly walBytes: number
  /** Of services and servers; 0 where it cannot be read. */
  readonly cpuMicros: number
  /** Of everybody else on this machine. */
  readonly foreignMicros: number
}

export type Usage = Omit<Reading, 'atMs'> & { readonly elapsedMs: number }

export interface Meters {
  read(): Promise<Reading>
  /** What is used while nobody asks for anything. */
  measureIdle(): Promise<Usage>
  /** Waits until what the last requests left to be done in the background is done. */
  settle(idle: Usage): Promise<void>
  close(): Promise<void>
}

/**
 * All databases but the one that the benchmark itself asks. The settings of a tenant travel in the message of the
 * statement that needs them (docs/adr/0024): they are statements, and no trips.
 */
const COUNT_SQL = `
  SELECT
    (SELECT coalesce(sum(calls), 0) FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid
      WHERE d.datname <> 'postgres' AND s.query NOT LIKE 'SELECT set_config(%), set_config(%)'
        AND s.query NOT LIKE 'SET LOCAL dure.%')::float8 AS calls,
    pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 AS wal`

const IDLE_MS = 3000
const SETTLE_STEP_MS = 500
const SETTLE_TIMEOUT_MS = 30_000

/** @param pids roots of the process trees whose CPU is counted, asked anew for each reading */
export async function createMeters(
  { adminUrl, redisUrl }: Infrastructure,
  pids: () => readonly number[],
): Promise<Meters> {
  const client = new pg.Client({ connectionString: adminUrl })
  await client.connect()
  const redis = new Redis(redisUrl)
  const read = async (): Promise<Reading> => {
    const { rows } = await client.query<{ calls: number; wal: number }>(COUNT_SQL)
    const stats = await redis.info('stats')
    const cpu = readCpu(pids())
    return {
      atMs: performance.now(),
      sqlRoundTrips: rows[0]?.calls ?? 0,
      redisCommands: Number(/total_commands_processed:(\d+)/.exec(stats)?.[1]),
      walBytes: rows[0]?.wal ?? 0,
      cpuMicros: cpu?.measuredMicros ?? 0,
      foreignMicros: cpu ? cpu.machineMicros - cpu.measuredMicros - cpu.clientMicros : 0,
    }
  }
  const over = async (ms: number) => {
    const before = await read()
    await sleep(ms)
    return usageBetween(before, await read())
  }
  return {
    read,
    measureIdle: () => over(IDLE_MS),
    async settle(idle) {
      const expected = (idle.sqlRoundTrips / idle.elapsedMs) * SETTLE_STEP_MS
      const deadline = performance.now() + SETTLE_TIMEOUT_MS
      while ((await over(SETTLE_STEP_MS)).sqlRoundTrips > 2 * expected + 5) {
        if (performance.now() > deadline) return
      }
    },
    async close() {
      redis.disconnect()
      await client.end()
    },
  }
}

export function usageBetween(before: Reading, after: Reading): Usage {
  return {
    elapsedMs: after.atMs - before.atMs,
    sqlRoundTrips: after.sqlRoundTrips - before.sqlRoundTrips,
    redisCommands: after.redisCommands - before.redisCommands,
    walBytes: after.walBytes - before.walBytes,
    cpuMicros: after.cpuMicros - before.cpuMicros,
    foreignMicros: after.foreignMicros - before.foreignMicros,
  }
}

/** What was used beyond what would have been used anyway in that time. */
export function beyondIdle(usage: Usage, idle: Usage): Usage {
  const share = usage.elapsedMs / idle.elapsedMs
  const beyond = (key: Exclude<keyof Usage, 'elapsedMs' | 'foreignMicros'>) =>
    Math.max(0, usage[key] - idle[key] * share)
  return {
    ...usage,
    sqlRoundTrips: beyond('sqlRoundTrips'),
    redisCommands: beyond('redisCommands'),
    walBytes: beyond('walBytes'),
    cpuMicros: beyond('cpuMicros'),
  }
}
