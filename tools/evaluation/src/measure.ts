import {
  type Analyzer,
  bootstrapInterval,
  candidatesOf,
  createLexicalIndex,
  isConvincing,
  type LexicalIndex,
  mean,
  metricsOf,
  type Perturbation,
  perturb,
  type QueryMetrics,
  questionTerms,
} from '@dure/retrieval'
import type { DataSet, Passage } from './data.ts'

/** What one set gave. `low` and `high` bound nDCG@10 with 95 % confidence. */
export interface Row {
  readonly set: string
  readonly perturbation: Perturbation
  readonly mode: 'lexical'
  readonly ndcg10: number
  readonly recall10: number
  readonly recall100: number
  readonly mrr10: number
  readonly low: number
  readonly high: number
  readonly queries: number
  readonly passages: number
}

/** A row, and what it is the mean of. */
export interface Measured {
  readonly row: Row
  readonly perQuery: readonly QueryMetrics[]
}

const DEPTH = 100

/** The set as a knowledge base of its own, each passage as a document with its title as heading. */
export function indexOf(analyzer: Analyzer, passages: readonly Passage[]): LexicalIndex {
  const index = createLexicalIndex()
  for (const { _id, title = '', text } of passages) {
    index.add({
      id: _id,
      documentId: _id,
      morphemes: analyzer.terms(text),
      bigrams: analyzer.bigrams(text),
      headingMorphemes: analyzer.terms(title),
    })
  }
  return index
}

/** Asks the index as the service asks it, down to the passages that it would not show. */
export function measure(
  set: DataSet,
  index: LexicalIndex,
  { analyzer, perturbation }: { analyzer: Analyzer; perturbation: Perturbation },
): Measured {
  const textOf = new Map(set.passages.map(({ _id, text }) => [_id, text]))
  const perQuery = set.questions.map(({ text, judgements }) => {
    const query = perturb(text, perturbation)
    const pairs = analyzer.bigrams(query)
    const terms = questionTerms(query, { analyzer, index })
    const ranked = candidatesOf(index, terms, { limit: DEPTH, minScore: 0 })
      .filter((found) =>
        isConvincing(found, pairs, () => analyzer.bigrams(textOf.get(found.id) ?? '')),
      )
      .map(({ id }) => id)
    return metricsOf(ranked, judgements)
  })
  const ndcgs = perQuery.map(({ ndcg10 }) => ndcg10)
  const row: Row = {
    set: set.name,
    perturbation,
    mode: 'lexical',
    ndcg10: mean(ndcgs),
    recall10: mean(perQuery.map(({ recall10 }) => recall10)),
    recall100: mean(perQuery.map(({ recall100 }) => recall100)),
    mrr10: mean(perQuery.map(({ mrr10 }) => mrr10)),
    ...bootstrapInterval([ndcgs]),
    queries: set.questions.length,
    passages: set.passages.length,
  }
  return { row, perQuery }
}

/** The macro mean over sets, in which a small one counts as much as a large one. */
export function meanOf(measured: readonly [Measured, ...Measured[]]): Row {
  const rows = measured.map(({ row }) => row)
  const ndcgs = measured.map(({ perQuery }) => perQuery.map(({ ndcg10 }) => ndcg10))
  const over = (field: 'ndcg10' | 'recall10' | 'recall100' | 'mrr10') =>
    mean(rows.map((row) => row[field]))
  const sumOf = (field: 'queries' | 'passages') => rows.reduce((sum, row) => sum + row[field], 0)
  return {
    ...measured[0].row,
    set: 'mean',
    ndcg10: over('ndcg10'),
    recall10: over('recall10'),
    recall100: over('recall100'),
    mrr10: over('mrr10'),
    ...bootstrapInterval(ndcgs),
    queries: sumOf('queries'),
    passages: sumOf('passages'),
  }
}
