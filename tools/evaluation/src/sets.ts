import type { DataSet, Passage } from './data-set.ts'
import type { Judgement, JudgementsByQuery } from './judgements.ts'

/** Of lines that name none. */
export const UNNAMED = 'default'

/** The passages that name one set, by id. */
export interface Corpus {
  readonly passages: ReadonlyMap<string, Passage>
  /** Passages with the id of another one. */
  readonly repeated: number
}

export interface Query {
  readonly id: string
  readonly text: string
  /** Undefined: its line names none. */
  readonly set: string | undefined
}

interface Lines {
  readonly corpora: ReadonlyMap<string, Corpus>
  readonly queries: readonly Query[]
  readonly judgements: JudgementsByQuery
}

/** A set, and what was left out of it. */
export interface FoundSet {
  readonly set: DataSet
  readonly warnings: readonly string[]
}

/**
 * Each query belongs to the set that it names; where that has no passages, to the one of its judged passages, or to the only one there
 * is. Where passages name no set, all of them belong to each set that queries name.
 */
export function setsOf(lines: Lines): FoundSet[] {
  const { corpora } = lines
  const homes = Map.groupBy(lines.queries, (query) => homeOf(query, lines))
  const others = [...homes.keys()].filter((name) => !corpora.has(name))
  const isShared = others.length > 0 && !homes.has(UNNAMED)
  const named = [...corpora.keys()].filter((name) => name !== UNNAMED || !isShared)
  return [...named, ...others].map((name) => {
    const corpus = corpora.get(name) ?? corpora.get(UNNAMED)
    const queries = homes.get(name) ?? []
    return corpus ? setOf(name, { ...lines, queries, corpus }) : emptySet(name, queries.length)
  })
}

function homeOf({ id, set }: Query, { corpora, judgements }: Lines): string {
  if (set !== undefined && corpora.has(set)) return set
  const judged = (judgements.get(id) ?? []).filter((each) => mayBeOf(set, each))
  for (const { doc, set: said } of judged.toSorted((a, b) => b.score - a.score)) {
    if (said !== undefined && corpora.has(said)) return said
    const home = [...corpora].find(([, { passages }]) => passages.has(doc))
    if (home) return home[0] === UNNAMED ? (set ?? said ?? UNNAMED) : home[0]
  }
  const [only = UNNAMED, ...others] = corpora.keys()
  return only !== UNNAMED && others.length === 0 ? only : (set ?? UNNAMED)
}

const mayBeOf = (set: string | undefined, judgement: Judgement) =>
  set === undefined || judgement.set === undefined || judgement.set === set

interface SetLines extends Lines {
  readonly corpus: Corpus
}

function setOf(name: string, { corpora, queries, judgements, corpus }: SetLines): FoundSet {
  const { passages } = corpus
  const asked = queries.map(({ id, text, set }) => {
    const judged = (judgements.get(id) ?? []).filter(
      (each) => each.set === name || (mayBeOf(set, each) && !corpora.has(each.set ?? '')),
    )
    const there = judged.filter(({ doc }) => passages.has(doc))
    const missing = judged.length - there.length
    return { text, judgements: new Map(there.map(({ doc, score }) => [doc, score])), missing }
  })
  const questions = asked.filter((one) => [...one.judgements.values()].some(isRelevant))
  const counts: readonly (readonly [number, string])[] = [
    [corpus.repeated, 'passages with an id that was there before'],
    [sumOf(asked.map(({ missing }) => missing)), 'judgements of passages that are not there'],
    [asked.length - questions.length, 'queries without a relevant passage'],
    [
      questions.length === 0 ? passages.size : 0,
      'passages, as no query of the set can be measured',
    ],
  ]
  return {
    set: {
      name,
      passages: [...passages.values()],
      questions: questions.map((one) => ({ text: one.text, judgements: one.judgements })),
    },
    warnings: counts
      .filter(([count]) => count > 0)
      .map(([count, what]) => `${name}: left out ${count} ${what}`),
  }
}

function emptySet(name: string, queries: number): FoundSet {
  return {
    set: { name, passages: [], questions: [] },
    warnings: [`${name}: left out ${queries} queries, as the set has no passages`],
  }
}

const isRelevant = (grade: number) => grade > 0
const sumOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0)
