import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '@dure/bench/usage-error'
import { type Fields, fieldsIn, idIn, NAMES, scoreIn, textIn } from './fields.ts'
import { BadLineError, readLines } from './lines.ts'

/** What somebody has said of a passage for a query. */
export interface Judgement {
  readonly doc: string
  readonly score: number
  /** Where ids are unique within a set only. */
  readonly set: string | undefined
}

/** By the id of the query. */
export type JudgementsByQuery = ReadonlyMap<string, readonly Judgement[]>

/** The first that is there counts: in benchmarks, the others are of other queries. */
const FILES = [
  ...['qrels.jsonl', 'qrels.tsv', 'qrels.txt'],
  ...['test', 'dev', 'validation'].flatMap((part) => [`qrels/${part}.jsonl`, `qrels/${part}.tsv`]),
]

/** @throws UsageError */
export async function readJudgements(
  folder: string,
  warn: (text: string) => void,
): Promise<JudgementsByQuery> {
  const file = FILES.find((name) => existsSync(join(folder, name)))
  if (file === undefined) {
    throw new UsageError(`${folder} has none of ${FILES.join(', ')}`)
  }
  const judgements = new Map<string, Judgement[]>()
  const parse = file.endsWith('.jsonl') ? fieldsIn : tableReader()
  await readLines({
    path: join(folder, file),
    warn,
    parse: (text) => judged(parse(text)),
    each({ query, ...judgement }) {
      const others = judgements.get(query)
      if (others) others.push(judgement)
      else judgements.set(query, [judgement])
    },
  })
  return judgements
}

function judged(fields: Fields | undefined): (Judgement & { query: string }) | undefined {
  return (
    fields && {
      query: idIn(fields, 'judgedQuery'),
      doc: idIn(fields, 'judgedPassage'),
      score: scoreIn(fields),
      set: textIn(fields, 'set') || undefined,
    }
  )
}

/** Of lines without names, by how many columns they have; four are those of TREC, whose second one says nothing. */
const COLUMNS: Readonly<Record<number, readonly string[]>> = {
  2: ['query', 'doc'],
  3: ['query', 'doc', 'score'],
  4: ['query', '', 'doc', 'score'],
}
const KNOWN = new Set<string>([...NAMES.judgedQuery, ...NAMES.judgedPassage])

/** Of lines with columns. The first one may name them, and is undefined then. */
function tableReader(): (text: string) => Fields | undefined {
  let names: readonly string[] | undefined
  let isFirst = true
  return (text) => {
    const line = text.trim()
    const cells = line.split(line.includes('\t') ? /\s*\t\s*/ : /\s+/)
    const mayName = isFirst
    isFirst = false
    if (mayName && cells.filter((cell) => KNOWN.has(cell)).length > 1) {
      names = cells
      return undefined
    }
    // Names that nobody knows: they are in the usual order.
    if (mayName && cells.length > 2 && Number.isNaN(Number(cells.at(-1)))) return undefined
    const columns = names ?? COLUMNS[cells.length]
    if (!columns) throw new BadLineError(`${cells.length} columns are not those of judgements`)
    return Object.fromEntries(columns.map((name, at) => [name, cells[at]]))
  }
}
