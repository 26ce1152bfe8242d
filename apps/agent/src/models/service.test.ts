import type { ErrorClass } from '@dure/contracts'
import {
  failing,
  garbage,
  held,
  invalidJson,
  type Reply,
  rateLimited,
  stalled,
  text,
  toolCalls,
  truncated,
} from '@dure/scripted-model'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { newTask } from '../tasks/testing/task.ts'

let agent: AgentUnderTest
beforeAll(async () => {
  agent = await startAgent()
})
afterAll(() => agent.close())

const failure = (
  code: string,
  errorClass: ErrorClass,
  message: unknown = expect.any(String),
  retryAfterMs?: number,
) => ({
  status: 'failed',
  error: { code, message, class: errorClass, ...(retryAfterMs !== undefined && { retryAfterMs }) },
})

async function outcomeWith(script: Reply[], timeoutMs = 20_000) {
  agent.model.rewrite(script)
  const task = newTask({ timeoutMs })
  await agent.generate(task)
  return { task, outcome: await agent.outcomeOf(task) }
}

/** As a provider under load answers when it wants to be asked again at once. */
const overloaded = failing(503, { retryAfterS: 0 })

describe('an llm task', () => {
  test('brings back the text, what it took and what it cost', async () => {
    agent.model.rewrite([text('Hi there', 'length')])
    const task = newTask()

    await agent.generate(task, {
      system: 'Be brief',
      prompt: '안녕?',
      temperature: 0.5,
      maxOutputTokens: 7,
    })

    // `Be brief`, a line feed and `안녕?` are 16 bytes: 4 tokens at 1 micro-dollar; 2 at 2 come back.
    const usage = { model: 'demo', inputTokens: 4, outputTokens: 2, costMicroUsd: 8 }
    expect(await agent.outcomeOf(task)).toEqual({
      status: 'succeeded',
      output: { text: 'Hi there', model: 'demo', finishReason: 'length' },
      usage,
      durationMs: expect.any(Number),
    })
    expect(agent.model.calls).toMatchObject([
      {
        model: 'demo',
        temperature: 0.5,
        max_tokens: 7,
        messages: [
          { role: 'system', content: 'Be brief' },
          { role: 'user', content: '안녕?' },
        ],
        headers: { authorization: 'Bearer sk-very-secret' },
      },
    ])
    expect(await agent.events(task)).toEqual([
      {
        version: 1,
        type: 'model.called',
        data: {
          runId: task.runId,
          nodeId: 'ask',
          workflowId: 'wf_1',
          attempt: 1,
          usage,
          finishReason: 'length',
          durationMs: expect.any(Number),
        },
      },
    ])
  })

  test('calls the model that it names, and counts one without a known price as the dearest', async () => {
    agent.model.rewrite([text('ok')])
    const task = newTask()

    await agent.generate(task, { model: 'my-own' })

    expect(await agent.outcomeOf(task)).toMatchObject({
      output: { model: 'my-own' },
      usage: { model: 'my-own', outputTokens: 1, costMicroUsd: 2 * 15 + 75 },
    })
  })

  test('is tried again after 429 and 503, and then succeeds', async () => {
    const { outcome } = await outcomeWith([rateLimited(0), overloaded, text('at last')])

    expect(outcome).toMatchObject({ status: 'succeeded', output: { text: 'at last' } })
    expect(agent.model.calls).toHaveLength(3)
  })

  test('fails after two more tries when the provider stays down', async () => {
    const { task, outcome } = await outcomeWith([overloaded, overloaded, overloaded])

    expect(outcome).toEqual(
      failure('model.unavailable', 'unavailable', expect.stringContaining('503'), 0),
    )
    expect(agent.model.calls).toHaveLength(3)
    expect(await agent.events(task)).toMatchObject([
      { type: 'model.call-failed', data: { model: 'demo', code: 'model.unavailable' } },
    ])
  })

  test('fails when the provider goes on asking to wait', async () => {
    const { outcome } = await outcomeWith(Array.from({ length: 9 }, () => rateLimited(0)))

    expect(outcome).toEqual(failure('model.rate-limited', 'rate-limited', expect.any(String), 0))
  })

  test.each([
    [400, 'length of the prompt'],
    [401, 'MODEL_API_KEY'],
    [403, 'MODEL_API_KEY'],
    [404, 'name of the model'],
  ])('is not tried again when it is refused with %i', async (status, hint) => {
    const { outcome } = await outcomeWith([failing(status, { message: 'bad key sk-very-secret' })])

    expect(outcome).toEqual(
      failure('model.refused-request', 'invalid', expect.stringContaining(hint)),
    )
    expect(agent.model.calls).toHaveLength(1)
  })

  test.each([
    ['the connection is lost', truncated()],
    ['it ends without a reason', truncated({ by: 'end' })],
  ])('is tried again when the answer breaks off: %s', async (_how, broken) => {
    const first = await outcomeWith([broken, text('whole')])
    const second = await outcomeWith([broken, broken, broken])

    expect(first.outcome).toMatchObject({ status: 'succeeded', output: { text: 'whole' } })
    expect(second.outcome).toEqual(failure('model.bad-response', 'unavailable'))
    expect(agent.model.calls).toHaveLength(3)
  })

  test.each([
    ['that broke off', truncated({ reportsUsage: true })],
    ['that ended early', truncated({ by: 'end', reportsUsage: true })],
  ])('pays for an answer %s, as far as the provider says what it took', async (_how, broken) => {
    const { outcome } = await outcomeWith([broken, text('whole')])

    // `Hello` is 2 tokens, twice; `The answer is` is 4, and `whole` 2.
    expect(outcome).toMatchObject({
      usage: { inputTokens: 4, outputTokens: 6, costMicroUsd: 4 + 2 * 6 },
    })
  })

  test('records what was used when it fails after all', async () => {
    const broken = truncated({ reportsUsage: true })
    const { task } = await outcomeWith([broken, broken, broken])

    const usage = { model: 'demo', inputTokens: 6, outputTokens: 12, costMicroUsd: 6 + 2 * 12 }
    expect(await agent.events(task)).toMatchObject([
      { type: 'model.call-failed', data: { code: 'model.bad-response', usage } },
    ])
  })

  test('fails when the provider says in the middle of its answer that something is wrong', async () => {
    const { outcome } = await outcomeWith([truncated({ by: 'error-event' })])

    expect(outcome).toEqual(failure('model.bad-response', 'unavailable'))
  })

  test.each([
    ['is garbage', garbage()],
    ['is broken JSON', invalidJson()],
  ])('fails when the answer %s', async (_what, reply) => {
    expect((await outcomeWith([reply])).outcome).toEqual(
      failure('model.bad-response', 'unavailable'),
    )
  })

  test('has an empty text when the model answers with nothing but tool calls', async () => {
    const { outcome } = await outcomeWith([toolCalls({ name: 'search', arguments: {} })])

    expect(outcome).toMatchObject({
      status: 'succeeded',
      output: { text: '', finishReason: 'tool-calls' },
    })
  })

  test.each([
    ['never begins', held(text('late'))],
    ['stops in the middle', stalled()],
  ])('fails when the answer %s within its time', async (_what, reply) => {
    const { outcome } = await outcomeWith([reply], 300)

    expect(outcome).toEqual(failure('model.timeout', 'timeout', expect.stringContaining('300 ms')))
  })

  test('tells nobody the key or the address of the provider', async () => {
    const outcomes = [
      await outcomeWith([failing(400, { message: `${agent.model.baseUrl} sk-very-secret` })]),
      await outcomeWith([garbage()]),
    ]

    const told = JSON.stringify(outcomes)
    expect(told).not.toContain('sk-very-secret')
    expect(told).not.toContain('127.0.0.1')
  })
})

describe('an installation', () => {
  let other: AgentUnderTest
  beforeEach(async () => {
    other = await startAgent({ MODEL_BASE_URL: '' })
  })
  afterEach(() => other.close())

  test('without a provider fails llm tasks with a hint', async () => {
    const task = newTask()
    await other.generate(task)

    expect(await other.outcomeOf(task)).toEqual(
      failure('model.not-configured', 'invalid', expect.stringContaining('MODEL_BASE_URL')),
    )
  })
})
