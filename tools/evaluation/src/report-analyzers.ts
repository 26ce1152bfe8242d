import { basename } from 'node:path'
import { barChart } from '@dure/bench/bar-chart'
import { PERTURBATIONS, type Perturbation } from '@dure/retrieval'
import { ANALYZER_LABELS, ANALYZERS, type AnalyzerName } from './analyzers.ts'
import type { Row } from './measure.ts'

const QUERIES: Readonly<Record<Perturbation, string>> = {
  none: 'as they are',
  nospace: 'without spaces',
  spacing: 'with wrong spaces',
  jamo: 'with typing errors',
}

/** The macro mean, or the only set: bars of every analyzer per kind of queries; an SVG. */
export function analyzerChart(rows: readonly Row[]): string {
  const set = rows.at(-1)?.set
  return barChart({
    title: 'nDCG@10 of search per analyzer',
    groups: PERTURBATIONS.map((perturbation) => ({
      title: `queries ${QUERIES[perturbation]}: nDCG@10 in thousandths (${set})`,
      bars: ANALYZERS.flatMap((analyzer) => {
        const row = rowOf(rows, { set, perturbation, analyzer })
        if (!row) return []
        const range = [1000 * row.low, 1000 * row.high] as const
        const look = analyzer === 'dure' ? 'own' : 'peer'
        return [
          { label: ANALYZER_LABELS[analyzer], value: 1000 * row.ndcg10, range, look } as const,
        ]
      }),
    })),
    note: 'Lines: 95 % intervals (bootstrap). One index, one formula, one set of rules: only the terms differ.',
  })
}

/** The whole document, for `docs/benchmarks`; the texts that were measured are not in it. */
export function analyzerReport(rows: readonly Row[], chart: string | undefined): string {
  const sets = [...new Set(rows.map(({ set }) => set))]
  const kinds = PERTURBATIONS.filter((kind) =>
    rows.some(({ perturbation }) => perturbation === kind),
  )
  const titles = ['set', 'terms are', ...kinds.map((kind) => QUERIES[kind])]
  const lines = sets.flatMap((set) =>
    ANALYZERS.map((analyzer) => [
      set,
      ANALYZER_LABELS[analyzer],
      ...kinds.map((perturbation) => cellOf(rowOf(rows, { set, perturbation, analyzer }))),
    ]),
  )
  const table = [titles, titles.map(() => '---'), ...lines].map((line) => `| ${line.join(' | ')} |`)
  const image = chart === undefined ? [] : [`![nDCG@10 per analyzer](${basename(chart)})`, '']
  return [...INTRODUCTION, ...image, ...table, '', ...sizesOf(rows, sets), ''].join('\n')
}

const INTRODUCTION = [
  '# Search per analyzer, measured',
  '',
  'Made by `npm run evaluate -- --data FOLDER --analyzers all --chart analyzers.svg --markdown analyzers.md`, see',
  '[evaluate-search](../how-to/evaluate-search.md). nDCG@10 with its 95 % interval; each set is its own corpus; `mean` is the macro mean.',
  'The index, its formula and its rules are the same for all: only the terms differ. The spelling is mended by pairs of syllables, so',
  'only Dure has it.',
  '',
]

function sizesOf(rows: readonly Row[], sets: readonly string[]): string[] {
  return sets.flatMap((set) => {
    const row = rows.find((one) => one.set === set)
    return row ? [`- \`${set}\`: ${row.passages} passages, ${row.queries} queries.`] : []
  })
}

function rowOf(
  rows: readonly Row[],
  wanted: { set: string | undefined; perturbation: Perturbation; analyzer: AnalyzerName },
): Row | undefined {
  return rows.find(
    ({ set, perturbation, analyzer }) =>
      set === wanted.set && perturbation === wanted.perturbation && analyzer === wanted.analyzer,
  )
}

function cellOf(row: Row | undefined): string {
  if (!row) return ''
  const digits = (value: number) => value.toFixed(4)
  return `${digits(row.ndcg10)} (${digits(row.low)} to ${digits(row.high)})`
}
