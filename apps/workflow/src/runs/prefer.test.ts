import { describe, expect, test } from 'vitest'
import { answeringOf } from './prefer.ts'

describe('what a caller wants of the answer', () => {
  test.each([
    [{}, undefined, { mode: 'background', waitMs: 30_000 }],
    [{}, 'wait=10', { mode: 'wait', waitMs: 10_000, applied: 'wait=10' }],
    [{}, 'respond-async, wait=10', { mode: 'wait', waitMs: 10_000, applied: 'wait=10' }],
    [{}, 'Wait = "7"; x=y, wait=9', { mode: 'wait', waitMs: 7000, applied: 'wait=7' }],
    [{}, 'wait=100000', { mode: 'wait', waitMs: 50_000, applied: 'wait=50' }],
    [{}, 'wait=0', { mode: 'wait', waitMs: 0, applied: 'wait=0' }],
    [{}, 'respond-async', { mode: 'background', waitMs: 30_000, applied: 'respond-async' }],
    [{ mode: 'wait' }, 'wait=3', { mode: 'wait', waitMs: 3000, applied: 'wait=3' }],
    [{ mode: 'wait', waitMs: 5 }, 'wait=3', { mode: 'wait', waitMs: 5 }],
    [{ mode: 'background' }, 'wait=3', { mode: 'background', waitMs: 30_000 }],
    [{ mode: 'stream' }, 'wait=3, respond-async', { mode: 'stream', waitMs: 30_000 }],
  ] as const)('of %j and Prefer: %s', (body, prefer, answering) => {
    expect(answeringOf(body, prefer)).toEqual(answering)
  })

  test.each([
    'wait',
    'wait=',
    'wait=-1',
    'wait=1.5',
    'wait=x',
    'waits=1',
    ',,;=',
    'handling=lenient',
  ])('a wish such as %s is ignored', (prefer) => {
    expect(answeringOf({}, prefer)).toEqual({ mode: 'background', waitMs: 30_000 })
  })
})
