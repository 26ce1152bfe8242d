import {
  bootstrapInterval,
  mean,
  metricsOf,
  type Perturbation,
  perturb,
  type QueryMetrics,
  type SearchMode,
} from '@dure/retrieval'
import type { AnalyzerName } from './analyzers.ts'
import type { DataSet } from './data-set.ts'
import { type Corpus, rankedIds } from './index-of.ts'

/** What one set gave. `low` and `high` bound nDCG@10 with 95 % confidence. */
export interface Row {
  readonly set: string
  readonly perturbation: Perturbation
  readonly mode: SearchMode
  /** Absent: ours. */
  readonly analyzer?: AnalyzerName
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

export interface MeasureOptions {
  readonly mode: SearchMode
  readonly perturbation: Perturbation
  readonly analyzer?: AnalyzerName
  /** By the query as it is asked; absent: no vectors are asked. */
  readonly vectorsOf?: (queries: readonly string[]) => Promise<Float32Array[]>
}

export async function measure(
  set: DataSet,
  corpus: Corpus,
  { mode, perturbation, analyzer, vectorsOf }: MeasureOptions,
): Promise<Measured> {
  const queries = set.questions.map(({ text }) => perturb(text, perturbation))
  const vectors = mode === 'keyword' ? undefined : await vectorsOf?.(queries)
  const perQuery: QueryMetrics[] = []
  for (const [at, { judgements }] of set.questions.entries()) {
    const asked = { query: queries[at] ?? '', mode, vector: vectors?.[at] }
    perQuery.push(metricsOf(await rankedIds(corpus, asked), judgements))
  }
  const of = (field: keyof QueryMetrics) => perQuery.map((metrics) => metrics[field])
  const row: Row = {
    set: set.name,
    perturbation,
    mode,
    ...(analyzer && { analyzer }),
    ndcg10: mean(of('ndcg10')),
    recall10: mean(of('recall10')),
    recall100: mean(of('recall100')),
    mrr10: mean(of('mrr10')),
    ...bootstrapInterval([of('ndcg10')]),
    queries: set.questions.length,
    passages: set.passages.length,
  }
  return { row, perQuery }
}

/** The macro mean over sets, in which a small one counts as much as a large one; no set has its name. */
export function meanOf(measured: readonly [Measured, ...Measured[]]): Row {
  const sets = new Set(measured.map(({ row }) => row.set))
  let name = 'mean'
  while (sets.has(name)) name = `macro ${name}`
  const rows = measured.map(({ row }) => row)
  const ndcgs = measured.map(({ perQuery }) => perQuery.map(({ ndcg10 }) => ndcg10))
  const over = (field: 'ndcg10' | 'recall10' | 'recall100' | 'mrr10') =>
    mean(rows.map((row) => row[field]))
  const sumOf = (field: 'queries' | 'passages') => rows.reduce((sum, row) => sum + row[field], 0)
  return {
    ...measured[0].row,
    set: name,
    ndcg10: over('ndcg10'),
    recall10: over('recall10'),
    recall100: over('recall100'),
    mrr10: over('mrr10'),
    ...bootstrapInterval(ndcgs),
    queries: sumOf('queries'),
    passages: sumOf('passages'),
  }
}
