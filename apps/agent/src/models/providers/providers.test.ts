import {
  rateLimited,
  type ScriptedModel,
  startScriptedModel,
  text,
  toolCalls,
  truncated,
} from '@dure/scripted-model'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callFor } from '../testing/call.ts'
import { callerOf, modelsAt } from '../testing/caller.ts'

let server: ScriptedModel
let host: string
beforeAll(async () => {
  server = await startScriptedModel()
  host = server.baseUrl.replace(/\/v1$/, '')
})
afterAll(() => server.close())

/** Each through its own package, in its own form on the wire. */
const PROVIDERS = [
  { kind: 'openai', path: '/v1', model: 'gpt-4.1', asked: '/v1/responses' },
  { kind: 'openai', path: '/v1', model: 'gpt-4.1', api: 'chat' },
  { kind: 'azure', path: '/v1', model: 'gpt-4.1' },
  { kind: 'azure', path: '/v1', model: 'gpt-4.1', api: 'responses', asked: '/v1/responses' },
  { kind: 'anthropic', path: '/v1', model: 'claude-sonnet-4-5', asked: '/v1/messages' },
  {
    ...{ kind: 'google', path: '/v1beta', model: 'gemini-2.5-flash' },
    asked: '/v1beta/models/:model',
  },
  {
    ...{ kind: 'bedrock', path: '', region: 'us-east-1' },
    model: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    asked: '/model/:model/converse-stream',
  },
  { kind: 'ollama', path: '/v1', model: 'qwen3' },
  { kind: 'openai-compatible', path: '/v1', model: 'my-own' },
]

const search = {
  name: 'search',
  description: 'Finds pages',
  inputSchema: { type: 'object', properties: { query: { type: 'string' } } },
}

describe.each(PROVIDERS)('$kind $api', ({ path, model, asked, ...provider }) => {
  function ask(call: Parameters<typeof callFor>[0] = {}) {
    const config = { ...provider, name: 'it', baseUrl: `${host}${path}`, apiKey: 'key-1' }
    const models = modelsAt('', { MODEL_PROVIDERS: JSON.stringify([config]) })
    return callerOf(models).call(callFor({ models: [`it/${model}`], ...call }))
  }

  test('answers, and says what it took', async () => {
    server.rewrite([text('Hello big world', 'length')])
    const reply = await ask({ system: 'Be brief' })

    expect(reply).toMatchObject({
      ...{ text: 'Hello big world', finishReason: 'length', provider: 'it', model },
      usage: { inputTokens: expect.any(Number), outputTokens: 4 },
    })
    expect(reply.usage.inputTokens).toBeGreaterThan(0)
    expect(server.calls[0]?.path ?? undefined).toBe(asked)
    expect(JSON.stringify(server.calls[0]?.headers)).toContain('key-1')
  })

  test('calls tools, and takes their results', async () => {
    server.rewrite([toolCalls({ name: 'search', arguments: { query: '환불' } }), text('14 days')])
    const user = { role: 'user' as const, content: 'How long?' }
    const {
      toolCalls: calls,
      message,
      finishReason,
    } = await ask({
      ...{ messages: [user], tools: [search] },
    })
    const [call] = calls
    const answer = await ask({
      messages: [
        ...[user, message],
        {
          role: 'tool',
          content: [
            {
              ...{ type: 'tool-result', toolCallId: call?.id ?? '', toolName: 'search' },
              output: { type: 'text', value: 'within 14 days' },
            },
          ],
        },
      ],
      tools: [search],
    })

    expect(calls).toMatchObject([{ name: 'search', input: { query: '환불' } }])
    expect(finishReason).toBe('tool-calls')
    expect(answer.text).toBe('14 days')
    expect(JSON.stringify(server.calls[1])).toContain('within 14 days')
  })

  test('is asked again when it asks to wait, or when its answer breaks off', async () => {
    server.rewrite([rateLimited(0), truncated(), text('whole')])

    expect((await ask()).text).toBe('whole')
    expect(server.calls).toHaveLength(3)
  })
})

test('a prompt is kept by those who have to be asked for it', async () => {
  const config = [
    { name: 'a', kind: 'anthropic', baseUrl: `${host}/v1`, apiKey: 'x' },
    { name: 'b', kind: 'bedrock', baseUrl: host, apiKey: 'x', region: 'us-east-1' },
  ]
  const caller = callerOf(modelsAt('', { MODEL_PROVIDERS: JSON.stringify(config) }))
  server.rewrite(() => text('ok'))
  for (const model of ['a/claude-sonnet-4-5', 'b/anthropic.claude-sonnet-4-5-v1:0']) {
    await caller.call(callFor({ models: [model], system: 'Long', cachePrompt: true }))
    await caller.call(callFor({ models: [model], system: 'Long' }))
  }

  const [marked, plain, point, pointless] = server.calls.map((call) => JSON.stringify(call))
  expect(marked?.match(/"cache_control":{"type":"ephemeral"}/g)).toHaveLength(2)
  expect(plain).not.toContain('cache_control')
  expect(point?.match(/"cachePoint":{"type":"default"/g)).toHaveLength(2)
  expect(pointless).not.toContain('cachePoint')
})

test('a model that keeps no prompts is not asked to', async () => {
  const nova = 'amazon.nova-pro-v1:0'
  const llama = 'meta.llama3-1-70b-instruct-v1:0'
  const models = [{ id: nova, promptCaching: 'explicit' }]
  const config = [
    ...[{ name: 'b', kind: 'bedrock', baseUrl: host, apiKey: 'x', region: 'us-east-1', models }],
    { name: 'a', kind: 'anthropic', baseUrl: `${host}/v1`, apiKey: 'x' },
  ]
  const caller = callerOf(modelsAt('', { MODEL_PROVIDERS: JSON.stringify(config) }))
  server.rewrite(() => text('ok'))
  for (const model of [`b/${llama}`, `b/${nova}`, 'a/claude-of-tomorrow']) {
    await caller.call(callFor({ models: [model], system: 'Long', cachePrompt: true }))
  }

  const [unknown, told, ofKind] = server.calls.map((call) => JSON.stringify(call))
  expect(unknown).not.toContain('cachePoint')
  expect(told).toContain('cachePoint')
  expect(ofKind).toContain('cache_control')
})

test('a model that cannot call tools is not offered any, and one that can is asked instead', async () => {
  const models = [{ id: 'mute', tools: false }, 'able']
  const config = [{ name: 'o', kind: 'openai-compatible', baseUrl: `${host}/v1`, models }]
  const caller = callerOf(modelsAt('', { MODEL_PROVIDERS: JSON.stringify(config) }))
  server.rewrite(() => text('ok'))

  const refused = caller.call(callFor({ models: ['mute'], tools: [search] }))
  await expect(refused).rejects.toMatchObject({ code: 'model.no-tools', kind: 'invalid' })
  expect(server.calls).toHaveLength(0)
  const instead = await caller.call(callFor({ models: ['mute', 'able'], tools: [search] }))
  expect(instead.model).toBe('able')
  expect((await caller.call(callFor({ models: ['mute'] }))).model).toBe('mute')
})

test('OpenAI keeps nothing of what it was asked', async () => {
  const config = [{ name: 'o', kind: 'openai', baseUrl: `${host}/v1`, apiKey: 'x' }]
  const caller = callerOf(modelsAt('', { MODEL_PROVIDERS: JSON.stringify(config) }))
  server.rewrite([text('ok')])
  await caller.call(callFor({ models: ['gpt-5'] }))

  expect(server.calls[0]).toMatchObject({ store: false })
})
