import { describe, expect, test } from 'vitest'
import { checkOrder } from './order.ts'
import { history, type Told } from './testing/history.ts'

const started = { type: 'run.started' }
const completed = { type: 'run.completed' }
const scheduled = (path: string, attempt = 1) => ({ type: 'node.scheduled', path, attempt })
const done = (path: string, attempt = 1) => ({ type: 'node.completed', path, attempt })
const failed = (path: string) => ({ type: 'node.failed', path, attempt: 1 })
const retrying = (path: string, attempt = 1) => ({ type: 'node.retrying', path, attempt })

const problems = (status: string, ...events: Told[]) =>
  checkOrder(history({ status, events })).map(({ what }) => what)

test.each<[string, string, Told[]]>([
  ['a run that completes', 'completed', [started, scheduled('a'), done('a'), completed]],
  [
    'a node that is tried again',
    'completed',
    [started, scheduled('a'), retrying('a'), scheduled('a', 2), done('a', 2), completed],
  ],
  [
    'a run that was paused',
    'completed',
    [
      started,
      { type: 'run.paused' },
      { type: 'run.resumed' },
      scheduled('a'),
      done('a'),
      completed,
    ],
  ],
  [
    'a run that failed and was retried',
    'completed',
    [
      started,
      scheduled('a'),
      failed('a'),
      { type: 'run.failed' },
      { type: 'run.retried', data: { paths: ['a'] } },
      scheduled('a', 2),
      done('a', 2),
      completed,
    ],
  ],
])('%s is legal', (_what, status, events) => {
  expect(problems(status, ...events)).toEqual([])
})

describe('what may not be is found:', () => {
  test.each<[string, Told[], RegExp]>([
    ['an event before the start', [scheduled('a')], /before its start/],
    ['a second start', [started, started], /started twice/],
    ['an event after the end', [started, completed, scheduled('a')], /after its end/],
    ['a second result', [started, scheduled('a'), done('a'), done('a')], /after it had a result/],
    ['a result of another attempt', [started, scheduled('a'), done('a', 2)], /of attempt 2, not 1/],
    ['an attempt left out', [started, scheduled('a'), scheduled('a', 3)], /but 2 is next/],
    ['the same attempt twice', [started, scheduled('a'), scheduled('a')], /but 2 is next/],
    ['a node begun in a pause', [started, { type: 'run.paused' }, scheduled('a')], /is paused/],
    ['a retry of a run that goes on', [started, { type: 'run.retried' }], /it goes on/],
    [
      'an approval of a node not begun',
      [started, { type: 'approval.decided', path: 'a' }],
      /begun/,
    ],
  ])('%s', (_what, events, problem) => {
    const status = events.includes(completed) ? 'completed' : 'running'
    expect(problems(status, ...events)).toEqual([expect.stringMatching(problem)])
  })

  test('a gap in the versions, and events that are missing', () => {
    const whole = history({ status: 'running', events: [started, scheduled('a')] })
    const [first, second] = whole.events
    expect(first && second).toBeDefined()
    if (!first || !second) return
    expect(checkOrder({ ...whole, events: [first, { ...second, version: 3 }] })).toHaveLength(1)
    expect(checkOrder({ ...whole, events: [first] })).toHaveLength(1)
  })

  test('a row that says another end than the events', () => {
    expect(problems('failed', started, completed)).toEqual([
      expect.stringMatching(/its row failed/),
    ])
  })
})
