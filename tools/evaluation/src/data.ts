import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { UsageError } from '@dure/bench/usage-error'
import type { Judgements } from '@dure/retrieval'
import { type Static, type TSchema, Type } from 'typebox'
import { Check } from 'typebox/value'

const PassageLine = Type.Object({
  _id: Type.String({ minLength: 1 }),
  set: Type.String({ minLength: 1 }),
  title: Type.Optional(Type.String()),
  text: Type.String(),
})
const QueryLine = Type.Object({
  _id: Type.String({ minLength: 1 }),
  set: Type.String({ minLength: 1 }),
  text: Type.String(),
})
const JudgementLine = Type.Object({
  query: Type.String(),
  doc: Type.String(),
  score: Type.Number(),
})

export type Passage = Static<typeof PassageLine>

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

/**
 * Reads `corpus.jsonl`, `queries.jsonl` and `qrels.jsonl`, one JSON object per line.
 *
 * @param only names of sets; all of them when there is none
 * @throws UsageError that names file and line of what is not as it should be
 */
export async function readDataSets(folder: string, only: readonly string[]): Promise<DataSet[]> {
  const passages = await readLines(folder, 'corpus.jsonl', PassageLine)
  const queries = await readLines(folder, 'queries.jsonl', QueryLine)
  const judgements = await readJudgements(folder, new Set(passages.map(({ _id }) => _id)))
  const names = [...new Set(passages.map(({ set }) => set))]
  const unknown = only.filter((name) => !names.includes(name))
  if (unknown.length > 0) {
    throw new UsageError(`There is no set ${unknown.join(', ')}; there are ${names.join(', ')}`)
  }
  return names
    .filter((name) => only.length === 0 || only.includes(name))
    .map((name) => ({
      name,
      passages: passages.filter(({ set }) => set === name),
      questions: questionsOf(
        queries.filter(({ set }) => set === name),
        judgements,
      ),
    }))
    .map(withQuestions)
}

function withQuestions(set: DataSet): DataSet {
  if (set.questions.length > 0) return set
  throw new UsageError(`The set ${set.name} has no query with a relevant passage`)
}

function questionsOf(
  queries: readonly Static<typeof QueryLine>[],
  judgements: ReadonlyMap<string, Judgements>,
): Question[] {
  return queries.flatMap(({ _id, text }) => {
    const judged = judgements.get(_id) ?? new Map<string, number>()
    return [...judged.values()].some((grade) => grade > 0) ? [{ text, judgements: judged }] : []
  })
}

async function readJudgements(folder: string, passages: ReadonlySet<string>) {
  const judgements = new Map<string, Map<string, number>>()
  for (const { query, doc, score } of await readLines(folder, 'qrels.jsonl', JudgementLine)) {
    if (!passages.has(doc)) throw new UsageError(`qrels.jsonl judges ${doc}, which is no passage`)
    const judged = judgements.get(query) ?? new Map<string, number>()
    judgements.set(query, judged.set(doc, score))
  }
  return judgements
}

async function readLines<Line extends TSchema>(
  folder: string,
  name: string,
  line: Line,
): Promise<Static<Line>[]> {
  const path = join(folder, name)
  const values: Static<Line>[] = []
  let number = 0
  try {
    for await (const text of createInterface({ input: createReadStream(path, 'utf8') })) {
      number++
      if (text.trim() === '') continue
      const value: unknown = JSON.parse(text)
      if (!Check(line, value)) throw new SyntaxError('not the fields that are wanted')
      values.push(value)
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new UsageError(`${path}${number > 0 ? `:${number}` : ''}: ${reason}`)
  }
  return values
}
