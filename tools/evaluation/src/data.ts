import { join } from 'node:path'
import { UsageError } from '@dure/bench/usage-error'
import type { DataSet, Passage } from './data-set.ts'
import { fieldsIn, idIn, needed, textIn } from './fields.ts'
import { readJudgements } from './judgements.ts'
import { readLines } from './lines.ts'
import { type Corpus, type FoundSet, type Query, setsOf, UNNAMED } from './sets.ts'

export interface Data {
  /** At least one. */
  readonly sets: readonly DataSet[]
  /** What was left out, and how much of it. */
  readonly warnings: readonly string[]
}

/**
 * Reads `corpus.jsonl`, `queries.jsonl` and `qrels.jsonl`, one JSON object per line, as data sets have them: see `NAMES` and
 * `readJudgements`. Judgements of passages that are not there, and sets without a query that can be measured, are left out and told
 * of.
 *
 * @param only names of sets; all of them when there is none
 * @throws UsageError that names file and line of what is not as it should be, or when nothing is left
 */
export async function readData(folder: string, only: readonly string[]): Promise<Data> {
  const warnings: string[] = []
  const warn = (text: string) => warnings.push(text)
  const corpora = await readCorpora(folder, warn)
  const queries = await readQueries(folder, warn)
  const judgements = await readJudgements(folder, warn)
  const found = chosen(setsOf({ corpora, queries, judgements }), only)
  const sets = found.flatMap(({ set }) => (set.questions.length > 0 ? [set] : []))
  warnings.push(...found.flatMap((each) => each.warnings))
  if (sets.length > 0) return { sets, warnings }
  throw new UsageError(['Nothing can be measured', ...warnings].join('\n'))
}

/** @throws UsageError when one of them is not there */
function chosen(found: readonly FoundSet[], only: readonly string[]): readonly FoundSet[] {
  const [first] = found
  const [name] = only
  // The only set there is, if it has no name, has the one that it is asked for by.
  if (
    found.length === 1 &&
    first?.set.name === UNNAMED &&
    name !== undefined &&
    only.length === 1
  ) {
    return [{ ...first, set: { ...first.set, name } }]
  }
  const names = found.flatMap(({ set }) => (set.passages.length > 0 ? [set.name] : []))
  const unknown = only.filter((one) => !names.includes(one))
  if (unknown.length > 0) {
    throw new UsageError(`There is no set ${unknown.join(', ')}; there are ${names.join(', ')}`)
  }
  return only.length === 0 ? found : found.filter(({ set }) => only.includes(set.name))
}

type Warn = (text: string) => void

async function readCorpora(folder: string, warn: Warn): Promise<ReadonlyMap<string, Corpus>> {
  const corpora = new Map<string, { passages: Map<string, Passage>; repeated: number }>()
  await readLines({
    ...{ path: join(folder, 'corpus.jsonl'), warn },
    parse(json) {
      const fields = fieldsIn(json)
      const [id, text] = [idIn(fields, 'passageId'), needed(fields, 'passageText')]
      const title = textIn(fields, 'title') ?? ''
      return { set: textIn(fields, 'set') || UNNAMED, passage: { id, title, text } }
    },
    each({ set, passage }) {
      const corpus = corpora.get(set) ?? { passages: new Map(), repeated: 0 }
      corpora.set(set, corpus)
      if (corpus.passages.has(passage.id)) corpus.repeated++
      else corpus.passages.set(passage.id, passage)
    },
  })
  return corpora
}

async function readQueries(folder: string, warn: Warn): Promise<readonly Query[]> {
  const queries: Query[] = []
  await readLines({
    ...{ path: join(folder, 'queries.jsonl'), warn },
    parse(json) {
      const fields = fieldsIn(json)
      const [id, text] = [idIn(fields, 'queryId'), needed(fields, 'queryText')]
      return { id, text, set: textIn(fields, 'set') || undefined }
    },
    each: (query) => queries.push(query),
  })
  return queries
}
