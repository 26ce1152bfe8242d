/** What a column of a row may be at the most, or has to be at least. */
interface Target {
  readonly column: string
  readonly most?: number
  readonly least?: number
}

const TARGETS: Readonly<Record<string, readonly Target[]>> = {
  analysis: [{ column: 'megabytesPerCpuSecond', least: 3 }],
  memory: [{ column: 'rssMb', most: 170 }],
  ingestion: [{ column: 'megabytesPerCpuSecond', least: 2 }],
  open: [{ column: 'ms', most: 1000 }],
  lexical: [
    { column: 'p50Micros', most: 1000 },
    { column: 'p99Micros', most: 3000 },
  ],
  hybrid: [{ column: 'p99Ms', most: 25 }],
}

export interface Judged {
  /** What the row has to be; absent: nothing. */
  readonly target?: string
  /** Whether it is, by the clock where the column is of the clock: on a machine with other work it may not be. */
  readonly met?: boolean
}

/** A row with what is wanted of it. */
export function judged<Row extends { readonly name: string }>(row: Row): Row & Judged {
  const targets = Object.hasOwn(TARGETS, row.name) ? (TARGETS[row.name] ?? []) : []
  if (targets.length === 0) return row
  const columns: Readonly<Record<string, unknown>> = { ...row }
  return {
    ...row,
    target: targets.map(textOf).join(', '),
    met: targets.every(({ column, most = Number.POSITIVE_INFINITY, least = 0 }) => {
      const value = Number(columns[column])
      return value >= least && value <= most
    }),
  }
}

function textOf({ column, most, least }: Target): string {
  return most === undefined ? `${column} >= ${least}` : `${column} <= ${most}`
}
