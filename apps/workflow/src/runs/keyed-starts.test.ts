import { eventually } from '@dure/platform/testing'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Answered, type Harness, startHarness } from '../testing/harness.ts'

/** More than there are connections to PostgreSQL. */
const MANY = 60
const CROWD = 130

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

describe('more than a hundred runs of one key', () => {
  /** One that is under way, and those that wait for it. */
  async function crowd(key: string): Promise<void> {
    const answers = await Promise.all(
      upTo(CROWD).map(() => order({ concurrencyKey: key, onConflict: 'enqueue' })),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]))
  }

  test('are all interrupted', async () => {
    await crowd('interrupt')
    const next = await order({ concurrencyKey: 'interrupt', onConflict: 'interrupt' })

    expect(await next.json()).toMatchObject({ status: 'running' })
    expect(await statuses('interrupt')).toEqual({ cancelled: CROWD, running: 1 })
  })

  test('are all replaced, as far as they wait', async () => {
    await crowd('replace')
    const next = await order({ concurrencyKey: 'replace', onConflict: 'replace' })

    expect(await next.json()).toMatchObject({ status: 'queued' })
    expect(await statuses('replace')).toEqual({ cancelled: CROWD - 1, running: 1, queued: 1 })
  })

  test('that a schedule has started are all cancelled before its next one', async () => {
    await crowd('scheduled')
    const body = { name: 'Often', workflowId: ref, cron: '0 9 * * *', overlap: 'cancel-previous' }
    const { id } = await (await harness.call({ method: 'POST', url: '/v1/schedules', body })).json()
    const labels = JSON.stringify({ triggerId: id })
    await sql("UPDATE run SET labels = $1 WHERE concurrency_key = 'scheduled'", [labels])
    await sql('UPDATE schedule SET due_at = now() WHERE id = $1', [id])

    await eventually(async () => {
      const by = "SELECT status FROM run WHERE labels->>'triggerId' = $1 AND started_by = $1"
      expect(await sql(by, [id])).toEqual([{ status: 'running' }])
    })
    expect(await statuses('scheduled')).toEqual({ cancelled: CROWD })
  })
})

async function sql(text: string, values: unknown[]) {
  const client = new pg.Client({ connectionString: harness.databaseUrl })
  await client.connect()
  try {
    return (await client.query(text, values)).rows
  } finally {
    await client.end()
  }
}

async function statuses(key: string): Promise<Readonly<Record<string, number>>> {
  const text = 'SELECT status, count(*)::int FROM run WHERE concurrency_key = $1 GROUP BY status'
  const rows = await sql(text, [key])
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]))
}
