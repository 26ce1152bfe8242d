import type { LoadResult } from '../closed-loop.ts'
import type { Usage } from '../meters/meters.ts'
import { percentile, round } from '../statistics.ts'
import type { Scenario } from './shapes.ts'

/** What is measured of one shape, one kind of nodes, and one number of clients. */
export interface Row {
  readonly scenario: Scenario
  /** A kind of nodes, or the name of a peer. */
  readonly kind: string
  readonly concurrency: number
  /** All that were measured; times are of the median round. */
  readonly runs: number
  readonly runsPerSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly p50StepMs: number
  readonly sqlRoundTripsPerRun: number
  readonly redisCommandsPerRun: number
  readonly walBytesPerRun: number
  readonly cpuMicrosPerStep: number
  /** CPU that processes other than ours took meanwhile, of all CPU of the machine: 0 is quiet. */
  readonly foreignCpuShare: number
}

export interface Measurement {
  readonly cell: Pick<Row, 'scenario' | 'kind' | 'concurrency'>
  readonly steps: number
  readonly runs: number
  /** The round whose throughput is the median. */
  readonly median: LoadResult
  /** Over all rounds, beyond what is used without any runs. */
  readonly usage: Usage
  readonly cores: number
}

export function rowOf({ cell, steps, runs, median, usage, cores }: Measurement): Row {
  const p50 = percentile(median.latenciesMs, 0.5)
  return {
    ...cell,
    runs,
    runsPerSecond: round(runsPerSecond(median), 1),
    p50Ms: round(p50, 2),
    p99Ms: round(percentile(median.latenciesMs, 0.99), 2),
    p50StepMs: round(p50 / steps, 3),
    sqlRoundTripsPerRun: round(usage.sqlRoundTrips / runs, 2),
    redisCommandsPerRun: round(usage.redisCommands / runs, 2),
    walBytesPerRun: round(usage.walBytes / runs),
    cpuMicrosPerStep: round(usage.cpuMicros / runs / steps, 1),
    foreignCpuShare: round(Math.max(0, usage.foreignMicros) / (usage.elapsedMs * 1000 * cores), 3),
  }
}

export function runsPerSecond({ latenciesMs, elapsedMs }: LoadResult): number {
  return (latenciesMs.length / elapsedMs) * 1000
}

/** Above this share of foreign CPU, times say more about the neighbours than about the engine. */
export const QUIET_SHARE = 0.1
