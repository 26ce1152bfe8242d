import { describe, expect, test } from 'vitest'
import { chain, type Found, inLoop, text } from './testing/check.ts'

describe('what a run can cost', () => {
  const pay = (cost: number | undefined, more: object = {}) => ({
    ...{ id: 'pay', type: 'paid', config: cost === undefined ? {} : { cost } },
    ...more,
  })

  test.each<[string, Found, number | null]>([
    ['of one node is its bound', chain(pay(7)), 7],
    ['rises with its attempts', chain(pay(7, { policy: { retry: { maxAttempts: 3 } } })), 21],
    [
      'rises with the iterations of a loop',
      chain(inLoop([pay(7)], [], { while: 'true', maxIterations: 5 })),
      35,
    ],
    [
      'rises with the longest list of a map',
      chain({
        id: 'each',
        type: 'map',
        config: { items: 'input.l' },
        body: { nodes: [pay(7)], edges: [] },
      }),
      70_000,
    ],
    [
      'of a try is that of its body',
      chain({ id: 't', type: 'try', config: {}, body: { nodes: [pay(7)], edges: [] } }),
      7,
    ],
    ['is not known when one bound is not', chain(pay(undefined)), null],
    [
      'is not known of another workflow',
      chain({
        id: 'call',
        type: 'subworkflow',
        config: { workflowId: `wf_${'2'.repeat(32)}` },
      }),
      null,
    ],
    ['is nothing where nothing costs', chain(inLoop([text('x', '')])), 0],
  ])('%s', (_what, found, expected) => {
    expect(found.costUpperBoundMicroUsd).toBe(expected)
  })
})
