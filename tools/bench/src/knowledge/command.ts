import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ROOT } from '@dure/dev'
import { UsageError } from '../usage-error.ts'
import { measureVectors } from '../vectors/measure.ts'
import { writeJson, writeText } from '../write.ts'
import { measureHybrid } from './hybrid.ts'
import { measureIngestion } from './ingestion.ts'
import { measureAnalysis, measureLexical } from './measure.ts'
import { measureOpen } from './open.ts'
import { withWords } from './page.ts'
import { fillIndex } from './words.ts'

const USAGE = `usage: npm run bench -- knowledge [options]
  --chunks N     so many in the index of words, 300000 when absent
  --hybrid       also with a vector for each: from 100000 on, four minutes per million for the graph
  --chart        writes the words in docs/benchmarks/knowledge.md
  --json FILE    writes the rows`

const PAGE = join(ROOT, 'docs/benchmarks/knowledge.md')
/** So many are opened, whatever is searched. */
const OPENED = 100_000

/** What search costs without a service: analysis, the index of words, opening it, vectors. */
export async function benchKnowledge(args: readonly string[]): Promise<void> {
  const { chunks, hybrid, chart, json } = optionsOf(args)
  const analysis = await measureAnalysis()
  console.table([analysis])
  const ingestion = await measureIngestion()
  console.table([ingestion])
  const open = await measureOpen((await fillIndex(OPENED)).index)
  console.table([open])
  const filled = await fillIndex(chunks)
  const lexical = measureLexical(filled)
  console.table([lexical])
  const both = hybrid ? [await measureHybrid(filled)] : []
  if (hybrid) console.table(both)
  const vectors = (await measureVectors()).map((row) => ({ name: 'vectors', ...row }))
  console.table(vectors)
  if (chart)
    writeText(PAGE, withWords(readFileSync(PAGE, 'utf8'), { ingestion, lexical, open, both }))
  if (json) writeJson(resolve(json), [analysis, ingestion, open, lexical, ...both, ...vectors])
}

interface Options {
  readonly chunks: number
  readonly hybrid: boolean
  readonly chart: boolean
  readonly json?: string
}

function optionsOf(args: readonly string[]): Options {
  const { chunks, json, hybrid, chart } = parsed(args)
  const count = Number(chunks)
  if (!Number.isInteger(count) || count < 1 || count > 5_000_000) {
    throw new UsageError(`--chunks takes a whole number from 1 to 5000000, not ${chunks}\n${USAGE}`)
  }
  return { chunks: count, hybrid, chart, ...(json !== undefined && { json }) }
}

function parsed(args: readonly string[]) {
  const string = { type: 'string' } as const
  const flag = { type: 'boolean', default: false } as const
  try {
    return parseArgs({
      args: [...args],
      options: {
        chunks: { ...string, default: '300000' },
        json: string,
        hybrid: flag,
        chart: flag,
      },
    }).values
  } catch (cause) {
    throw new UsageError(`${cause instanceof Error ? cause.message : cause}\n${USAGE}`)
  }
}
