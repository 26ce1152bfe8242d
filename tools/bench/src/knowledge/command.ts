import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ROOT } from '@dure/dev'
import { measureVectors } from '../vectors/measure.ts'
import { writeJson, writeText } from '../write.ts'
import { type HybridRow, measureHybrid } from './hybrid.ts'
import { measureIngestion } from './ingestion.ts'
import { type LexicalRow, measureAnalysis, measureLexical } from './measure.ts'
import { measureMemory } from './memory.ts'
import { measureOpen } from './open.ts'
import { type Options, optionsOf } from './options.ts'
import { withWords } from './page.ts'
import { fillIndex } from './words.ts'

const PAGE = join(ROOT, 'docs/benchmarks/knowledge.md')
/** So many are opened, whatever is searched. */
const OPENED = 100_000

/** What search costs: analysis, ingestion, the index of words, opening it, vectors. */
export async function benchKnowledge(args: readonly string[]): Promise<void> {
  const options = optionsOf(args)
  const { rows, chart, json } = options
  const all: object[] = []
  const tell: Tell = (found) => {
    console.table(found)
    all.push(...found)
    return found
  }
  if (rows.has('analysis')) tell([await measureAnalysis()])
  if (rows.has('memory')) tell(await measureMemory())
  const [ingestion] = rows.has('ingestion') ? tell([await measureIngestion()]) : []
  const [open] = rows.has('open') ? tell([await measureOpen((await fillIndex(OPENED)).index)]) : []
  const { lexical, both } = await measureSearches(options, tell)
  if (rows.has('vectors')) {
    tell((await measureVectors()).map((row) => ({ name: 'vectors', ...row })))
  }
  if (chart && ingestion && open && lexical) {
    writeText(PAGE, withWords(readFileSync(PAGE, 'utf8'), { ingestion, lexical, open, both }))
  }
  if (json) writeJson(resolve(json), all)
}

type Tell = <Row extends object>(rows: readonly Row[]) => readonly Row[]

interface SearchRows {
  readonly lexical?: LexicalRow | undefined
  readonly both: readonly HybridRow[]
}

/** Those that need a large index. */
async function measureSearches({ rows, chunks }: Options, tell: Tell): Promise<SearchRows> {
  if (!rows.has('lexical') && !rows.has('hybrid')) return { both: [] }
  const filled = await fillIndex(chunks)
  const [lexical] = rows.has('lexical') ? tell([measureLexical(filled)]) : []
  return { lexical, both: rows.has('hybrid') ? tell([await measureHybrid(filled)]) : [] }
}
