import { spawnSync } from 'node:child_process'
import { cpus, release, totalmem, type } from 'node:os'
import type { Memory } from './heap.ts'
import { QUIET_SHARE, type Row } from './row.ts'
import type { Stored } from './stored.ts'

export interface Report {
  /** ISO 8601. */
  readonly at: string
  readonly command: string
  readonly machine: Machine
  readonly rows: readonly Row[]
  /** With `--heap`. */
  readonly memory?: readonly Memory[]
  /** With `--stored`. */
  readonly stored?: Stored
}

export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGb: number
  readonly system: string
  readonly node: string
  readonly commit: string
}

export const CONDITIONS =
  'HTTP straight to the workflow service, clients in a closed loop on the same machine (their CPU is not counted). PostgreSQL with fsync, embedded Valkey, no tracing.'

export function describeMachine(): Machine {
  const [first] = cpus()
  return {
    cpu: first?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
    commit: commit(),
  }
}

/** Empty outside of a clone. */
function commit(): string {
  const args = ['describe', '--always', '--dirty']
  return spawnSync('git', args, { encoding: 'utf8' }).stdout?.trim() ?? ''
}

interface Column {
  readonly title: string
  readonly text: (row: Row) => string
}

const COLUMNS: readonly Column[] = [
  { title: 'shape', text: ({ scenario }) => scenario },
  { title: 'nodes', text: ({ kind }) => kind },
  { title: 'clients', text: ({ concurrency }) => String(concurrency) },
  { title: 'runs/s', text: ({ runsPerSecond }) => runsPerSecond.toFixed(0) },
  { title: 'p50 ms', text: ({ p50Ms }) => p50Ms.toFixed(1) },
  { title: 'p99 ms', text: ({ p99Ms }) => p99Ms.toFixed(1) },
  { title: 'p50 ms/step', text: ({ p50StepMs }) => p50StepMs.toFixed(2) },
  { title: 'SQL/run', text: ({ sqlRoundTripsPerRun }) => sqlRoundTripsPerRun.toFixed(1) },
  { title: 'Redis/run', text: ({ redisCommandsPerRun }) => redisCommandsPerRun.toFixed(1) },
  { title: 'WAL B/run', text: ({ walBytesPerRun }) => String(walBytesPerRun) },
  { title: 'CPU us/step', text: ({ cpuMicrosPerStep }) => cpuMicrosPerStep.toFixed(0) },
  {
    title: 'foreign CPU',
    text: ({ foreignCpuShare }) => `${(foreignCpuShare * 100).toFixed(0)} %`,
  },
]

/** In columns, for a terminal. */
export function textTable(rows: readonly Row[]): string {
  const lines = [COLUMNS.map(({ title }) => title), ...rows.map(cellsOf)]
  const widths = COLUMNS.map((_, index) =>
    Math.max(...lines.map((line) => (line[index] ?? '').length)),
  )
  return lines
    .map((line) => line.map((text, index) => text.padStart(widths[index] ?? 0)).join('  '))
    .join('\n')
}

export function markdownTable(rows: readonly Row[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    line(COLUMNS.map(({ title }) => title)),
    line(COLUMNS.map((_, index) => (index < 2 ? '---' : '---:'))),
    ...rows.map((row) => line(cellsOf(row))),
  ].join('\n')
}

function cellsOf(row: Row): string[] {
  return COLUMNS.map(({ text }) => text(row))
}

/** @returns what to say about the neighbours; null when the machine was quiet */
export function noiseNote(rows: readonly Row[]): string | null {
  const loud = rows.filter(({ foreignCpuShare }) => foreignCpuShare > QUIET_SHARE)
  if (loud.length === 0) return null
  return `In ${loud.length} of ${rows.length} rows, other processes took more than ${QUIET_SHARE * 100} % of the machine: their runs/s and milliseconds are not to be relied on. SQL, Redis and WAL are, CPU per step nearly; gates do not compare it.`
}

export function memoryLines(memory: readonly Memory[]): string {
  const lines = memory.map(({ what, tookMs, peakRssMb, peakHeapMb, heapBeforeMb }) => {
    const resident = peakRssMb === null ? '' : `, at most ${peakRssMb} MB resident`
    return `${what}: ${tookMs} ms, heap ${heapBeforeMb} MB before, at most ${peakHeapMb} MB${resident}`
  })
  return lines.join('\n')
}

export function storedLines({ stored, before, after }: Stored): string {
  return [
    'Before:',
    textTable(before),
    `With ${stored} more finished runs:`,
    textTable(after),
  ].join('\n')
}
