import type { TaskRef } from '@dure/contracts'
import { eventually, testTenant } from '@dure/platform/testing'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Harness, startHarness, succeeded, supportGraph } from '../testing/harness.ts'

let harness: Harness
let workflowId: string
beforeAll(async () => {
  harness = await startHarness()
  workflowId = await harness.publish(supportGraph)
})
afterAll(() => harness.close())

const passages = { chunks: [{ text: 'one' }], context: '[1] one' }
beforeEach(() => {
  harness.deliveries.clear()
  harness.answer = ({ nodeId }) =>
    nodeId === 'find' ? succeeded(passages) : succeeded({ text: 'one [1]' }, 42)
})

const question = { question: '환불을 받고 싶어요' }
const start = (body: unknown, headers = {}) =>
  harness.call({ method: 'POST', url: `/v1/workflows/${workflowId}/runs`, body, headers })

async function sql<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: harness.databaseUrl })
  await client.connect()
  try {
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end()
  }
}

/** The events of a run as they stand in PostgreSQL. */
const storedEvents = (id: string) =>
  sql<{ type: string }>(
    `SELECT e.event->>'type' AS type FROM run_commit, json_array_elements(events) WITH ORDINALITY AS e (event, n)
     WHERE run_id = $1 ORDER BY first_version, n`,
    [id],
  )

const finished = (id: string) =>
  eventually(async () => {
    const run = await (await harness.call({ url: `/v1/runs/${id}` })).json()
    expect(run.status).not.toBe('running')
    return run
  })

interface SentEvent {
  readonly id: string
  readonly event: string
  readonly data: { readonly type: string; readonly data: Record<string, unknown> }
}

/** The events of a stream until it ends, or until there are as many as asked for. */
async function eventsOf(response: Response, limit = Number.POSITIVE_INFINITY) {
  const events: SentEvent[] = []
  let text = ''
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields = Object.fromEntries(
        block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]),
      )
      if (fields.event === undefined) continue
      events.push({ id: fields.id ?? '', event: fields.event, data: JSON.parse(fields.data ?? '') })
    }
    if (events.length >= limit) break
  }
  return events
}

describe('a run', () => {
  test('that is waited for is answered with its output, its cost and its nodes', async () => {
    const response = await start({ input: question, mode: 'wait' })

    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      status: 'completed',
      output: { answer: 'one [1]' },
      costMicroUsd: 42,
      version: 1,
      nodes: [
        { id: 'start', status: 'completed' },
        { id: 'find', status: 'completed', data: passages },
        { id: 'found', status: 'completed', port: 'true' },
        { id: 'ask', status: 'completed', costMicroUsd: 42 },
        { id: 'sorry', status: 'skipped' },
        { id: 'unanswered', status: 'skipped' },
        { id: 'answered', status: 'completed' },
      ],
    })
  })

  test('takes the other branch when nothing is found', async () => {
    harness.answer = () => succeeded({ chunks: [], context: '' })
    const run = await (await start({ input: question, mode: 'wait' })).json()
    expect(run.output).toEqual({ answer: 'Nothing about "환불을 받고 싶어요"' })
    expect(harness.deliveries.get('ask')).toBeUndefined()
  })

  test('fails with the error of its node', async () => {
    const error = { code: 'model.unavailable', message: 'The model does not answer' }
    harness.answer = ({ nodeId }) =>
      nodeId === 'find' ? succeeded(passages) : { status: 'failed', error }
    const run = await (await start({ input: question, mode: 'wait' })).json()
    expect(run).toMatchObject({ status: 'failed', error, output: null })
  })

  test('that takes longer than the caller waits is answered 202, and ends later', async () => {
    const held: TaskRef[] = []
    harness.answer = (task) => {
      held.push(task)
      return undefined
    }
    const response = await start({ input: question, mode: 'wait', waitMs: 1 })
    expect(response.status).toBe(202)
    const { id } = await response.json()
    await eventually(() => expect(held).toHaveLength(1))

    harness.answer = () => succeeded({ text: 'late' })
    await harness.send(held[0] as TaskRef, succeeded(passages))
    expect(await finished(id)).toMatchObject({ status: 'completed', output: { answer: 'late' } })
  })

  test('is waited for as long as the caller prefers, who is told so', async () => {
    const done = await start({ input: question }, { prefer: 'wait=30' })
    expect(done.status).toBe(200)
    expect(done.headers.get('preference-applied')).toBe('wait=30')
    expect(await done.json()).toMatchObject({ status: 'completed' })

    harness.answer = () => undefined
    const later = await start({ input: question }, { prefer: 'wait=0' })
    const { id } = await later.json()
    expect([later.status, later.headers.get('location')]).toEqual([202, `/v1/runs/${id}`])
    expect(later.headers.get('preference-applied')).toBe('wait=0')
    harness.answer = ({ nodeId }) =>
      nodeId === 'find' ? succeeded(passages) : succeeded({ text: 'late' })
    await harness.forgetEverything()
    await finished(id)
  })

  test('is the same run for the same Idempotency-Key, also when it is sent 50 times at once', async () => {
    const headers = { 'idempotency-key': 'order-1' }
    const responses = await Promise.all(
      Array.from({ length: 50 }, () => start({ input: question }, headers)),
    )
    const bodies = await Promise.all(responses.map((response) => response.text()))
    expect([...new Set(bodies)]).toEqual([bodies[0]])
    const replayed = responses.filter(({ headers }) => headers.has('idempotency-replayed'))
    expect(replayed).toHaveLength(49)
    const ids = [JSON.parse(bodies[0] ?? '').id as string]
    await finished(ids[0] ?? '')
    const late = await start({ input: question }, headers)
    expect([late.status, await late.text()]).toEqual([202, bodies[0]])

    const other = await start({ input: { question: 'other' } }, headers)
    expect([other.status, (await other.json()).code]).toEqual([409, 'idempotency.key-reused'])
    await finished(ids[0] ?? '')
  })

  test('takes in each result once, however often and by whomever it is delivered', async () => {
    const tasks: TaskRef[] = []
    harness.answer = (task) => {
      tasks.push(task)
      return task.nodeId === 'find' ? succeeded(passages) : succeeded({ text: 'first' })
    }
    const { id } = await (await start({ input: question })).json()
    await finished(id)
    for (const task of tasks) await harness.send(task, succeeded({ text: 'again' }))
    const foreign = { ...(tasks[0] as TaskRef), tenant: testTenant('9') }
    await harness.send(foreign, succeeded({ text: 'foreign' }))

    // All of them were handled once a result that was sent after them has been.
    await (await start({ input: question, mode: 'wait' })).json()
    const events = await storedEvents(id)
    expect(events.filter(({ type }) => type === 'run.completed')).toHaveLength(1)
    expect((await finished(id)).output).toEqual({ answer: 'first' })
  })

  test('ends although Redis forgets everything while it is under way', async () => {
    harness.answer = () => undefined
    const { id } = await (await start({ input: question })).json()
    await eventually(() => expect(harness.deliveries.get('find')).toBe(1))

    harness.answer = ({ nodeId }) =>
      nodeId === 'find' ? succeeded(passages) : succeeded({ text: 'after the flood' })
    await harness.forgetEverything()

    expect((await finished(id)).output).toEqual({ answer: 'after the flood' })
  })

  test('ends although a result was stored by a process that died before it took it in', async () => {
    harness.answer = () => undefined
    const { id } = await (await start({ input: question })).json()
    await eventually(() => expect(harness.deliveries.get('find')).toBe(1))

    harness.answer = () => succeeded({ text: 'recovered' })
    await sql(
      `UPDATE node_task SET status = 'done', outcome = $2, sent_at = '-infinity'
       WHERE run_id = $1`,
      [id, JSON.stringify(succeeded(passages))],
    )
    expect((await finished(id)).output).toEqual({ answer: 'recovered' })
  })

  test('ends at its deadline', async () => {
    harness.answer = () => undefined
    const body = { ref: workflowId, input: question, timeoutMs: 100 }
    const { id } = await (await harness.call({ method: 'POST', url: '/v2/runs', body })).json()
    expect(await finished(id)).toMatchObject({
      status: 'timed_out',
      error: { code: 'run.deadline-exceeded' },
    })
  })
})

describe('the events of a run', () => {
  test('are streamed from the start to the end when it is started with `stream`', async () => {
    const events = await eventsOf(await start({ input: question, mode: 'stream' }))

    expect(events.map(({ event }) => event)).toEqual([
      'run.started',
      'node.completed',
      'node.scheduled',
      'node.completed',
      'node.completed',
      'node.scheduled',
      'node.skipped',
      'node.skipped',
      'node.completed',
      'node.completed',
      'run.completed',
    ])
    expect(events.map(({ id }) => Number(id))).toEqual(events.map((_, index) => index + 1))
  })

  test('go on after Last-Event-ID without a gap and without a repetition', async () => {
    const { id } = await (await start({ input: question })).json()
    const url = `/v1/runs/${id}/events`
    const first = await eventsOf(await harness.call({ url }), 3)
    const seen = first.at(-1)?.id ?? ''
    const rest = await eventsOf(await harness.call({ url, headers: { 'last-event-id': seen } }))

    const stored = await storedEvents(id)
    const ids = [...first, ...rest].map(({ id: eventId }) => Number(eventId))
    expect(ids).toEqual(stored.map((_, index) => index + 1))
    expect(rest.at(-1)?.event).toBe('run.completed')
  })

  test('end at once for who has seen the last of them', async () => {
    const { id } = await (await start({ input: question, mode: 'wait' })).json()
    const headers = { 'last-event-id': '999' }
    expect(await eventsOf(await harness.call({ url: `/v1/runs/${id}/events`, headers }))).toEqual(
      [],
    )
  })
})
