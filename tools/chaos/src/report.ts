import { type History, VIOLATIONS, type Violation } from './checks/history.ts'
import type { Injected } from './injector.ts'

/** What became of one kind of faults. */
export interface Row {
  readonly id: string
  readonly title: string
  readonly injected: number
  /** Runs that were under way while one of them was. */
  readonly runs: number
  readonly lost: number
  readonly duplicated: number
  readonly illegal: number
  /** Milliseconds from the end of a fault until a new run had ended. */
  readonly recoveryP50Ms: number | null
  readonly recoveryP99Ms: number | null
  /** Milliseconds from the end of a fault until the runs that it met had ended. */
  readonly settledP99Ms: number | null
}

export interface Report {
  readonly rows: readonly Row[]
  readonly totals: Row
  readonly violations: readonly Violation[]
}

/**
 * A violation counts for each fault that its run has met, since nobody knows which one it was; in
 * the totals it counts once.
 */
export function reportOf(
  injected: readonly Injected[],
  runs: ReadonlyMap<string, History>,
  found: readonly Violation[],
): Report {
  const complaints = injected.flatMap(({ id, complaints: all }) =>
    all.map((what): Violation => ({ kind: 'illegal', runId: null, what: `${id}: ${what}` })),
  )
  const violations = [...complaints, ...found]
  const byKind = Map.groupBy(injected, ({ id }) => id)
  const rows = [...byKind.values()].map((faults) => {
    const own = faults.flatMap((fault) => touched(fault, runs))
    const ids = new Set(own.map(({ runId }) => runId))
    const counted = violations.filter(({ runId, what }) =>
      runId === null ? what.startsWith(`${faults[0]?.id}: `) : ids.has(runId),
    )
    return rowOf(faults, { runs, touched: ids.size, violations: counted })
  })
  const totals = rowOf(injected, { runs, touched: runs.size, violations })
  return {
    rows: rows.sort((one, other) => numberOf(one) - numberOf(other)),
    totals: { ...totals, id: 'all', title: '' },
    violations,
  }
}

const numberOf = ({ id }: Row) => Number(id.slice(1))

function touched({ beganAt, endedAt }: Injected, runs: ReadonlyMap<string, History>): History[] {
  return [...runs.values()].filter(
    (run) => run.createdAt <= endedAt && (run.endedAt ?? Infinity) >= beganAt,
  )
}

interface Found {
  readonly runs: ReadonlyMap<string, History>
  readonly touched: number
  readonly violations: readonly Violation[]
}

function rowOf(faults: readonly Injected[], { runs, touched: count, violations }: Found): Row {
  const counts = VIOLATIONS.map((kind) => violations.filter((one) => one.kind === kind).length)
  const [lost = 0, duplicated = 0, illegal = 0] = counts
  const recoveries = faults.flatMap(({ recoveryMs }) => (recoveryMs === null ? [] : [recoveryMs]))
  const settled = faults.flatMap((fault) =>
    touched(fault, runs).map(({ endedAt }) => Math.max(0, (endedAt ?? 0) - fault.endedAt)),
  )
  return {
    id: faults[0]?.id ?? '',
    title: faults[0]?.title ?? '',
    injected: faults.length,
    runs: count,
    lost,
    duplicated,
    illegal,
    recoveryP50Ms: quantile(recoveries, 0.5),
    recoveryP99Ms: quantile(recoveries, 0.99),
    settledP99Ms: quantile(settled, 0.99),
  }
}

/** The nearest rank. */
function quantile(values: readonly number[], part: number): number | null {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? null
}

const COLUMNS = [
  ['fault', ({ id, title }: Row) => `${id} ${title}`.trim()],
  ['injected', (row: Row) => row.injected],
  ['runs met', (row: Row) => row.runs],
  ['lost', (row: Row) => row.lost],
  ['duplicated', (row: Row) => row.duplicated],
  ['illegal', (row: Row) => row.illegal],
  ['recovery p50 ms', (row: Row) => row.recoveryP50Ms ?? '-'],
  ['p99 ms', (row: Row) => row.recoveryP99Ms ?? '-'],
  ['settled p99 ms', (row: Row) => row.settledP99Ms ?? '-'],
] as const

export function tableOf({ rows, totals }: Report): string {
  const lines = [
    COLUMNS.map(([name]) => name as string),
    ...[...rows, totals].map((row) => COLUMNS.map(([, value]) => String(value(row)))),
  ]
  const widths = COLUMNS.map((_, index) => Math.max(...lines.map((line) => width(line[index]))))
  return lines
    .map((line) =>
      line
        .map((cell, index) => {
          const wide = widths[index] ?? 0
          return index === 0 ? cell.padEnd(wide) : cell.padStart(wide)
        })
        .join('  '),
    )
    .join('\n')
}

const width = (cell = '') => cell.length
