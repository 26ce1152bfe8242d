import { UsageError } from '@dure/bench/usage-error'
import type { Judgements } from '@dure/retrieval'
import { type Static, Type } from 'typebox'
import { readLines } from './lines.ts'

const Id = Type.Union([Type.String({ minLength: 1 }), Type.Number()])
/** Called `_id` or `id`, with or without a set. */
const Named = {
  _id: Type.Optional(Id),
  id: Type.Optional(Id),
  set: Type.Optional(Type.String({ minLength: 1 })),
  text: Type.String(),
}
const QueryLine = Type.Object(Named)
const PassageLine = Type.Object({
  ...Named,
  title: Type.Optional(Type.Union([Type.String(), Type.Null()])),
})
const JudgementLine = Type.Object({
  query: Id,
  doc: Id,
  score: Type.Union([Type.Number(), Type.String({ pattern: '^-?\\d+(\\.\\d+)?$' })]),
  /** Where ids are unique within a set only. */
  set: Type.Optional(Type.String()),
})

export interface Passage {
  readonly id: string
  readonly title: string
  readonly text: string
}

export interface Question {
  readonly text: string
  readonly judgements: Judgements
}

/** A corpus with the questions that are asked of it, and of no other. */
export interface DataSet {
  readonly name: string
  readonly passages: readonly Passage[]
  /** Those that have at least one relevant passage: of the others nothing can be measured. */
  readonly questions: readonly Question[]
}

export interface Data {
  /** At least one. */
  readonly sets: readonly DataSet[]
  /** What was left out, and how much of it. */
  readonly warnings: readonly string[]
}

/** Of lines that name none. */
const UNNAMED = 'default'

/**
 * Reads `corpus.jsonl`, `queries.jsonl` and `qrels.jsonl`, one JSON object per line. Judgements of passages that are not
 * there, and sets without a query that can be measured, are left out and told of.
 *
 * @param only names of sets; all of them when there is none
 * @throws UsageError that names file and line of what is not as it should be, or when nothing is left
 */
export async function readData(folder: string, only: readonly string[]): Promise<Data> {
  const passages = bySet(await readLines(folder, 'corpus.jsonl', PassageLine))
  const queries = bySet(await readLines(folder, 'queries.jsonl', QueryLine))
  const judgements = judgementsOf(await readLines(folder, 'qrels.jsonl', JudgementLine))
  const names = [...passages.keys()]
  const unknown = only.filter((name) => !passages.has(name))
  if (unknown.length > 0) {
    throw new UsageError(`There is no set ${unknown.join(', ')}; there are ${names.join(', ')}`)
  }
  const read = names
    .filter((name) => only.length === 0 || only.includes(name))
    .map((name) =>
      setOf(name, {
        passages: passages.get(name) ?? [],
        queries: queries.get(name) ?? [],
        judgements,
      }),
    )
  const sets = read.map(({ set }) => set).filter(({ questions }) => questions.length > 0)
  const homeless = [...queries].filter(([name]) => !passages.has(name))
  const warnings = [
    ...read.flatMap((each) => each.warnings),
    ...homeless.map(
      ([name, { length }]) => `${name}: left out ${length} queries, as the set has no passages`,
    ),
  ]
  if (sets.length > 0) return { sets, warnings }
  throw new UsageError(['Nothing can be measured', ...warnings].join('\n'))
}

interface SetLines {
  readonly passages: readonly Static<typeof PassageLine>[]
  readonly queries: readonly Static<typeof QueryLine>[]
  readonly judgements: ReadonlyMap<string, Judgements>
}

function setOf(name: string, lines: SetLines): { set: DataSet; warnings: string[] } {
  const known = new Map<string, Passage>()
  for (const line of lines.passages) {
    const id = idOf(line)
    if (!known.has(id)) known.set(id, { id, title: line.title ?? '', text: line.text })
  }
  const asked = lines.queries.map((query) => {
    const id = idOf(query)
    const judged = [...(lines.judgements.get(keyOf(name, id)) ?? lines.judgements.get(id) ?? [])]
    const judgements = new Map(judged.filter(([doc]) => known.has(doc)))
    return { text: query.text, judgements, missing: judged.length - judgements.size }
  })
  const questions = asked.filter(({ judgements }) => [...judgements.values()].some(isRelevant))
  const counts: readonly (readonly [number, string])[] = [
    [lines.passages.length - known.size, 'passages with an id that was there before'],
    [sumOf(asked.map(({ missing }) => missing)), 'judgements of passages that are not there'],
    [asked.length - questions.length, 'queries without a relevant passage'],
    [questions.length === 0 ? known.size : 0, 'passages, as no query of the set can be measured'],
  ]
  return {
    set: {
      name,
      passages: [...known.values()],
      questions: questions.map(({ text, judgements }) => ({ text, judgements })),
    },
    warnings: counts
      .filter(([count]) => count > 0)
      .map(([count, what]) => `${name}: left out ${count} ${what}`),
  }
}

const isRelevant = (grade: number) => grade > 0
const sumOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0)

function idOf({ _id, id }: Static<typeof QueryLine>): string {
  const given = _id ?? id
  if (given === undefined) throw new UsageError('A passage or a query has neither _id nor id')
  return String(given)
}

function bySet<Line extends Static<typeof QueryLine>>(lines: readonly Line[]): Map<string, Line[]> {
  return Map.groupBy(lines, ({ set = UNNAMED }) => set)
}

/** By the id of the query, after its set where that is said. */
function judgementsOf(
  lines: readonly Static<typeof JudgementLine>[],
): ReadonlyMap<string, Judgements> {
  const judgements = new Map<string, Map<string, number>>()
  for (const { query, doc, score, set } of lines) {
    const key = set === undefined ? String(query) : keyOf(set, String(query))
    const judged = judgements.get(key) ?? new Map<string, number>()
    judgements.set(key, judged.set(String(doc), Number(score)))
  }
  return judgements
}

/** No id has a line feed. */
function keyOf(set: string, id: string): string {
  return `${set}\n${id}`
}
