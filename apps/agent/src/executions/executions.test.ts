import { eventually, testTenant } from '@dure/platform/testing'
import {
  failing,
  halting,
  held,
  type Reply,
  text,
  toolCalls,
  truncated,
} from '@dure/scripted-model'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { agentRuns } from './testing/agent-runs.ts'

let agent: AgentUnderTest
let runs: ReturnType<typeof agentRuns>
beforeAll(async () => {
  agent = await startAgent()
  runs = agentRuns(agent)
})
afterAll(() => agent.close())

const sum = (expression: string) => ({ name: 'calculator', arguments: { expression } })
const calculates = { tools: [{ tool: 'calculator' }] }
const asksFirst = { tools: [{ tool: 'calculator', approval: 'always' }] }

async function waitFor(definition: object, script: Reply[], body: object = {}) {
  const id = await runs.published(definition)
  agent.model.rewrite(script)
  return runs.start(id, { mode: 'wait', ...body })
}

describe('an execution', () => {
  test('answers with what the model says, and what it took', async () => {
    const response = await waitFor({}, [text('Good day')])
    expect(response.statusCode).toBe(200)
    expect(response.json()).toMatchObject({
      id: expect.stringMatching(/^exe_[0-9a-f]{32}$/),
      status: 'succeeded',
      output: 'Good day',
      partial: null,
      error: null,
      steps: 1,
      usage: { inputTokens: expect.any(Number), costMicroUsd: expect.any(Number) },
      startedBy: 'key_test',
    })
    expect(response.json().usage.costMicroUsd).toBeGreaterThan(0)
    expect(agent.model.calls[0]?.messages).toMatchObject([
      { role: 'system', content: 'You are brief.' },
      { role: 'user', content: 'Hello' },
    ])
  })

  test('calls tools until the model has its answer, and tells it their results in order', async () => {
    const script = [toolCalls(sum('1 + 2'), sum('3 * 4')), toolCalls(sum('5 - 6')), text('done')]
    const run = (await waitFor(calculates, script)).json()
    expect(run).toMatchObject({ status: 'succeeded', output: 'done', steps: 3 })
    const told = agent.model.calls[2]?.messages.filter(({ role }) => role === 'tool')
    expect(told?.map(({ content }) => content)).toEqual([
      '{"result":3}',
      '{"result":12}',
      '{"result":-1}',
    ])
    expect(await runs.steps(run.id)).toMatchObject([
      { kind: 'model-call', step: 1, usage: { model: 'demo' } },
      { kind: 'tool-call', step: 1, tool: 'calculator', status: 'succeeded' },
      { kind: 'tool-call', step: 1, tool: 'calculator', status: 'succeeded' },
      { kind: 'model-call', step: 2 },
      { kind: 'tool-call', step: 2, output: { result: -1 } },
      { kind: 'model-call', step: 3, text: 'done' },
    ])
  })

  test('tells the model what was wrong with a call, and goes on', async () => {
    const wrong = { name: 'calculator', arguments: { formula: 1 } }
    const script = [toolCalls({ name: 'no_such', arguments: {} }, wrong), text('sorry')]
    const run = (await waitFor(calculates, script)).json()
    expect(run).toMatchObject({ status: 'succeeded', output: 'sorry' })
    expect(await runs.steps(run.id)).toMatchObject([
      { kind: 'model-call' },
      { status: 'failed', tool: 'no_such', error: { code: 'tool.unknown' } },
      { status: 'failed', error: { code: 'tool.invalid-arguments' } },
      { kind: 'model-call' },
    ])
  })

  test('of a model that never stops ends at its limit of steps', async () => {
    const id = await runs.published({ ...calculates, limits: { maxSteps: 4 } })
    agent.model.rewrite(() => toolCalls(sum('1 + 1')))
    const run = (await runs.start(id, { mode: 'wait' })).json()
    expect(run).toMatchObject({ status: 'failed', steps: 4, error: { code: 'agent.max-steps' } })
    expect(agent.model.calls).toHaveLength(4)
    const lower = (await runs.start(id, { mode: 'wait', limits: { maxSteps: 1 } })).json()
    expect(lower).toMatchObject({ steps: 1, error: { code: 'agent.max-steps' } })
  })

  test.each([
    ['maxTokens', 10, 'agent.max-tokens'],
    ['maxCostMicroUsd', 5, 'agent.max-cost'],
  ])('that needs more than its %s ends', async (name, limit, code) => {
    const script = [toolCalls(sum('1 + 1')), text('never asked for')]
    const run = (await waitFor({ ...calculates, limits: { [name]: limit } }, script)).json()
    const error = { code, class: 'rejected' }
    expect(run).toMatchObject({ status: 'failed', steps: 0, error })
    expect(agent.model.calls).toHaveLength(0)
  })

  test.each([
    ['maxTokens', 'agent.max-tokens'],
    ['maxCostMicroUsd', 'agent.max-cost'],
  ])(
    'is told to be as brief as its %s allow, and fails with what it said when it is cut',
    async (name, code) => {
      const limits = { [name]: 500 }
      const cut = (await waitFor({ limits }, [text('As far as it', 'length')])).json()
      const allowed = Object(agent.model.calls[0]).max_tokens
      expect(allowed).toBeGreaterThanOrEqual(64)
      expect(allowed).toBeLessThan(500)
      expect(cut).toMatchObject({ status: 'failed', error: { code }, partial: 'As far as it' })
      expect(cut.usage.costMicroUsd).toBeGreaterThan(0)
      const whole = (await waitFor({ limits }, [text('It fits')])).json()
      expect(whole).toMatchObject({ status: 'succeeded', output: 'It fits' })
    },
  )

  test('of a model that fails keeps what it had said, and what was paid', async () => {
    const broken = () => truncated({ reportsUsage: true, retryAfterS: 0 })
    const run = (await waitFor({}, [broken(), broken(), broken()])).json()
    expect(run).toMatchObject({ status: 'failed', error: { code: 'model.bad-response' } })
    expect(run.partial).toContain('The answer')
    expect(run.usage.costMicroUsd).toBeGreaterThan(0)
    const refused = (await waitFor({}, [failing(400)])).json()
    expect(refused).toMatchObject({ status: 'failed', error: { code: 'model.refused-request' } })
  })

  test('is cancelled in the middle of an answer', async () => {
    const id = await runs.published()
    const halt = halting('one two three four')
    agent.model.rewrite([halt])
    const { id: runId } = (await runs.start(id)).json()
    await eventually(() => expect(agent.model.calls).toHaveLength(1))
    const cancelled = await runs.call('POST', `/v1/agent-runs/${runId}/cancel`)
    expect(cancelled.statusCode).toBe(202)
    const run = await runs.until(runId, 'cancelled')
    expect(run.error).toBeNull()
    halt.release()
    expect((await runs.call('POST', `/v1/agent-runs/${runId}/cancel`)).json().status).toBe(
      'cancelled',
    )
  })

  test('takes as long as it may, and no longer', async () => {
    const stuck = held(text('too late'))
    const run = (await waitFor({}, [stuck], { limits: { timeoutMs: 1000 } })).json()
    stuck.release()
    expect(run).toMatchObject({ status: 'failed', error: { code: 'agent.timed-out' } })
  })

  test('is started once when it is sent again with its Idempotency-Key', async () => {
    const id = await runs.published()
    agent.model.rewrite(() => text('once'))
    const headers = { 'idempotency-key': 'k1' }
    const first = await runs.start(id, { mode: 'wait' }, { headers })
    const again = await runs.start(id, { mode: 'wait' }, { headers })
    expect([again.statusCode, again.body]).toEqual([200, first.body])
    expect(agent.model.calls).toHaveLength(1)
  })

  test('of somebody else is not there', async () => {
    const { id } = (await waitFor({}, [text('mine')])).json()
    const tenant = testTenant('2')
    for (const [method, path] of [
      ['GET', ''],
      ['GET', '/steps'],
      ['GET', '/events'],
      ['POST', '/cancel'],
      ['POST', '/approvals/c1_0'],
    ] as const) {
      const body = path.startsWith('/approvals') ? { body: { decision: 'approve' } } : {}
      const answer = await runs.call(method, `/v1/agent-runs/${id}${path}`, { tenant, ...body })
      expect([path, answer.statusCode]).toEqual([path, 404])
    }
    expect((await runs.call('GET', '/v1/agent-runs', { tenant })).json().data).toEqual([])
    const foreign = await runs.published()
    expect((await runs.start(foreign, {}, { tenant })).json().code).toBe('agent.not-found')
  })

  test('goes on after Redis was wiped', async () => {
    const id = await runs.published(calculates)
    const first = held(toolCalls(sum('1 + 1')))
    agent.model.rewrite([first, text('still here')])
    const { id: runId } = (await runs.start(id)).json()
    await eventually(() => expect(agent.model.calls).toHaveLength(1))
    await agent.wipeRedis()
    first.release()
    expect(await runs.until(runId, 'succeeded')).toMatchObject({ output: 'still here' })

    const lost = await runs.published()
    agent.model.rewrite(() => text('found'))
    const other = (await runs.start(lost)).json()
    await agent.wipeRedis()
    expect(await runs.until(other.id, 'succeeded')).toMatchObject({ output: 'found' })
  })
})

describe('a call that a person decides on', () => {
  async function waiting(reply: Reply) {
    const id = await runs.published(asksFirst)
    agent.model.rewrite([reply, text('the end')])
    const { id: runId } = (await runs.start(id)).json()
    return runs.until(runId, 'waiting')
  }
  const decide = (id: string, callId: string, body: object) =>
    runs.call('POST', `/v1/agent-runs/${id}/approvals/${callId}`, { body })

  test('is made when it is approved, once', async () => {
    const run = await waiting(toolCalls(sum('20 + 2')))
    const [pending] = run.pendingApprovals
    expect(pending).toMatchObject({ callId: 'c1_0', input: { expression: '20 + 2' } })
    const other = await decide(run.id, 'c1_0', { decision: 'approve', hash: 'a'.repeat(64) })
    expect([other.statusCode, other.json().code]).toEqual([409, 'agent-approval.changed'])
    const none = await decide(run.id, 'c1_1', { decision: 'approve' })
    expect(none.json().code).toBe('agent-approval.not-found')

    const decided = await decide(run.id, 'c1_0', { decision: 'approve', hash: pending?.hash })
    expect(decided.statusCode).toBe(202)
    expect(await runs.until(run.id, 'succeeded')).toMatchObject({ output: 'the end' })
    expect((await decide(run.id, 'c1_0', { decision: 'reject' })).statusCode).toBe(404)
    expect(await runs.steps(run.id)).toMatchObject([
      { kind: 'model-call' },
      { kind: 'approval-request', callId: 'c1_0' },
      { kind: 'approval', decision: 'approve', decidedBy: 'key_test' },
      { kind: 'tool-call', output: { result: 22 } },
      { kind: 'model-call' },
    ])
  })

  test('is not made when it is refused: the model is told', async () => {
    const run = await waiting(toolCalls(sum('1 / 3'), sum('2 / 3')))
    expect(run.pendingApprovals).toHaveLength(2)
    await decide(run.id, 'c1_0', { decision: 'reject', reason: 'No thirds' })
    await decide(run.id, 'c1_1', { decision: 'approve' })
    await runs.until(run.id, 'succeeded')
    const told = agent.model.calls[1]?.messages.filter(({ role }) => role === 'tool')
    expect(told?.map(({ content }) => content)).toEqual([
      'tool.rejected: A person has refused this call: No thirds',
      expect.stringContaining('0.66'),
    ])
  })

  test('can be cancelled while it waits', async () => {
    const run = await waiting(toolCalls(sum('1 + 1')))
    await runs.call('POST', `/v1/agent-runs/${run.id}/cancel`)
    await runs.until(run.id, 'cancelled')
  })
})
