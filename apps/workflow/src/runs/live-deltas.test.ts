import type { NodeId } from '@dure/contracts'
import { expect, test } from 'vitest'
import { createLiveDeltas } from './live-deltas.ts'
import type { RunEventView } from './run-row.ts'

interface Delta {
  readonly nodeId: string
  readonly attempt: number
  readonly text: string
}

/** What was heard of a run; each `round` ends as soon as what waits has been given. */
function listening() {
  let tell: ((delta: Delta) => void) | undefined
  let listeners = 0
  const live = createLiveDeltas<Delta>((onDelta) => {
    tell = onDelta
    listeners += 1
    return () => {
      listeners -= 1
    }
  })
  return {
    live,
    listeners: () => listeners,
    tell: (text: string, attempt = 1) => tell?.({ nodeId: 'ask', attempt, text }),
    async round(isBehind = () => false) {
      const seen: string[] = []
      for await (const { text } of live.until(Promise.resolve(), isBehind)) seen.push(text)
      return seen
    },
  }
}

const nodeId = 'ask' as NodeId
const error = { code: 'x.y', message: 'no' }
const completed = {
  event: { type: 'node.completed', nodeId, nodeType: 'llm', port: 'out', data: 0 },
}
const failedFirst = { event: { type: 'node.failed', nodeId, nodeType: 'llm', error, attempt: 1 } }
const scheduledAgain = { event: { type: 'node.scheduled', nodeId, nodeType: 'llm', attempt: 2 } }
const after = (...news: object[]) => news as Pick<RunEventView, 'event'>[]

test('what waits is given in order, and then the change is told', async () => {
  const run = listening()
  await run.round()
  run.tell('a')
  run.tell('b')

  expect(await run.round()).toEqual(['a', 'b'])
  expect(await run.round()).toEqual([])
})

test('what comes while nothing has changed is given at once', async () => {
  const run = listening()
  const change = Promise.withResolvers<void>()
  const deltas = run.live.until(change.promise, () => false)
  const first = deltas.next()
  run.tell('now')

  expect(await first).toMatchObject({ value: { text: 'now' } })
  const end = deltas.next()
  change.resolve()
  expect(await end).toEqual({ done: true, value: undefined })
})

test('a reader that is behind loses deltas, and hears the next ones again', async () => {
  const run = listening()
  await run.round()
  run.tell('lost')
  expect(await run.round(() => true)).toEqual([])
  run.tell('heard')
  expect(await run.round()).toEqual(['heard'])
})

test('no more than a few wait', async () => {
  const run = listening()
  await run.round()
  for (let count = 0; count < 1000; count += 1) run.tell(String(count))

  const seen = await run.round()
  expect(seen.slice(0, 3)).toEqual(['0', '1', '2'])
  expect(seen.length).toBeLessThan(100)
})

test.each([
  ['completed', completed, []],
  ['failed in its first attempt', failedFirst, ['two']],
])('an attempt that has %s says nothing more', async (_how, event, seen) => {
  const run = listening()
  await run.round()
  run.tell('one', 1)
  run.tell('two', 2)
  run.live.after(after(event))

  expect(await run.round()).toEqual(seen)
})

test('a node that is executed once more is heard again', async () => {
  const run = listening()
  await run.round()
  run.live.after(after(completed, scheduledAgain))
  run.tell('old', 1)
  run.tell('new', 2)

  expect(await run.round()).toEqual(['new'])
})

test('it listens once, from the first wait until it is closed', async () => {
  const run = listening()
  expect(run.listeners()).toBe(0)
  await run.round()
  await run.round()
  expect(run.listeners()).toBe(1)
  run.live.close()
  expect(run.listeners()).toBe(0)
})
