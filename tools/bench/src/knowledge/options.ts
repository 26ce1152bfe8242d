import { parseArgs } from 'node:util'
import { UsageError } from '../usage-error.ts'

export const ROWS = [
  'analysis',
  'memory',
  'ingestion',
  'open',
  'vectors',
  'lexical',
  'hybrid',
] as const
export type RowName = (typeof ROWS)[number]

const USAGE = `usage: npm run bench -- knowledge [options]
  --quick         without hybrid, which takes a quarter of an hour and 4 GB: a million vectors have a graph
  --only NAMES    only these of ${ROWS.join(', ')}
  --chunks N      so many in the index of lexical and of hybrid; absent: 300000 and 1000000
  --texts FOLDER  analyses and ingests also the texts of its corpus.jsonl, beside generated ones
  --chart         writes the words in docs/benchmarks/knowledge.md
  --json FILE     writes the rows, anew after each one`

const CHUNKS = { lexical: 300_000, hybrid: 1_000_000 }
const MAX_CHUNKS = 5_000_000

export interface Options {
  readonly chunks: Readonly<Record<'lexical' | 'hybrid', number>>
  readonly rows: ReadonlySet<RowName>
  /** A folder. */
  readonly texts?: string
  readonly chart: boolean
  readonly json?: string
}

/** @throws UsageError */
export function optionsOf(args: readonly string[]): Options {
  const { chunks, json, quick, only, chart, texts } = parsed(args)
  if (only !== undefined && (chart || quick)) {
    throw new UsageError(`--only stands without --quick and --chart\n${USAGE}`)
  }
  const rows = only === undefined ? ROWS.filter((row) => row !== 'hybrid' || !quick) : named(only)
  return {
    chunks: chunks === undefined ? CHUNKS : sameFor(chunks),
    rows: new Set(rows),
    chart,
    ...(texts !== undefined && { texts }),
    ...(json !== undefined && { json }),
  }
}

function sameFor(chunks: string): Options['chunks'] {
  const count = Number(chunks)
  if (Number.isInteger(count) && count >= 1 && count <= MAX_CHUNKS) {
    return { lexical: count, hybrid: count }
  }
  throw new UsageError(
    `--chunks takes a whole number from 1 to ${MAX_CHUNKS}, not ${chunks}\n${USAGE}`,
  )
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
        chunks: string,
        only: string,
        texts: string,
        json: string,
        quick: flag,
        chart: flag,
      },
    }).values
  } catch (cause) {
    throw new UsageError(`${cause instanceof Error ? cause.message : cause}\n${USAGE}`)
  }
}
