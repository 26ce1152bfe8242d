import { randomUUID } from 'node:crypto'
import type { TaskRef } from '@dure/contracts'
import { createDeltaPublisher, type DeltaWriter } from '@dure/platform'
import { eventually, silentLog } from '@dure/platform/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Harness, startHarness, succeeded } from '../testing/harness.ts'

/** Two models, one after the other. */
const GRAPH = {
  nodes: [
    { id: 'start', type: 'start' },
    { id: 'first', type: 'llm', config: { prompt: 'Hello' } },
    { id: 'second', type: 'llm', config: { prompt: '{{ nodes.first.data.text }}' } },
    { id: 'end', type: 'end', config: { outputs: { text: '{{ nodes.second.data.text }}' } } },
  ],
  edges: [
    { from: 'start', to: 'first' },
    { from: 'first', to: 'second' },
    { from: 'second', to: 'end' },
  ],
}

let harness: Harness
let workflowId: string
let tasks: TaskRef[]
beforeAll(async () => {
  harness = await startHarness()
  workflowId = await harness.publish(GRAPH)
})
afterAll(() => harness.close())
beforeEach(() => {
  tasks = []
  harness.answer = (task) => {
    tasks.push(task)
    return undefined
  }
})

interface Sent {
  readonly id: string | undefined
  readonly event: string
  readonly data: Record<string, unknown>
}

const start = (mode: string) =>
  harness.call({
    method: 'POST',
    url: `/v1/workflows/${workflowId}/runs`,
    body: { input: {}, mode },
  })

/** Reads a stream in the background, until it ends or is left. */
function reading(response: Response) {
  const seen: Sent[] = []
  const leaving = new AbortController()
  const sink = new WritableStream<string>({ write: add })
  let text = ''
  function add(chunk: string) {
    text += chunk
    const blocks = text.split('\n\n')
    text = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields = Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/s, 2)))
      if (fields.event === undefined) continue
      seen.push({ id: fields.id, event: fields.event, data: JSON.parse(fields.data) })
    }
  }
  const done = response.body
    ?.pipeThrough(new TextDecoderStream())
    .pipeTo(sink, { signal: leaving.signal })
    .catch(() => {})
  return { seen, done, leave: () => leaving.abort() }
}

type Reading = ReturnType<typeof reading>

const deltasIn = ({ seen }: Reading) => seen.filter(({ event }) => event === 'node.delta')
const durableIn = ({ seen }: Reading) => seen.filter(({ event }) => event !== 'node.delta')
const textIn = (of: Reading, nodeId: string) =>
  deltasIn(of)
    .filter(({ data }) => data.nodeId === nodeId)
    .map(({ data }) => data.text)
    .join('')

/** Writes as the agent does, once somebody listens to the run. */
async function writerOf(task: TaskRef): Promise<DeltaWriter> {
  const { redis } = harness.queues
  const [channel = ''] = await eventually(async () => {
    const channels = (await redis.pubsub('CHANNELS', `*:deltas:${task.runId}`)) as string[]
    expect(channels).toHaveLength(1)
    return channels
  })
  const prefix = channel.slice(0, channel.indexOf(':deltas:'))
  const publisher = createDeltaPublisher({ redis, prefix, log: silentLog() })
  return publisher.begin({ runId: task.runId, nodeId: task.nodeId, attempt: task.attempt })
}

const taskOf = (nodeId: string) =>
  eventually(() => {
    const task = tasks.find((known) => known.nodeId === nodeId)
    if (!task) throw new Error(`${nodeId} has no task yet`)
    return task
  })

const idsIn = (of: Reading) => durableIn(of).map(({ id }) => Number(id))
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

describe('an open stream of a run', () => {
  test('shows deltas between the events, without an id, and ends as it does without them', async () => {
    const stream = reading(await start('stream'))

    for (const nodeId of ['first', 'second']) {
      const task = await taskOf(nodeId)
      const writer = await writerOf(task)
      for (const word of ['안녕', '하세', '요']) {
        writer.write(word)
        await eventually(() => expect(textIn(stream, nodeId)).toMatch(new RegExp(`${word}$`)))
      }
      writer.close()
      await harness.send(task, succeeded({ text: '안녕하세요' }))
    }
    await stream.done

    expect(stream.seen.map(({ event }) => event)).toEqual([
      'run.started',
      'node.completed',
      'node.scheduled',
      ...['node.delta', 'node.delta', 'node.delta'],
      'node.completed',
      'node.scheduled',
      ...['node.delta', 'node.delta', 'node.delta'],
      'node.completed',
      'node.completed',
      'run.completed',
    ])
    const { runId } = await taskOf('first')
    expect(deltasIn(stream)[1]).toEqual({
      id: undefined,
      event: 'node.delta',
      data: { type: 'node.delta', runId, nodeId: 'first', attempt: 1, index: 1, text: '하세' },
    })
    expect(idsIn(stream)).toEqual(upTo(8))
  })

  test('is resumed after its last event without a gap, whatever deltas came after that', async () => {
    const stream = reading(await start('stream'))
    const task = await taskOf('first')
    const writer = await writerOf(task)
    writer.write('partial')
    await eventually(() => expect(textIn(stream, 'first')).toBe('partial'))
    stream.leave()
    await harness.send(task, succeeded({ text: 'partial and whole' }))
    await harness.send(await taskOf('second'), succeeded({ text: 'more' }))

    const lastId = stream.seen.findLast(({ id }) => id !== undefined)?.id ?? ''
    expect(stream.seen.at(-1)?.event).toBe('node.delta')
    const rest = reading(
      await harness.call({
        url: `/v2/runs/${task.runId}/events`,
        headers: { 'last-event-id': lastId },
      }),
    )
    await rest.done

    expect([...idsIn(stream), ...idsIn(rest)]).toEqual(upTo(8))
    expect(rest.seen[0]).toMatchObject({
      event: 'node.completed',
      data: { data: { data: { text: 'partial and whole' } } },
    })
    writer.close()
  })

  test('says nothing of an attempt that has ended', async () => {
    const stream = reading(await start('stream'))
    const first = await taskOf('first')
    const late = await writerOf(first)
    await harness.send(first, succeeded({ text: 'whole' }))
    const second = await taskOf('second')
    await eventually(() => expect(durableIn(stream)).toHaveLength(5))

    late.write('too late')
    const writer = await writerOf(second)
    writer.write('in time')
    await eventually(() => expect(textIn(stream, 'second')).toBe('in time'))
    await harness.send(second, succeeded({ text: 'in time' }))
    await stream.done

    expect(textIn(stream, 'first')).toBe('')
    expect(idsIn(stream)).toEqual(upTo(8))
  })

  test('is listened to by the process only while it is open', async () => {
    const { redis } = harness.queues
    const stream = reading(await start('stream'))
    const task = await taskOf('first')
    await writerOf(task)
    const another = reading(await harness.call({ url: `/v1/runs/${task.runId}/events` }))
    await eventually(() => expect(durableIn(another)).toHaveLength(3))
    const channels = () => redis.pubsub('CHANNELS', `*:deltas:${task.runId}`)

    another.leave()
    const writer = await writerOf(task)
    writer.write('still heard')
    await eventually(() => expect(textIn(stream, 'first')).toBe('still heard'))
    stream.leave()

    await eventually(async () => expect(await channels()).toEqual([]))
    writer.close()
  })
})

test('a run that has ended is read without listening to it', async () => {
  harness.answer = () => succeeded({ text: randomUUID() })
  const run = await (await start('wait')).json()

  const stream = reading(await harness.call({ url: `/v1/runs/${run.id}/events` }))
  await stream.done

  expect(idsIn(stream)).toEqual(upTo(8))
  expect(deltasIn(stream)).toEqual([])
})
