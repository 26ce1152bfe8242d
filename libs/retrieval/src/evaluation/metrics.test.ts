import { describe, expect, test } from 'vitest'
import { metricsOf } from './metrics.ts'

const filler = (count: number) => Array.from({ length: count }, (_, i) => `x${i}`)

describe('the measures of a ranked list', () => {
  test('are those worked out by hand, where grades differ', () => {
    // 3 / log2(2) + 0 + 1 / log2(4) = 3.5; the best order is 3 / log2(2) + 2 / log2(3) + 1 / log2(4).
    const judgements = new Map([
      ['a', 3],
      ['b', 1],
      ['c', 2],
    ])

    const metrics = metricsOf(['a', 'x', 'b'], judgements)

    expect(metrics.ndcg10).toBeCloseTo(3.5 / (3 + 2 / 1.5849625007 + 0.5), 9)
    expect(metrics).toMatchObject({ recall10: 2 / 3, recall100: 2 / 3, mrr10: 1 })
  })

  test.each([
    [0, { ndcg10: 1, recall10: 1, recall100: 1, mrr10: 1 }],
    [1, { ndcg10: 0.6309297536, recall10: 1, recall100: 1, mrr10: 0.5 }],
    [9, { ndcg10: 0.2890648263, recall10: 1, recall100: 1, mrr10: 0.1 }],
    [10, { ndcg10: 0, recall10: 0, recall100: 1, mrr10: 0 }],
    [100, { ndcg10: 0, recall10: 0, recall100: 0, mrr10: 0 }],
  ])('with the only answer below %i others', (above, expected) => {
    const metrics = metricsOf([...filler(above), 'a'], new Map([['a', 1]]))

    for (const [name, value] of Object.entries(expected)) {
      expect(metrics[name as keyof typeof expected], name).toBeCloseTo(value, 9)
    }
  })

  test('do not ask for more answers than there are places', () => {
    const many = new Map(filler(20).map((id) => [id, 1]))

    expect(metricsOf(filler(20), many)).toMatchObject({ ndcg10: 1, recall10: 0.5, recall100: 1 })
  })

  test('take what is judged to be no answer for none', () => {
    const judgements = new Map([
      ['bad', 0],
      ['worse', -1],
      ['good', 1],
    ])

    expect(metricsOf(['bad', 'worse', 'good'], judgements)).toEqual({
      ndcg10: 0.5,
      recall10: 1,
      recall100: 1,
      mrr10: 1 / 3,
    })
  })

  test('are nothing where nothing is found', () => {
    const nothing = { ndcg10: 0, recall10: 0, recall100: 0, mrr10: 0 }

    expect(metricsOf([], new Map([['a', 1]]))).toEqual(nothing)
  })
})
