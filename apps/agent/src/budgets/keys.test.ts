import {
  agentQueue,
  type Caller,
  type OutgoingMessage,
  outgoing,
  type TaskRef,
} from '@dure/contracts'
import { testTenant } from '@dure/platform/testing'
import { text } from '@dure/scripted-model'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { agentRuns } from '../executions/testing/agent-runs.ts'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { newTask } from '../tasks/testing/task.ts'
import { paidProvider } from './testing/paid-provider.ts'

const PATIENCE = { timeoutMs: 40_000 }
const LIMIT_MICRO_USD = 2000

let agent: AgentUnderTest
let runs: ReturnType<typeof agentRuns>
beforeAll(async () => {
  agent = await startAgent({ MODEL_MODERATION: 'paid/guard', MODEL_DEFAULT: 'demo' }, paidProvider)
  runs = agentRuns(agent)
})
afterAll(async () => {
  expect((await agent.pool.query('SELECT * FROM ledger_faults()')).rows).toEqual([])
  await agent.close()
})

let keys = 0
/** A key that may spend a little, and what nodes of its runs say of whom they are for. */
async function poorKey() {
  keys += 1
  const keyId = `key_poor${keys}`
  const body = { scope: 'key', subjectId: keyId, limitMicroUsd: LIMIT_MICRO_USD }
  const created = await runs.call('POST', '/v2/budgets', { body })
  expect(created.statusCode, created.body).toBe(201)
  const { id } = created.json()
  const caller: Caller = { principals: [`user:${keyId}`, `key:${keyId}`], seesAll: false }
  const spent = async () =>
    (await runs.call('GET', `/v2/budgets/${id}`)).json().current.spentMicroUsd as number
  const entries = async () => (await runs.call('GET', `/v2/budgets/${id}/ledger`)).json().data
  return { keyId, caller, spent, entries }
}

type Node = (task: TaskRef, caller: Caller) => OutgoingMessage

const llm: Node = (task, caller) =>
  outgoing(agentQueue, 'task.generate-text', {
    ...{ task, caller, input: { prompt: 'Hello '.repeat(60), maxOutputTokens: 100 } },
  })
const extract: Node = (task, caller) => {
  const responseSchema = { type: 'object', properties: { city: { type: 'string' } } }
  const input = { prompt: 'Hello '.repeat(60), maxOutputTokens: 100, responseSchema }
  return outgoing(agentQueue, 'task.generate-text', { task, caller, input })
}
const check: Node = (task, caller) =>
  outgoing(agentQueue, 'task.check-text', {
    ...{ task, caller },
    input: { text: 'Hello '.repeat(60), rules: [{ check: 'moderation', action: 'block' }] },
  })

/** So many are made that a key without a limit would spend a multiple of it. */
async function untilRefused(node: Node, caller: Caller): Promise<unknown> {
  for (let tries = 0; tries < 40; tries += 1) {
    const task = newTask()
    await agent.send(node(task, caller))
    const outcome = await agent.outcomeOf(task, PATIENCE)
    if (outcome.status === 'failed') return outcome.error.code
  }
  return 'never refused'
}

describe('a key with little money cannot spend more', () => {
  test.each<[string, Node]>([
    ['by models that nodes ask', llm],
    ['by models that give an object', extract],
    ['by checks of texts', check],
  ])('%s', async (_what, node) => {
    const key = await poorKey()
    agent.model.rewrite(() => text('{"city":"Busan"}'))
    expect(await untilRefused(node, key.caller)).toBe('budget.exceeded')
    expect(await key.spent()).toBeLessThanOrEqual(LIMIT_MICRO_USD)
    expect(await key.spent()).toBeGreaterThan(0)
    const [{ runId }] = await key.entries()
    expect(runId).toMatch(/^run_/)
  })

  test('by the members of a team', async () => {
    const key = await poorKey()
    const agentId = await runs.published({
      instructions: 'Count. '.repeat(60),
      maxOutputTokens: 100,
    })
    const members = [1, 2, 3, 4, 5, 6, 7, 8].map((at) => ({ name: `ann${at}`, agentId }))
    const body = { name: 'poor', definition: { pattern: 'sequential', members } }
    await runs.call('POST', '/v1/agent-teams', { body })
    agent.model.rewrite(() => text('done'))
    const team: Node = (task, caller) =>
      outgoing(agentQueue, 'task.run-team', { task, caller, input: { team: 'poor', input: 'Go' } })
    expect(await untilRefused(team, key.caller)).not.toBe('never refused')
    expect(await key.spent()).toBeLessThanOrEqual(LIMIT_MICRO_USD)
    expect(await key.spent()).toBeGreaterThan(0)
  })
})

test('what runs for an agent is paid by the agent, by its key, and by the run that all of it began with', async () => {
  const key = await poorKey()
  const spender = { runId: `exe_${'7'.repeat(32)}`, agentId: `agt_${'7'.repeat(32)}` }
  const body = { scope: 'run', limitMicroUsd: 1_000_000 }
  const ofRun = (await runs.call('POST', '/v2/budgets', { body })).json().id
  agent.model.rewrite(() => text('Hi'))
  const task = newTask()
  await agent.send(llm(task, { ...key.caller, spender: { ...spender, keyId: key.keyId } }))
  expect(await agent.outcomeOf(task)).toMatchObject({ status: 'succeeded' })

  expect((await key.entries())[0]).toMatchObject({ ...spender, keyId: key.keyId })
  const entries = (await runs.call('GET', `/v2/budgets/${ofRun}/ledger`)).json().data
  expect(entries[0]).toMatchObject({ kind: 'settle', runId: spender.runId })
  await runs.call('DELETE', `/v2/budgets/${ofRun}`)
})

test('a message of an older workflow, which names nobody, is paid by its project', async () => {
  const key = await poorKey()
  agent.model.rewrite(() => text('Hi'))
  const task = newTask({ tenant: testTenant() })
  await agent.generate(task)
  expect(await agent.outcomeOf(task)).toMatchObject({ status: 'succeeded' })
  expect(await key.spent()).toBe(0)
})
