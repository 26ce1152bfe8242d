import { basename } from 'node:path'
import { type Bar, barChart } from '@dure/bench/bar-chart'
import type { Row } from './measure.ts'

interface Column {
  readonly title: string
  readonly text: (row: Row) => string
}

const BAR_WIDTH = 20

const COLUMNS: readonly Column[] = [
  { title: 'set', text: ({ set }) => set },
  { title: 'analyzer', text: ({ analyzer = '' }) => analyzer },
  { title: 'queries are', text: ({ perturbation }) => perturbation },
  { title: 'mode', text: ({ mode }) => mode },
  { title: 'nDCG@10', text: ({ ndcg10 }) => ndcg10.toFixed(4) },
  { title: '95 %', text: ({ low, high }) => `${low.toFixed(4)} to ${high.toFixed(4)}` },
  { title: 'recall@10', text: ({ recall10 }) => recall10.toFixed(4) },
  { title: 'recall@100', text: ({ recall100 }) => recall100.toFixed(4) },
  { title: 'MRR@10', text: ({ mrr10 }) => mrr10.toFixed(4) },
  { title: 'queries', text: ({ queries }) => String(queries) },
  { title: 'passages', text: ({ passages }) => String(passages) },
]
const BAR: Column = {
  title: '',
  text: ({ ndcg10 }) => '█'.repeat(Math.round(ndcg10 * BAR_WIDTH)),
}

/** In columns, for a terminal; the last one draws nDCG@10. */
export function tableOf(rows: readonly Row[]): string {
  const columns = [...COLUMNS.filter(({ text }) => rows.some((row) => text(row) !== '')), BAR]
  const lines = linesOf(rows, columns)
  const widths = columns.map((_, index) =>
    Math.max(...lines.map((line) => (line[index] ?? '').length)),
  )
  return lines
    .map((line) =>
      line
        .map((text, index) => text.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** @param chart that is drawn of the same rows, beside the file */
export function markdownOf(rows: readonly Row[], chart: string | undefined): string {
  const columns = COLUMNS.filter(({ text }) => rows.some((row) => text(row) !== ''))
  const [titles = [], ...lines] = linesOf(rows, columns)
  const table = [titles, titles.map(() => '---'), ...lines].map((line) => `| ${line.join(' | ')} |`)
  const image = chart === undefined ? [] : [`![nDCG@10](${basename(chart)})`, '']
  return ['# Search, measured', '', ...image, ...table, ''].join('\n')
}

function linesOf(rows: readonly Row[], columns: readonly Column[]): string[][] {
  return [
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map(({ text }) => text(row))),
  ]
}

/**
 * What others have published for the same data as its own corpus, nDCG@10 in thousandths. Source:
 * github.com/embeddings-benchmark/results, task SQuADKorV1Retrieval, August 2026.
 */
const PUBLISHED: Readonly<Record<string, readonly Bar[]>> = {
  korquad: [
    { label: 'best of 35 models', value: 945.7, look: 'reference' },
    { label: 'bge-m3', value: 903.8, look: 'reference' },
    { label: 'bm25s', value: 838.7, look: 'reference' },
  ],
}

/** nDCG@10 as bars, a group per set, with what is published beside it; an SVG. */
export function chartOf(rows: readonly Row[]): string {
  const sets = [...new Set(rows.map(({ set }) => set))]
  return barChart({
    title: 'nDCG@10 of search',
    groups: sets.map((set) => ({
      title: `${set}: nDCG@10 in thousandths`,
      bars: [
        ...rows.filter((row) => row.set === set).map(barOf),
        ...(Object.hasOwn(PUBLISHED, set) ? (PUBLISHED[set] ?? []) : []),
      ],
    })),
    note: 'Dashed: published by others for the same data, queries as they are.',
  })
}

const SPOILT: Readonly<Record<Row['perturbation'], string>> = {
  none: '',
  nospace: ', no spaces',
  spacing: ', wrong spaces',
  jamo: ', typing errors',
}
const NAMES: Readonly<Record<Row['mode'], string>> = {
  keyword: 'Dure',
  vector: 'vectors',
  hybrid: 'hybrid',
}

function barOf({ perturbation, mode, ndcg10, low, high }: Row): Bar {
  return {
    label: NAMES[mode] + SPOILT[perturbation],
    value: 1000 * ndcg10,
    range: [1000 * low, 1000 * high],
    look: 'own',
  }
}
