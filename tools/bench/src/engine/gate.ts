import { round } from '../statistics.ts'
import { QUIET_SHARE, type Row } from './row.ts'

type Figure = 'sqlRoundTripsPerRun' | 'redisCommandsPerRun' | 'walBytesPerRun' | 'cpuMicrosPerStep'

/** What runs may cost: figures that are steady whatever else the machine does, and CPU when it is quiet. */
export interface Gates {
  /** CPU of a fixed piece of work where the figures were taken: CPU of other machines is scaled by it. */
  readonly referenceMicros: number
  readonly rows: readonly (Pick<Row, 'scenario' | 'kind' | 'concurrency'> &
    Record<Figure, number>)[]
}

const SLACK = 1.15
/** The same work takes up to 40 % more CPU in one minute than in the next where machines are virtual. */
const CPU_SLACK = 1.5

/** So much more is no matter: 15 % of next to nothing is noise. */
const TOLERANCES: Readonly<Record<Figure, number>> = {
  sqlRoundTripsPerRun: 0.2,
  redisCommandsPerRun: 1,
  walBytesPerRun: 300,
  cpuMicrosPerStep: 10,
}
const FIGURES = Object.keys(TOLERANCES) as Figure[]

export function gatesFrom(rows: readonly Row[], referenceMicros: number): Gates {
  return {
    referenceMicros,
    rows: rows.map(({ scenario, kind, concurrency, ...row }) => ({
      ...{ scenario, kind, concurrency },
      sqlRoundTripsPerRun: row.sqlRoundTripsPerRun,
      redisCommandsPerRun: row.redisCommandsPerRun,
      walBytesPerRun: row.walBytesPerRun,
      cpuMicrosPerStep: row.cpuMicrosPerStep,
    })),
  }
}

/**
 * Compares what was measured with what it may be. Rows without a gate are let through, but when none
 * has one, that is a problem too: a gate that compares nothing would always be open. CPU is compared
 * only when the machine was quiet: caches that others use make every step dearer.
 *
 * @returns a line for each figure that is exceeded
 */
export function gateProblems(
  rows: readonly Row[],
  gates: Gates,
  referenceMicros: number,
): string[] {
  const pairs = rows.flatMap((row) => {
    const gate = gates.rows.find((candidate) => nameOf(candidate) === nameOf(row))
    return gate ? [{ row, gate }] : []
  })
  if (pairs.length === 0) return ['none of the measured rows has a gate']
  const speed = referenceMicros / gates.referenceMicros
  return pairs.flatMap(({ row, gate }) =>
    FIGURES.flatMap((figure) => {
      if (figure === 'cpuMicrosPerStep' && row.foreignCpuShare > QUIET_SHARE) return []
      const factor = figure === 'cpuMicrosPerStep' ? speed * CPU_SLACK : SLACK
      const limit = round(gate[figure] * factor + TOLERANCES[figure], 2)
      if (row[figure] <= limit) return []
      return [`${nameOf(row)}: ${figure} is ${row[figure]}, may be ${limit}`]
    }),
  )
}

/**
 * Each figure of a row at its best in two measurements. Noise makes a figure worse, never better: so
 * what code costs is the least that was seen. CPU counts from the quieter of the two.
 */
export function bestOf(rows: readonly Row[], again: readonly Row[]): Row[] {
  return rows.map((row) => {
    const other = again.find((candidate) => nameOf(candidate) === nameOf(row))
    if (!other) return row
    const least = Object.fromEntries(
      FIGURES.map((figure) => [figure, Math.min(row[figure], other[figure])]),
    )
    const foreignCpuShare = Math.min(row.foreignCpuShare, other.foreignCpuShare)
    return { ...row, ...least, foreignCpuShare }
  })
}

function nameOf({ scenario, kind, concurrency }: Pick<Row, 'scenario' | 'kind' | 'concurrency'>) {
  return `${scenario} ${kind}, ${concurrency} clients`
}
