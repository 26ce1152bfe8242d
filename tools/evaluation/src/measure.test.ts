import { type Analyzer, createAnalyzer, loadDictionary } from '@dure/retrieval'
import { beforeAll, describe, expect, test } from 'vitest'
import { readData } from './data.ts'
import type { DataSet } from './data-set.ts'
import { indexOf } from './index-of.ts'
import { meanOf, measure } from './measure.ts'
import { chartOf, markdownOf, tableOf } from './report.ts'
import { folderOf } from './testing/folder.ts'

let analyzer: Analyzer
let sets: readonly DataSet[]

beforeAll(async () => {
  analyzer = createAnalyzer(await loadDictionary())
  sets = (await readData(folderOf({}), [])).sets
})

const measured = async (name: string, perturbation: 'none' | 'nospace' = 'none') => {
  const set = sets.find((one) => one.name === name)
  if (!set) throw new Error(name)
  return measure(set, await indexOf(analyzer, set.passages, () => {}), {
    mode: 'keyword',
    perturbation,
  })
}

describe('a measurement', () => {
  test('finds answers by text and by title, whatever their endings and spaces', async () => {
    expect((await measured('help', 'nospace')).row).toEqual({
      set: 'help',
      perturbation: 'nospace',
      mode: 'keyword',
      ndcg10: 1,
      recall10: 1,
      recall100: 1,
      mrr10: 1,
      low: 1,
      high: 1,
      queries: 2,
      passages: 3,
    })
  })

  test('sees an answer that is not the first', async () => {
    const [set] = sets
    const question = { text: '주문한 물건', judgements: new Map([['d1', 1]]) }
    const { row } = await measure(
      { name: 'one', passages: set?.passages ?? [], questions: [question] },
      await indexOf(analyzer, set?.passages ?? [], () => {}),
      { mode: 'keyword', perturbation: 'none' },
    )

    expect(row.mrr10).toBe(1 / 2)
    expect(row.ndcg10).toBeCloseTo(0.6309297536, 9)
  })

  test('of several sets has a mean in which each counts alike', async () => {
    const [help, village] = await Promise.all([measured('help'), measured('village')])
    const spoilt = { ...village, row: { ...village.row, ndcg10: 0.5 } }

    expect(meanOf([help, spoilt])).toMatchObject({
      set: 'mean',
      ndcg10: 0.75,
      queries: 3,
      passages: 5,
    })
    const called = { ...help, row: { ...help.row, set: 'mean' } }
    expect(meanOf([called, village]).set).toBe('macro mean')
  })
})

describe('the report', () => {
  test('is a table with a bar per row', async () => {
    const [title, line] = tableOf([(await measured('help')).row]).split('\n')

    expect(title).toMatch(/^set +queries are +mode +nDCG@10/)
    expect(line).toMatch(/^help +none +keyword +1\.0000 .* 2 +3 +█{20}$/)
  })

  test('is drawn with what others have published for the set', async () => {
    const chart = chartOf([{ ...(await measured('help')).row, set: 'korquad' }])

    expect(chart).toContain('>Dure<')
    expect(chart).toContain('>bge-m3<')
  })

  test('is a table for a document, with its chart', async () => {
    const lines = markdownOf([(await measured('help')).row], 'docs/x.svg').split('\n')

    expect(lines[2]).toBe('![nDCG@10](x.svg)')
    expect(lines.at(-2)).toMatch(/^\| help \| none \| keyword \| 1\.0000 \| 1\.0000 to 1\.0000 \|/)
  })
})
