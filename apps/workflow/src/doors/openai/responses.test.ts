import type { TaskRef } from '@dure/contracts'
import { eventually, testTenant } from '@dure/platform/testing'
import OpenAI from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Harness, startHarness, succeeded } from '../../testing/harness.ts'
import { writerOf } from '../testing/delta-writer.ts'
import { chatGraph, echoGraph } from '../testing/graphs.ts'
import { openAiClient } from '../testing/openai-client.ts'

let harness: Harness
let client: OpenAI
let tasks: TaskRef[]
beforeAll(async () => {
  harness = await startHarness()
  client = openAiClient(harness)
  await harness.publish(chatGraph, 'chat')
  await harness.publish(echoGraph, 'echo')
})
afterAll(() => harness.close())
beforeEach(() => {
  tasks = []
  harness.answer = () => succeeded({ text: 'Hello' }, 42)
})
const keepTasks = () => {
  harness.answer = (task) => {
    tasks.push(task)
    return undefined
  }
}
const firstTask = () =>
  eventually(() => {
    const [task] = tasks
    if (!task) throw new Error('there is no task yet')
    return task
  })
const model = 'workflow:chat'

describe('a response', () => {
  test('is what the run says, and can be read again by its id', async () => {
    const created = await client.responses.create({ model, input: 'Hi', metadata: { a: 'b' } })
    expect(created).toMatchObject({
      ...{ object: 'response', status: 'completed', model, output_text: 'Hello', error: null },
      metadata: { a: 'b' },
      usage: { input_tokens: 10, output_tokens: 5, total_tokens: 15 },
    })
    expect(await client.responses.retrieve(created.id)).toEqual(created)
  })

  test('is asked for with instructions, a conversation, and fields of the run', async () => {
    const created = await client.responses.create({
      ...{ model: 'workflow:echo', instructions: 'Be brief', metadata: { customer: 'c7' } },
      input: [
        { role: 'user', content: 'first' },
        { role: 'assistant', content: 'what?' },
        { role: 'user', content: [{ type: 'input_text', text: 'second' }] },
      ],
      text: { verbosity: 'low' },
      ...({ extra: { n: 1 } } as object),
    })
    expect(JSON.parse(created.output_text)).toMatchObject({
      given: {
        ...{ input: 'second', customer: 'c7', n: 1, settings: { verbosity: 'low' } },
        messages: [{ role: 'system', content: 'Be brief' }, {}, {}, { role: 'user' }],
      },
    })
  })

  test('comes as typed events while the model writes', async () => {
    keepTasks()
    const stream = client.responses.stream({ model, input: 'Hi' })
    const events: OpenAI.Responses.ResponseStreamEvent[] = []
    const reading = (async () => {
      for await (const event of stream) events.push(event)
    })()
    const task = await firstTask()
    const writer = await writerOf(harness, task)
    writer.write('안녕')
    await eventually(() => expect(events.at(-1)).toMatchObject({ delta: '안녕' }))
    await harness.send(task, succeeded({ text: '안녕하세요' }, 7))
    await reading

    expect(events.map(({ type }) => type)).toEqual([
      ...['response.created', 'response.in_progress'],
      ...['response.output_item.added', 'response.content_part.added'],
      ...['response.output_text.delta', 'response.output_text.delta'],
      ...['response.output_text.done', 'response.content_part.done'],
      ...['response.output_item.done', 'response.completed'],
    ])
    expect(events.map(({ sequence_number }) => sequence_number)).toEqual([...events.keys()])
    const final = await stream.finalResponse()
    expect(final).toMatchObject({ output_text: '안녕하세요', usage: { total_tokens: 15 } })
    expect((await client.responses.retrieve(final.id)).output_text).toBe('안녕하세요')
  })

  test('in the background is read when it is there, and goes on alone', async () => {
    keepTasks()
    const created = await client.responses.create({ model, input: 'Hi', background: true })
    expect(created).toMatchObject({ status: 'in_progress', output: [], usage: null })
    await harness.send(await firstTask(), succeeded({ text: 'Done' }))
    const read = () => client.responses.retrieve(created.id)
    await eventually(async () => expect((await read()).output_text).toBe('Done'))
  })

  test('can be cancelled, once and again', async () => {
    keepTasks()
    const { id } = await client.responses.create({ model, input: 'Hi', background: true })
    expect(await client.responses.cancel(id)).toMatchObject({ status: 'cancelled' })
    expect(await client.responses.cancel(id)).toMatchObject({ status: 'cancelled' })
  })

  test('of a run that failed says so, with and without a stream', async () => {
    const message = 'The model is away'
    harness.answer = () => ({ status: 'failed', error: { code: 'model.unavailable', message } })
    const error = { code: 'model_unavailable', message }
    const failed = await client.responses.create({ model, input: 'Hi' })
    expect(failed).toMatchObject({ status: 'failed', error, output: [] })
    const stream = await client.responses.create({ model, input: 'Hi', stream: true })
    const types: string[] = []
    for await (const { type } of stream) types.push(type)
    expect(types).toEqual(['response.created', 'response.in_progress', 'response.failed'])
  })

  test('that its client leaves ends its run, unless it is in the background', async () => {
    keepTasks()
    const leaving = new AbortController()
    const { signal } = leaving
    const stream = await client.responses.create({ model, input: 'Hi', stream: true }, { signal })
    await firstTask()
    const body = { model, input: 'Hi', stream: true, background: true } as const
    const background = await client.responses.create(body, { signal })
    await eventually(() => expect(tasks).toHaveLength(2))
    leaving.abort()
    const statuses = () =>
      Promise.all(
        tasks.map(
          async ({ runId }) =>
            (await client.responses.retrieve(runId.replace('run', 'resp'))).status,
        ),
      )
    await eventually(async () => expect(await statuses()).toEqual(['cancelled', 'in_progress']))
    expect([stream, background]).toHaveLength(2)
  })
})

describe('a response is refused', () => {
  test.each([
    ['the response before', { input: 'x', previous_response_id: 'resp_1' }, 'previous_response_id'],
    ['a conversation', { input: 'x', conversation: 'conv_1' }, 'conversation'],
    ['tools', { input: 'x', tools: [{ type: 'web_search' }] }, 'tools'],
    ['a schema', { input: 'x', text: { format: { type: 'json_schema' } } }, 'text.format.type'],
    ['nothing to answer', { input: [] }, 'input'],
  ])('with %s', async (_name, body, param) => {
    const asking = client.responses.create({ model, ...body } as never)
    const thrown = await asking.catch((caught) => caught)
    expect(thrown).toBeInstanceOf(OpenAI.BadRequestError)
    expect(thrown).toMatchObject({ type: 'invalid_request_error', param })
  })

  test('when it is not there, of another project, or a run that was no response', async () => {
    const { id } = await client.responses.create({ model, input: 'Hi' })
    const stranger = openAiClient(harness, { tenant: testTenant('9') })
    const missing = { status: 404, code: 'response_not_found' }
    await expect(stranger.responses.retrieve(id)).rejects.toMatchObject(missing)
    await expect(stranger.responses.cancel(id)).rejects.toMatchObject(missing)
    await expect(client.responses.retrieve('resp_1')).rejects.toMatchObject(missing)
    const chat = await client.chat.completions.create({
      model,
      messages: [{ role: 'user', content: 'Hi' }],
    })
    const other = chat.id.replace('chatcmpl-', 'resp_')
    await expect(client.responses.retrieve(other)).rejects.toMatchObject(missing)
  })

  test('when it is to be streamed once more', async () => {
    const { id } = await client.responses.create({ model, input: 'Hi' })
    await expect(client.responses.retrieve(id, { stream: true })).rejects.toThrow(
      OpenAI.BadRequestError,
    )
  })
})
