import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '@dure/dev'
import { measureVectors } from '../vectors/measure.ts'
import { writeText } from '../write.ts'
import { measureHybrid } from './hybrid.ts'
import { measureIngestion } from './ingestion.ts'
import { measureAnalysis, measureLexical } from './measure.ts'
import { measureMemory } from './memory.ts'
import { measureOpen } from './open.ts'
import { optionsOf, type RowName } from './options.ts'
import { withWords } from './page.ts'
import { createResults } from './results.ts'
import { folderText, generatedText, type TextSource } from './text.ts'
import { type FilledIndex, fillIndex } from './words.ts'

const PAGE = join(ROOT, 'docs/benchmarks/knowledge.md')
const SEED = 5

/** What search costs: analysis, ingestion, opening an index, vectors, searches by words and by both. The longest comes last. */
export async function benchKnowledge(args: readonly string[]): Promise<void> {
  const { rows, chunks, texts, chart, json } = optionsOf(args)
  const results = createResults(json)
  const filled = createFiller()
  const sources = async () => [
    await generatedText(SEED),
    ...(texts === undefined ? [] : [await folderText(texts)]),
  ]
  const run = <Row extends { readonly name: string }>(
    name: RowName,
    measure: () => Promise<readonly Row[]>,
  ): Promise<readonly Row[]> =>
    rows.has(name) ? results.attempt(name, measure) : Promise.resolve([])

  await run('analysis', async () => eachOf(await sources(), measureAnalysis))
  await run('memory', measureMemory)
  const [ingestion] = await run('ingestion', async () => eachOf(await sources(), measureIngestion))
  const [open, openWithVectors] = await run('open', () => measureOpen())
  await run('vectors', async () =>
    (await measureVectors()).map((row) => ({ name: 'vectors', ...row })),
  )
  const [lexical] = await run('lexical', async () => [measureLexical(await filled(chunks.lexical))])
  const both = await run('hybrid', async () => [await measureHybrid(await filled(chunks.hybrid))])

  if (chart && ingestion && open && openWithVectors && lexical) {
    const measured = { ingestion, lexical, open, openWithVectors, both }
    writeText(PAGE, withWords(readFileSync(PAGE, 'utf8'), measured))
  }
  if (results.failed.length > 0) throw new Error(`Not measured: ${results.failed.join(', ')}`)
}

async function eachOf<Row>(
  sources: readonly TextSource[],
  measure: (source: TextSource) => Promise<Row>,
): Promise<Row[]> {
  const rows: Row[] = []
  for (const source of sources) rows.push(await measure(source))
  return rows
}

/** Two rows may want the same index; no two indexes are there at once. */
function createFiller(): (chunks: number) => Promise<FilledIndex> {
  let last: FilledIndex | undefined
  return async (chunks) => {
    if (last?.index.size === chunks) return last
    last = undefined
    last = await fillIndex(chunks)
    return last
  }
}
