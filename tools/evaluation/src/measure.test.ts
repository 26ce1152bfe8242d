import { type Analyzer, createAnalyzer, loadDictionary } from '@dure/retrieval'
import { beforeAll, describe, expect, test } from 'vitest'
import { type DataSet, readDataSets } from './data.ts'
import { indexOf, meanOf, measure } from './measure.ts'
import { chartOf, tableOf } from './report.ts'
import { folderOf } from './testing/folder.ts'

let analyzer: Analyzer
let sets: readonly DataSet[]

beforeAll(async () => {
  analyzer = createAnalyzer(await loadDictionary())
  sets = await readDataSets(folderOf({}), [])
})

const measured = (name: string, perturbation: 'none' | 'nospace' = 'none') => {
  const set = sets.find((one) => one.name === name)
  if (!set) throw new Error(name)
  return measure(set, indexOf(analyzer, set.passages), { analyzer, perturbation })
}

describe('a measurement', () => {
  test('finds answers by text and by title, whatever their endings and spaces', () => {
    expect(measured('help', 'nospace').row).toEqual({
      set: 'help',
      perturbation: 'nospace',
      mode: 'lexical',
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

  test('sees an answer that is not the first', () => {
    const [set] = sets
    const question = { text: '주문한 물건', judgements: new Map([['d1', 1]]) }
    const { row } = measure(
      { name: 'one', passages: set?.passages ?? [], questions: [question] },
      indexOf(analyzer, set?.passages ?? []),
      { analyzer, perturbation: 'none' },
    )

    expect(row.mrr10).toBe(1 / 2)
    expect(row.ndcg10).toBeCloseTo(0.6309297536, 9)
  })

  test('of several sets has a mean in which each counts alike', () => {
    const [help, village] = [measured('help'), measured('village')]
    const spoilt = { ...village, row: { ...village.row, ndcg10: 0.5 } }

    expect(meanOf([help, spoilt])).toMatchObject({
      set: 'mean',
      ndcg10: 0.75,
      queries: 3,
      passages: 5,
    })
  })
})

describe('the report', () => {
  test('is a table with a bar per row', () => {
    const [title, line] = tableOf([measured('help').row]).split('\n')

    expect(title).toMatch(/^set +queries are +nDCG@10/)
    expect(line).toMatch(/^help +none +1\.0000 .* 2 +3 +█{20}$/)
  })

  test('is drawn with what others have published for the set', () => {
    const chart = chartOf([{ ...measured('help').row, set: 'korquad' }])

    expect(chart).toContain('>Dure<')
    expect(chart).toContain('>bge-m3<')
  })
})
