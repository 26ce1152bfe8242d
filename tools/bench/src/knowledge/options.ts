import { parseArgs } from 'node:util'
import { UsageError } from '../usage-error.ts'

export const ROWS = [
  'analysis',
  'memory',
  'ingestion',
  'open',
  'lexical',
  'hybrid',
  'vectors',
] as const
export type RowName = (typeof ROWS)[number]

const USAGE = `usage: npm run bench -- knowledge [options]
  --chunks N     so many in the index of words, 300000 when absent
  --hybrid       also with a vector for each: from 100000 on, four minutes per million for the graph
  --only NAMES   only these of ${ROWS.join(', ')}
  --chart        writes the words in docs/benchmarks/knowledge.md
  --json FILE    writes the rows`

export interface Options {
  readonly chunks: number
  readonly rows: ReadonlySet<RowName>
  readonly chart: boolean
  readonly json?: string
}

/** @throws UsageError */
export function optionsOf(args: readonly string[]): Options {
  const { chunks, json, hybrid, only, chart } = parsed(args)
  const count = Number(chunks)
  if (!Number.isInteger(count) || count < 1 || count > 5_000_000) {
    throw new UsageError(`--chunks takes a whole number from 1 to 5000000, not ${chunks}\n${USAGE}`)
  }
  if (only !== undefined && chart) {
    throw new UsageError(`--chart writes all rows, not some of them\n${USAGE}`)
  }
  const rows = only === undefined ? ROWS.filter((row) => row !== 'hybrid' || hybrid) : named(only)
  return { chunks: count, rows: new Set(rows), chart, ...(json !== undefined && { json }) }
}

function named(only: string): RowName[] {
  return only.split(',').map((name) => {
    const row = ROWS.find((each) => each === name)
    if (row === undefined) throw new UsageError(`There is no row ${name}\n${USAGE}`)
    return row
  })
}

function parsed(args: readonly string[]) {
  const string = { type: 'string' } as const
  const flag = { type: 'boolean', default: false } as const
  try {
    return parseArgs({
      args: [...args],
      options: {
        chunks: { ...string, default: '300000' },
        only: string,
        json: string,
        hybrid: flag,
        chart: flag,
      },
    }).values
  } catch (cause) {
    throw new UsageError(`${cause instanceof Error ? cause.message : cause}\n${USAGE}`)
  }
}
