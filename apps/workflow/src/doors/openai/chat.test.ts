import type { TaskRef } from '@dure/contracts'
import { eventually, testTenant } from '@dure/platform/testing'
import OpenAI from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Harness, startHarness, succeeded, supportGraph } from '../../testing/harness.ts'
import { type PlayedAgents, playAgents } from '../testing/agent-service.ts'
import { writerOf } from '../testing/delta-writer.ts'
import { chatGraph, echoGraph } from '../testing/graphs.ts'
import { openAiClient } from '../testing/openai-client.ts'

let harness: Harness
let client: OpenAI
let agents: PlayedAgents
let ids: Record<'chat' | 'echo' | 'support', string>
let tasks: TaskRef[]
beforeAll(async () => {
  harness = await startHarness()
  agents = playAgents(harness, [])
  client = openAiClient(harness)
  ids = {
    chat: await harness.publish(chatGraph, 'chat'),
    echo: await harness.publish(echoGraph, 'echo'),
    support: await harness.publish(supportGraph, '고객 지원'),
  }
})
afterAll(async () => {
  await agents.close()
  await harness.close()
})
beforeEach(() => {
  tasks = []
  harness.answer = ({ nodeId }) =>
    succeeded(nodeId === 'find' ? { chunks: [1], context: 'c' } : { text: 'Hello' }, 42)
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
const statusOf = async ({ runId }: TaskRef) =>
  (await (await harness.call({ url: `/v1/runs/${runId}` })).json()).status

const messages = [{ role: 'user' as const, content: 'Hi' }]

describe('models', () => {
  test('are the published workflows and their aliases, page by page', async () => {
    await harness.publish(echoGraph, 'twice')
    const twin = await harness.publish(echoGraph, 'twice')
    await harness.call({
      method: 'POST',
      url: '/v1/workflows',
      body: { name: 'draft', graph: echoGraph },
    })
    const targets = [{ version: 1, weight: 100 }]
    const alias = { workflowId: ids.chat, name: 'prod', targets }
    await harness.call({ method: 'POST', url: '/v2/aliases', body: alias })

    const { data } = await client.models.list()
    const names = data.map(({ id }) => id)
    expect(names).toEqual([
      ...[`workflow:${twin}`, expect.stringMatching(/^workflow:wf_/), 'workflow:고객 지원'],
      ...['workflow:echo', 'workflow:chat', 'workflow:chat@prod'],
    ])
    const page = await client.models.list({ query: { limit: 2, after: 'workflow:고객 지원' } })
    expect(page.data.map(({ id }) => id)).toEqual(names.slice(3))

    for (const { id } of data) {
      expect(await client.models.retrieve(id)).toMatchObject({ id, object: 'model' })
    }
  })

  test.each([
    'workflow:nothing',
    'workflow:twice',
    'workflow:draft',
    'workflow:echo@prod',
    'agent:A@b',
    'gpt-9',
  ])('%s is not there', async (model) => {
    await expect(client.models.retrieve(model)).rejects.toMatchObject({
      status: 404,
      code: 'model_not_found',
    })
    await expect(client.chat.completions.create({ model, messages })).rejects.toThrow(
      OpenAI.NotFoundError,
    )
  })

  test('of another project are not there', async () => {
    const stranger = openAiClient(harness, { tenant: testTenant('9') })
    expect((await stranger.models.list()).data).toEqual([])
    await expect(stranger.models.retrieve('workflow:chat')).rejects.toThrow(OpenAI.NotFoundError)
  })
})

describe('a chat', () => {
  test('is answered by a run, with the tokens that it took', async () => {
    const completion = await client.chat.completions.create({ model: 'workflow:chat', messages })
    expect(completion).toMatchObject({
      object: 'chat.completion',
      model: 'workflow:chat',
      choices: [{ message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15 },
    })
  })

  test('needs no more than the question, where the workflow asks for one text', async () => {
    const completion = await client.chat.completions.create({
      model: 'workflow:고객 지원',
      messages,
    })
    expect(completion.choices[0]?.message.content).toBe('Hello')
  })

  test('gives the run what it says, and what stands beside it', async () => {
    const completion = await client.chat.completions.create({
      ...{ model: 'workflow:echo', messages, metadata: { customer: 'c7' }, temperature: 0.5 },
      ...({ extra: { n: 1 } } as object),
    })
    expect(JSON.parse(completion.choices[0]?.message.content ?? '')).toEqual({
      given: {
        ...{ input: 'Hi', messages, customer: 'c7', n: 1 },
        settings: { temperature: 0.5 },
      },
    })
  })

  test('comes piece by piece while the model writes, and ends with what it took', async () => {
    keepTasks()
    const stream = await client.chat.completions.create({
      ...{ model: 'workflow:chat', messages, stream: true },
      stream_options: { include_usage: true },
    })
    const chunks: OpenAI.ChatCompletionChunk[] = []
    const reading = (async () => {
      for await (const chunk of stream) chunks.push(chunk)
    })()
    const said = () => chunks.map(({ choices: [choice] }) => choice?.delta.content ?? '').join('|')
    const task = await firstTask()
    const writer = await writerOf(harness, task)
    for (const word of ['안녕', '하세', '요']) {
      writer.write(word)
      await eventually(() => expect(said()).toMatch(new RegExp(`${word}$`)))
    }
    await harness.send(task, succeeded({ text: '안녕하세요!' }, 7))
    await reading

    expect(said()).toBe('|안녕|하세|요|!||')
    expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop')
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 15 } })
    expect(new Set(chunks.map(({ id }) => id)).size).toBe(1)
  })

  test('comes whole where no model writes it', async () => {
    const stream = await client.chat.completions.create({
      ...{ model: 'workflow:echo', messages, stream: true },
    })
    let text = ''
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
    expect(JSON.parse(text)).toMatchObject({ given: { input: 'Hi' } })
  })

  test.each([true, false])('that its client leaves ends its run, streamed: %s', async (stream) => {
    keepTasks()
    const leaving = new AbortController()
    const asking = client.chat.completions.create(
      { model: 'workflow:chat', messages, stream },
      { signal: leaving.signal },
    )
    asking.catch(() => {})
    const task = await firstTask()
    if (stream) await asking
    leaving.abort()
    await eventually(async () => expect(await statusOf(task)).toBe('cancelled'))
  })

  test('that has a key is one run, and goes on without its client', async () => {
    keepTasks()
    const leaving = new AbortController()
    const headers = { 'idempotency-key': 'chat-1' }
    const body = { model: 'workflow:chat', messages }
    const asking = client.chat.completions.create(body, { signal: leaving.signal, headers })
    asking.catch(() => {})
    const task = await firstTask()
    leaving.abort()
    await harness.send(task, succeeded({ text: 'Later' }))

    const { choices } = await client.chat.completions.create(body, { headers })
    expect(choices[0]?.message.content).toBe('Later')
    expect(tasks).toHaveLength(1)
  })
})

describe('a chat that has no answer', () => {
  const error = {
    code: 'model.unavailable',
    message: 'The model is away',
    class: 'unavailable',
  } as const

  test('because its run failed says why, and that trying again by itself makes no sense', async () => {
    harness.answer = () => ({ status: 'failed', error: { ...error } })
    const failing = client.chat.completions.create({ model: 'workflow:chat', messages })
    const thrown = await failing.catch((caught) => caught)
    expect(thrown).toBeInstanceOf(OpenAI.UnprocessableEntityError)
    expect(thrown).toMatchObject({ status: 422, code: 'model_unavailable', type: 'run_failed' })
    expect(thrown.headers.get('x-should-retry')).toBe('false')
  })

  test('says so within its stream', async () => {
    harness.answer = () => ({ status: 'failed', error: { ...error } })
    const stream = await client.chat.completions.create({
      ...{ model: 'workflow:chat', messages, stream: true },
    })
    const reading = async () => {
      for await (const _chunk of stream);
    }
    await expect(reading()).rejects.toMatchObject({ code: 'model_unavailable' })
  })

  test.each([
    ['messages', { messages: [] }, 'messages'],
    ['a role', { messages: [{ role: 'king', content: 'x' }] }, 'messages[0].role'],
    ['a question', { messages: [{ role: 'system', content: 'x' }] }, 'messages'],
    ['tools', { messages, tools: [{ type: 'function' }] }, 'tools'],
    ['several answers', { messages, n: 2 }, 'n'],
    ['a field', { messages, surprise: 1 }, 'surprise'],
  ])('for the wrong %s is refused where it is wrong', async (_name, body, param) => {
    const asking = client.chat.completions.create({ model: 'workflow:chat', ...body } as never)
    const thrown = await asking.catch((caught) => caught)
    expect(thrown).toBeInstanceOf(OpenAI.BadRequestError)
    expect(thrown).toMatchObject({ type: 'invalid_request_error', param })
  })

  test('because the input of the workflow is another one points at the field', async () => {
    const extra = { extra: { question: 7 } }
    const asking = client.chat.completions.create({
      ...{ model: 'workflow:고객 지원', messages },
      ...(extra as object),
    })
    await expect(asking).rejects.toMatchObject({
      status: 400,
      code: 'run_invalid_input',
      param: 'input.question',
    })
  })

  test('because the key may not ask', async () => {
    const reader = openAiClient(harness, { scopes: ['workflows:read'] })
    await reader.models.list()
    const asking = reader.chat.completions.create({ model: 'workflow:chat', messages })
    await expect(asking).rejects.toThrow(OpenAI.PermissionDeniedError)
  })

  test('because there is no such route', async () => {
    await expect(client.get('/nothing')).rejects.toMatchObject({
      ...{ status: 404, code: 'route_not_found' },
    })
    await expect(client.delete('/models')).rejects.toMatchObject({
      ...{ status: 405, code: 'route_method_not_allowed' },
    })
  })
})
