import { analyticsQueue } from '@dure/contracts'
import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { testTenant } from '../testing/index.ts'
import { eventMessages } from './event-messages.ts'
import type { SealedEvent } from './sealer.ts'

const traceparent = (trace: string, span: string) => `00-${trace.repeat(32)}-${span.repeat(16)}-01`

function sealed(g: number, { trace = '', span = '1', bytes = 2 } = {}): SealedEvent {
  return {
    event: {
      g,
      stream: 'run_1',
      version: g,
      type: 'node.completed',
      at: '2026-01-01T00:00:00.000Z',
      tenant: testTenant(),
      data: {},
    },
    trace: trace ? { traceparent: traceparent(trace, span) } : {},
    bytes,
  }
}

/** Of each group, the positions in each of its messages. */
function positions(events: SealedEvent[]): number[][][] {
  const { payload } = analyticsQueue.messages['events.record']
  return eventMessages('workflow', events).map(({ messages }) =>
    messages.map((message) => Value.Parse(payload, message.payload).events.map(({ g }) => g)),
  )
}

test('no events make no messages', () => {
  expect(eventMessages('workflow', [])).toEqual([])
})

test('consecutive events of one trace travel together, under the first of its spans', () => {
  const a1 = sealed(1, { trace: 'a', span: '1' })
  const a2 = sealed(2, { trace: 'a', span: '2' })
  const b = sealed(3, { trace: 'b' })
  const a3 = sealed(4, { trace: 'a' })
  expect(positions([a1, a2, b, a3])).toEqual([[[1, 2]], [[3]], [[4]]])
  expect(eventMessages('agent', [a1, a2])[0]).toMatchObject({ trace: a1.trace, lastG: 2 })
})

test('events without a trace travel together, under none', () => {
  expect(positions([sealed(1), sealed(2), sealed(3, { trace: 'a' })])).toEqual([[[1, 2]], [[3]]])
  expect(eventMessages('workflow', [sealed(1)])[0]?.trace).toEqual({})
})

test('a message carries 100 events at the most', () => {
  const all = Array.from({ length: 250 }, (_, index) => sealed(index + 1))
  expect(positions(all)[0]?.map(({ length }) => length)).toEqual([100, 100, 50])
  expect(positions(all).flat(2)).toEqual(all.map(({ event }) => event.g))
})

test('a message carries 256 KiB at the most, and a larger event travels alone', () => {
  const kibibytes = (size: number) => ({ bytes: size * 1024 })
  const events = [
    sealed(1, kibibytes(100)),
    sealed(2, kibibytes(156)),
    sealed(3, kibibytes(1)),
    sealed(4, kibibytes(900)),
    sealed(5, kibibytes(1)),
  ]
  expect(positions(events)).toEqual([[[1, 2], [3], [4], [5]]])
})
