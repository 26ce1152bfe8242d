import { describe, expect, test } from 'vitest'
import type { OpenCall } from './execution.ts'
import { sortSent } from './sent-calls.ts'

const call = (callId: string, isSent = true): OpenCall => ({
  ...{ callId, name: 'knowledge_search', input: {}, isSent },
})

describe('a call that was sent', () => {
  test('is sent again when its answer is late, and given up when its time is over', () => {
    const open = [call('new'), call('quiet'), call('late'), call('not-sent', false)]
    const sent = [
      { callId: 'new', firstMs: 10_000, lastMs: 10_000 },
      { callId: 'quiet', firstMs: 60_000, lastMs: 30_000 },
      { callId: 'late', firstMs: 120_000, lastMs: 29_000 },
    ]

    const { late, again, nextMs } = sortSent(open, sent, 120_000)

    expect([late, again].map((calls) => calls.map(({ callId }) => callId))).toEqual([
      ['late'],
      ['quiet'],
    ])
    expect(nextMs).toBe(20_000)
  })

  test('is looked at again when its time is over, if that is sooner', () => {
    const sent = [{ callId: 'c', firstMs: 119_000, lastMs: 1000 }]
    expect(sortSent([call('c')], sent, 120_000).nextMs).toBe(1000)
  })

  test('is the only reason to look again', () => {
    expect(sortSent([call('c', false)], [], 120_000)).toEqual({
      ...{ late: [], again: [], nextMs: undefined },
    })
  })
})
