import { failing, garbage, invalidJson, text } from '@dure/scripted-model'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { agentRuns } from '../executions/testing/agent-runs.ts'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { newTask } from '../tasks/testing/task.ts'
import { piecesOf, worstOf } from './moderator.ts'

let agent: AgentUnderTest
let runs: ReturnType<typeof agentRuns>
beforeAll(async () => {
  agent = await startAgent({ MODEL_MODERATION: 'openai/omni-moderation-latest' })
  runs = agentRuns(agent)
})
afterAll(() => agent.close())
beforeEach(() => agent.model.rewriteModerations(() => undefined))

async function ask(rule: object, { input = 'Hello', says = 'Good day' } = {}) {
  const guardrails = [{ check: 'moderation', action: 'block', on: 'both', ...rule }]
  const id = await runs.published({ guardrails })
  agent.model.rewrite([text(says)])
  return (await runs.start(id, { mode: 'wait', waitMs: 40_000, input })).json()
}

describe('an agent that is moderated', () => {
  test('answers what nothing is wrong with, and shows the key of its provider to nobody else', async () => {
    const seen: unknown[] = []
    agent.model.rewriteModerations((request) => {
      seen.push(request)
      return undefined
    })
    expect(await ask({})).toMatchObject({ status: 'succeeded', output: 'Good day' })
    expect(seen).toEqual([
      { model: 'omni-moderation-latest', input: ['Hello'] },
      { model: 'omni-moderation-latest', input: ['Good day'] },
    ])
  })

  test('is not asked what nobody should ask', async () => {
    const run = await ask({ on: 'input' }, { input: 'VIOLENCE, please' })
    expect(run).toMatchObject({ status: 'failed', error: { code: 'guardrail.blocked' } })
    expect(run.error.message).toContain('violence')
    expect(agent.model.calls).toHaveLength(0)
  })

  test('does not say what nobody should hear, and what it cost is kept', async () => {
    const run = await ask({ on: 'output' }, { says: 'HATE is all' })
    expect(run).toMatchObject({ status: 'failed', error: { code: 'guardrail.blocked' } })
    expect(run.usage.costMicroUsd).toBeGreaterThan(0)
    expect(JSON.stringify(run)).not.toContain('HATE')
  })

  test('may say what does not come to the thresholds of its rule, or what is only flagged', async () => {
    const says = 'HATE and VIOLENCE'
    const thresholds = { config: { categories: { hate: 0.95, sexual: 0.5 } } }
    expect(await ask(thresholds, { says })).toMatchObject({ status: 'succeeded' })
    expect(await ask({ action: 'flag' }, { says })).toMatchObject({ output: says })
  })

  test.each([
    ['answers with garbage', garbage()],
    ['answers with half of an answer', invalidJson()],
    ['says no', failing(401)],
  ])(
    'lets nothing pass when the one that moderates %s, unless its rule says so',
    async (_how, reply) => {
      agent.model.rewriteModerations(() => reply)
      expect(await ask({ on: 'input' })).toMatchObject({
        status: 'failed',
        error: { code: 'moderation.unavailable', class: 'unavailable' },
      })
      const lenient = { on: 'input', config: { onUnavailable: 'pass' } }
      expect(await ask(lenient)).toMatchObject({ status: 'succeeded' })
    },
  )

  test('is moderated when a failure passes', async () => {
    let asked = 0
    agent.model.rewriteModerations(() => (asked++ === 0 ? failing(503) : undefined))
    expect(await ask({ on: 'input' })).toMatchObject({ status: 'succeeded' })
    expect(asked).toBe(2)
  })

  test('may only be given rules that can be checked', async () => {
    const guardrails = [{ check: 'moderation', action: 'redact', on: 'both' }]
    const body = { name: 'wrong', definition: { instructions: 'x', guardrails } }
    const refused = await runs.call('POST', '/v1/agents', { body })
    expect([refused.statusCode, refused.json().code]).toEqual([400, 'agent.invalid'])
  })
})

describe('an agent whose moderation is paid for', () => {
  let paid: AgentUnderTest
  let its: ReturnType<typeof agentRuns>
  beforeAll(async () => {
    const of = (host: string) => ({
      MODEL_PROVIDERS: JSON.stringify([
        {
          ...{ name: 'mod', kind: 'openai-compatible', baseUrl: `${host}/v1`, apiKey: 'x' },
          models: [{ id: 'omni-moderation-latest', inputMicroUsd: 1_000_000_000 }],
        },
      ]),
    })
    paid = await startAgent({ MODEL_MODERATION: 'mod/omni-moderation-latest' }, of)
    its = agentRuns(paid)
  })
  afterAll(() => paid.close())

  async function costOf(guardrails: object[], says = 'Good day') {
    const id = await its.published({ model: 'openai/demo', guardrails })
    paid.model.rewrite([text(says)])
    const run = (await its.start(id, { mode: 'wait', waitMs: 40_000 })).json()
    return { run, cost: run.usage.costMicroUsd, steps: await its.steps(run.id) }
  }

  test('has that among the costs of its execution, whether it may speak or not', async () => {
    const rule = { check: 'moderation', action: 'block' }
    const free = (await costOf([])).cost
    const input = (await costOf([{ ...rule, on: 'input' }])).cost
    const both = await costOf([{ ...rule, on: 'both' }])
    expect(input).toBeGreaterThan(free)
    expect(both.cost).toBeGreaterThan(input)
    expect(both.steps[0]?.usage).toMatchObject({ costMicroUsd: both.cost })

    const refused = await costOf([{ ...rule, on: 'both' }], 'HATE day')
    expect(refused.run).toMatchObject({ status: 'failed', error: { code: 'guardrail.blocked' } })
    expect(refused.cost).toBe(both.cost)
  })
})

test('what is only flagged, or redacted, is told with the step, without the words', async () => {
  const guardrails = [
    { check: 'pii', action: 'flag', on: 'input' },
    { check: 'pii', action: 'redact', on: 'output' },
    { check: 'moderation', action: 'flag', on: 'both' },
  ]
  const id = await runs.published({ guardrails })
  agent.model.rewrite([text('VIOLENCE at 010-1234-5678')])
  const input = 'Call 010-8765-4321 or 010-8765-4322'
  const run = (await runs.start(id, { mode: 'wait', waitMs: 40_000, input })).json()
  expect(run).toMatchObject({ status: 'succeeded', output: 'VIOLENCE at [phone]' })
  const [step] = await runs.steps(run.id)
  expect(step?.findings).toEqual([
    { check: 'pii', kind: 'phone', action: 'flag', on: 'input', count: 2 },
    { check: 'pii', kind: 'phone', action: 'redact', on: 'output', count: 1 },
    { check: 'moderation', kind: 'violence', action: 'flag', on: 'output', count: 1 },
  ])
})

describe('the node of a workflow', () => {
  const check = async (input: string, config: object = {}) => {
    const task = newTask()
    const rules = [
      { check: 'pii' as const, action: 'redact' as const },
      { check: 'moderation' as const, action: 'block' as const, config: { ...config } },
    ]
    await agent.checkText(task, { text: input, rules })
    return agent.outcomeOf(task, { timeoutMs: 30_000 })
  }

  test('is told what was found, by whomever', async () => {
    expect(await check('VIOLENCE at 010-1234-5678')).toMatchObject({
      status: 'succeeded',
      output: {
        text: 'VIOLENCE at [phone]',
        findings: [{ check: 'moderation', kind: 'violence', end: 25 }, { kind: 'phone' }],
        ...{ count: 2, blocked: true },
      },
      usage: { model: 'omni-moderation-latest', costMicroUsd: 0 },
    })
    expect(await check('Good day')).toMatchObject({ output: { count: 0, blocked: false } })
  })

  test('fails when nobody moderates, unless its rule says otherwise', async () => {
    agent.model.rewriteModerations(() => failing(401))
    const error = { code: 'moderation.unavailable', class: 'unavailable' }
    expect(await check('Good day')).toMatchObject({ status: 'failed', error })
    expect(await check('Good day', { onUnavailable: 'pass' })).toMatchObject({
      output: { blocked: false },
    })
  })
})

test('where nobody moderates, nothing passes', async () => {
  const other = await startAgent()
  onTestFinished(() => other.close())
  const its = agentRuns(other)
  const guardrails = [{ check: 'moderation', action: 'flag', on: 'input' }]
  const id = await its.published({ model: 'openai/demo', guardrails })
  const run = (await its.start(id, { mode: 'wait' })).json()
  expect(run).toMatchObject({ status: 'failed', error: { code: 'moderation.not-configured' } })
  expect(other.model.calls).toHaveLength(0)
})

test('a long text is looked at in pieces, none of which is cut in the middle of a character', () => {
  const pieces = piecesOf(['😀'.repeat(10_000), '', ' '])
  expect(pieces.length).toBe(3)
  expect(pieces.every((piece) => piece.isWellFormed() && piece.length <= 8000)).toBe(true)
  const one = { scores: { hate: 0.1 }, flagged: [] }
  const other = { scores: { hate: 0.3, violence: 0.9 }, flagged: ['violence'] }
  expect(worstOf([one, other])).toEqual({
    scores: { hate: 0.3, violence: 0.9 },
    flagged: ['violence'],
  })
})
