import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Answered, type Harness, startHarness } from '../testing/harness.ts'

/** More than there are connections to PostgreSQL. */
const MANY = 60

let harness: Harness
let ref: string
beforeAll(async () => {
  harness = await startHarness()
  ref = await harness.publish({
    nodes: [
      { id: 'start', type: 'start' },
      { id: 'a', type: 'echo', config: { data: {} } },
      { id: 'end', type: 'end', config: { outputs: {} } },
    ],
    edges: [
      { from: 'start', to: 'a' },
      { from: 'a', to: 'end' },
    ],
  })
})
afterAll(() => harness.close())
beforeEach(() => {
  harness.answer = () => undefined
})

const order = (more: object) =>
  harness.call({ method: 'POST', url: '/v2/runs', body: { ref, ...more } })

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index)

async function bodiesOf(responses: readonly Answered[]) {
  return Promise.all(responses.map((response) => response.json()))
}

describe('more keyed starts at once than there are connections', () => {
  test('are all answered when each has a key of its own', async () => {
    const answers = await Promise.all(
      upTo(MANY).map((n) => order({ concurrencyKey: `own-${n}`, onConflict: 'reject' })),
    )

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]))
    expect(new Set((await bodiesOf(answers)).map(({ status }) => status))).toEqual(
      new Set(['running']),
    )
  })

  test('are all answered when they have one key, and one of them is under way', async () => {
    const answers = await Promise.all(upTo(MANY).map(() => order({ concurrencyKey: 'one' })))

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]))
    const running = (await bodiesOf(answers)).filter(({ status }) => status === 'running')
    expect(running).toHaveLength(1)
  })

  test('are one run when they are debounced', async () => {
    const answers = await Promise.all(
      upTo(MANY).map((n) =>
        order({ input: { n: String(n) }, debounce: { key: 'burst', ms: 60_000 } }),
      ),
    )

    // Those that found a waiting one are answered with it.
    expect(answers.filter(({ status }) => status >= 400)).toEqual([])
    expect(new Set((await bodiesOf(answers)).map(({ id }) => id)).size).toBe(1)
  })
})
