import type { RanAgent, RunAgent, TaskRef } from '@dure/contracts'
import { eventually, silentLog, testTenant } from '@dure/platform/testing'
import OpenAI from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Harness, startHarness, succeeded } from '../../testing/harness.ts'
import { createAgentDirectory } from '../agents/directory-service.ts'
import { foundAgent, type PlayedAgents, playAgents } from '../testing/agent-service.ts'
import { writerOf } from '../testing/delta-writer.ts'
import { echoGraph } from '../testing/graphs.ts'
import { openAiClient } from '../testing/openai-client.ts'

const desk = foundAgent('order-desk', { aliases: ['canary', 'prod'], latestVersion: 3 })
const draft = foundAgent('helper', { publishedVersion: null, aliases: ['beta'] })
const messages = [{ role: 'user' as const, content: 'Where is order 7?' }]
const model = 'agent:order-desk'

let harness: Harness
let played: PlayedAgents
let client: OpenAI
let asked: { readonly task: TaskRef; readonly input: RunAgent }[]
beforeAll(async () => {
  harness = await startHarness()
  played = playAgents(harness, [desk, draft])
  client = openAiClient(harness)
  await harness.publish(echoGraph, 'echo')
})
afterAll(async () => {
  await played.close()
  await harness.close()
})
beforeEach(() => {
  asked = []
  played.agents = [desk, draft]
  harness.answer = (task, input) => {
    asked.push({ task, input: input as RunAgent })
    return succeeded(ran('It is on its way'), 42)
  }
})

const ran = (output: unknown, text = String(output)): RanAgent => ({
  ...{ output, text, steps: 1, executionId: `exe_${'e'.repeat(32)}` as RanAgent['executionId'] },
})
const keepTasks = () => {
  harness.answer = (task, input) => {
    asked.push({ task, input: input as RunAgent })
    return undefined
  }
}
const firstTask = () =>
  eventually(() => {
    const [first] = asked
    if (!first) throw new Error('nobody was asked yet')
    return first.task
  })
const runOf = async ({ runId }: TaskRef) =>
  (await (await harness.call({ url: `/v1/runs/${runId}` })).json()) as unknown

describe('agents', () => {
  test('are models, after the workflows, page by page', async () => {
    const names = ['agent:order-desk', 'agent:order-desk@canary', 'agent:order-desk@prod']
    const { data } = await client.models.list()
    expect(data.map(({ id }) => id)).toEqual(['workflow:echo', ...names, 'agent:helper@beta'])
    for (const { id } of data) expect(await client.models.retrieve(id)).toMatchObject({ id })

    const page = async (after?: string) => {
      const query = `limit=1${after ? `&after=${encodeURIComponent(after)}` : ''}`
      const { data, has_more } = (await client.get(`/models?${query}`)) as {
        readonly data: readonly { readonly id: string }[]
        readonly has_more: boolean
      }
      return { ids: data.map(({ id }) => id), has_more }
    }
    expect(await page()).toEqual({ ids: ['workflow:echo'], has_more: true })
    expect(await page('workflow:echo')).toEqual({ ids: names, has_more: true })
    const last = { ids: ['agent:helper@beta'], has_more: false }
    expect(await page('agent:order-desk@prod')).toEqual(last)
  })

  test('are shown to whoever may read them alone, and asked by whoever may start runs', async () => {
    const reader = openAiClient(harness, { scopes: ['workflows:read', 'runs:write'] })
    expect((await reader.models.list()).data.map(({ id }) => id)).toEqual(['workflow:echo'])
    await expect(reader.models.retrieve(model)).rejects.toThrow(OpenAI.NotFoundError)
    const { choices } = await reader.chat.completions.create({ model, messages })
    expect(choices[0]?.message.content).toBe('It is on its way')
  })

  test.each([
    'agent:nobody',
    'agent:order-desk@none',
    'agent:helper',
    'agent:No',
    'agent:a@b@c',
    'agent:order-desk@4',
    'agent:order-desk@0',
    'agent:helper@1',
    'workflow:echo@1',
  ])('%s is not there', async (unknown) => {
    const asking = client.chat.completions.create({ model: unknown, messages })
    await expect(asking).rejects.toMatchObject({ status: 404, code: 'model_not_found' })
    await expect(client.models.retrieve(unknown)).rejects.toThrow(OpenAI.NotFoundError)
  })

  test('of another project are not there', async () => {
    const stranger = openAiClient(harness, { tenant: testTenant('9') })
    const asking = stranger.chat.completions.create({ model, messages })
    await expect(asking).rejects.toThrow(OpenAI.NotFoundError)
  })

  test('have versions, which their numbers name as aliases do', async () => {
    await client.chat.completions.create({ model: 'agent:order-desk@3', messages })
    expect(asked.at(-1)?.input.agent).toBe(`${desk.id}@3`)
    expect(await client.models.retrieve('agent:order-desk@2')).toMatchObject({ object: 'model' })
    expect((await client.models.list()).data.map(({ id }) => id)).not.toContain(
      'agent:order-desk@3',
    )
  })

  test('have an alias as soon as it is there, whatever is remembered of them', async () => {
    await client.chat.completions.create({ model, messages })
    const before = played.asked.length
    await client.chat.completions.create({ model, messages })
    expect(played.asked).toHaveLength(before)
    played.agents = [{ ...desk, aliases: ['fresh'] }]
    await client.chat.completions.create({ model: 'agent:order-desk@fresh', messages })
    expect(asked.at(-1)?.input.agent).toBe(`${desk.id}@fresh`)
  })
})

test('while the agent service does not answer, no agent is listed, and whether one is there is not known', async () => {
  const parts = { queues: harness.queues, prefix: 'nobody', log: silentLog(), waitMs: 50 }
  const directory = createAgentDirectory(parts)
  expect(await directory.page(testTenant(), { limit: 10, after: undefined })).toEqual([])
  await expect(directory.find(testTenant(), desk.id, () => true)).rejects.toMatchObject({
    ...{ code: 'model.not-looked-up', kind: 'unavailable' },
  })
  directory.close()
})

describe('a chat with an agent', () => {
  test('is a run that asks it, told the conversation, with the tokens that it took', async () => {
    const completion = await client.chat.completions.create({
      model: 'agent:order-desk@prod',
      messages: [
        { role: 'developer', content: 'Be brief' },
        { role: 'user', content: 'I am Ada' },
        { role: 'assistant', content: 'Hello Ada' },
        ...messages,
      ],
    })
    expect(completion).toMatchObject({
      model: 'agent:order-desk@prod',
      choices: [{ message: { content: 'It is on its way' } }],
      usage: { prompt_tokens: 10, completion_tokens: 5 },
    })
    expect(asked[0]?.input).toEqual({
      agent: `${desk.id}@prod`,
      input: 'Where is order 7?',
      isTrusted: true,
      history: [
        { role: 'system', content: 'Be brief' },
        { role: 'user', content: 'I am Ada' },
        { role: 'assistant', content: 'Hello Ada' },
      ],
    })
    const run = await runOf(await firstTask())
    expect(run).toMatchObject({ status: 'completed', output: { answer: 'It is on its way' } })
    const listed = await (await harness.call({ url: '/v1/workflows' })).json()
    expect(listed.data).toHaveLength(1)
  })

  test('comes piece by piece, from step to step, while its model writes', async () => {
    keepTasks()
    const stream = await client.chat.completions.create({
      ...{ model, messages, stream: true },
      stream_options: { include_usage: true },
    })
    const chunks: OpenAI.ChatCompletionChunk[] = []
    const reading = (async () => {
      for await (const chunk of stream) chunks.push(chunk)
    })()
    const said = () => chunks.map(({ choices: [choice] }) => choice?.delta.content ?? '').join('')
    const task = await firstTask()
    const first = await writerOf(harness, task)
    first.write('Let me see.')
    await eventually(() => expect(said()).toBe('Let me see.'))
    first.close()
    const second = await writerOf(harness, task, { offset: 'Let me see.'.length })
    second.write('\n\nIt is')
    await eventually(() => expect(said()).toBe('Let me see.\n\nIt is'))
    const whole = 'Let me see.\n\nIt is on its way'
    await harness.send(task, succeeded(ran('It is on its way', whole), 7))
    await reading

    expect(said()).toBe(whole)
    expect(chunks.at(-1)).toMatchObject({ usage: { total_tokens: 15 } })
  })

  test('whose agent answers in JSON is that JSON', async () => {
    harness.answer = () => succeeded(ran({ order: 7 }, '{"order":7}'))
    const { choices } = await client.chat.completions.create({ model, messages })
    expect(choices[0]?.message.content).toBe('{"order":7}')
  })

  test('that its client leaves stops the agent', async () => {
    keepTasks()
    const leaving = new AbortController()
    const asking = client.chat.completions.create({ model, messages }, { signal: leaving.signal })
    asking.catch(() => {})
    const { taskKey } = await firstTask()
    leaving.abort()
    await eventually(() => expect(harness.cancelled).toContain(taskKey))
  })

  test('that is asked again with its key is one run', async () => {
    const headers = { 'idempotency-key': 'agent-1' }
    const ask = () => client.chat.completions.create({ model, messages }, { headers })
    expect((await ask()).id).toBe((await ask()).id)
    expect(asked).toHaveLength(1)
  })

  test.each([
    ['the agent was deleted meanwhile', 'agent.not-found', 404, 'model_not_found'],
    ['it went round in circles', 'agent.max-steps', 422, 'agent_max_steps'],
    ['there was no money left', 'budget.exceeded', 422, 'budget_exceeded'],
  ])('fails as clients of OpenAI expect it when %s', async (_why, code, status, expected) => {
    const error = { code, message: 'So it is', class: 'rejected' } as const
    harness.answer = () => ({ status: 'failed', error })
    const asking = client.chat.completions.create({ model, messages })
    await expect(asking).rejects.toMatchObject({ status, code: expected })
  })

  test('is refused where it has what no agent can be told', async () => {
    const image = { type: 'image_url' as const, image_url: { url: 'https://example.com/a.png' } }
    const asking = client.chat.completions.create({
      model,
      messages: [{ role: 'user', content: [{ type: 'text', text: 'What is it?' }, image] }],
    })
    await expect(asking).rejects.toMatchObject({
      ...{ status: 400, code: 'chat_unsupported_content', param: 'messages[0].content[1]' },
    })
    const tool = client.responses.create({
      ...{ model, instructions: 'Be brief' },
      input: [{ role: 'user', content: [{ type: 'input_image', detail: 'auto', file_id: 'f' }] }],
    })
    await expect(tool).rejects.toMatchObject({ param: 'input[0].content[0]' })
  })
})

test('a response of an agent is streamed as typed events, and can be read again', async () => {
  const stream = client.responses.stream({ model, instructions: 'Be brief', input: 'And order 8?' })
  const response = await stream.finalResponse()
  expect(response.output_text).toBe('It is on its way')
  expect(asked[0]?.input).toMatchObject({
    ...{ input: 'And order 8?', history: [{ role: 'system', content: 'Be brief' }] },
  })
  const read = await client.responses.retrieve(response.id)
  expect(read).toMatchObject({ model, output_text: 'It is on its way' })
})
