import {
  held,
  type ModelCall,
  type Reply,
  type ScriptedModel,
  startScriptedModel,
  text,
  toolCalls,
} from '@dure/scripted-model'
import OpenAI from 'openai'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { inARow } from './graphs.ts'
import { DOORS } from './money-doors.ts'
import { publishWorkflow, type System, startTestSystem, until } from './system.ts'

// Processes are started here, on machines that may be slow.
vi.setConfig({ testTimeout: 120_000 })

/** 0.01 US dollars. */
const LIMIT_MICRO_USD = 10_000
const LONG = 'Count on. '.repeat(400)

let model: ScriptedModel
let system: System
let agentBooks: pg.Client
/** Of the whole project, with more money than anybody needs. */
let whole: string
beforeAll(async () => {
  model = await startScriptedModel()
  // A token is a micro-dollar.
  const price = { inputMicroUsd: 1_000_000, outputMicroUsd: 1_000_000 }
  const models = [{ id: 'small', ...price }]
  const priced = { name: 'priced', kind: 'openai-compatible', baseUrl: model.baseUrl, models }
  system = await startTestSystem({
    agent: {
      ...{ MODEL_PROVIDERS: JSON.stringify([priced]), MODEL_DEFAULT: 'priced/small' },
      ...{ MODEL_EMBEDDING: 'priced/vectors', LEASE_MS: '1000' },
    },
  })
  agentBooks = new pg.Client({ connectionString: system.databaseUrls.agent })
  await agentBooks.connect()
  whole = (await call<Made>('POST', '/v2/budgets', PLENTY)).id
  // That an organization has no budget at all is believed for a second.
  await publishWorkflow(system, asking, 'asks')
  await publishWorkflow(system, extracting, 'extracts')
}, 240_000)
afterAll(async () => {
  await agentBooks?.end()
  await system?.close()
  await model?.close()
})

interface Made {
  readonly id: string
}
interface Key extends Made {
  readonly key: string
}
interface Balance {
  readonly reservedMicroUsd: number
  readonly spentMicroUsd: number
}
interface AgentRun extends Made {
  readonly status: string
  readonly steps: number
  readonly partial: string | null
  readonly error: { readonly code: string } | null
  readonly usage: { readonly costMicroUsd: number }
}

const PLENTY = { scope: 'project', limitMicroUsd: 1_000_000_000 }
const asking = inARow(
  [{ id: 'ask', type: 'llm', config: { prompt: LONG, maxOutputTokens: 100 } }],
  { answer: '{{ nodes.ask.data.text }}' },
)
const responseSchema = { type: 'object', properties: { city: { type: 'string' } } }
const extracting = inARow([
  { id: 'ask', type: 'llm', config: { prompt: LONG, maxOutputTokens: 100, responseSchema } },
])

async function call<Body>(method: string, path: string, body?: unknown): Promise<Body> {
  const answer = await system.call<Body>(method, path, body)
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
  return answer.body
}

const balanceOf = async (id: string) =>
  (await call<{ current: Balance }>('GET', `/v2/budgets/${id}`)).current

/** A key, and a budget of its own. */
async function poorKey(name: string) {
  const scopes = ['runs:write', 'runs:read', 'agents:read', 'agents:write', 'workflows:read']
  const made = await call<Key>('POST', '/v1/api-keys', { name, scopes })
  const budget = { scope: 'key', subjectId: made.id, limitMicroUsd: LIMIT_MICRO_USD }
  const { id } = await call<Made>('POST', '/v2/budgets', budget)
  return {
    key: made.key,
    budget: id,
    balance: () => balanceOf(id),
    ask: async <Body>(path: string, body: unknown): Promise<Body> => {
      const { key } = made
      const headers = { authorization: `Bearer ${key}` }
      const answer = await system.call<Body>('POST', path, body, headers)
      expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
      return answer.body
    },
  }
}

async function publishAgent(name: string, definition: object): Promise<string> {
  const { id } = await call<Made>('POST', '/v1/agents', { name, definition })
  await call('POST', `/v1/agents/${id}/versions`)
  await call('POST', `/v1/agents/${id}/versions/1/publish`)
  return id
}

const faults = async () => (await agentBooks.query('SELECT * FROM ledger_faults()')).rows

/** It has said something beside its first calls, and nothing since. */
function goOn({ messages }: ModelCall): Reply {
  const asked = messages.filter(({ role }) => role === 'tool').length
  const calls = toolCalls({ name: 'calculator', arguments: { expression: '1 + 1' } })
  return asked < 2 ? Object.assign(calls, { text: `Counted to ${asked}` }) : calls
}

test('11: an agent in a loop stops before its key has spent more than 0.01 dollars, and the books are right', async () => {
  const id = await publishAgent('counter', {
    ...{ instructions: LONG, tools: [{ tool: 'calculator' }], maxOutputTokens: 200 },
    limits: { maxSteps: 200, maxCostMicroUsd: 1_000_000 },
  })
  const poor = await poorKey('looping')
  model.rewrite(goOn)
  const run = await poor.ask<AgentRun>(`/v1/agents/${id}/runs`, { input: 'Count', mode: 'wait' })

  expect(run).toMatchObject({
    ...{ status: 'failed', error: { code: 'budget.exceeded' } },
    partial: 'Counted to 1',
  })
  expect(run.steps).toBeGreaterThan(2)
  expect(run.usage.costMicroUsd).toBeLessThanOrEqual(LIMIT_MICRO_USD)
  expect(await poor.balance()).toMatchObject({
    ...{ reservedMicroUsd: 0, spentMicroUsd: run.usage.costMicroUsd },
  })
  const { rows } = await agentBooks.query(
    `SELECT data FROM events WHERE type = 'budget.exceeded' AND data ->> 'budgetId' = $1`,
    [poor.budget],
  )
  expect(rows).toMatchObject([{ data: { scope: 'key', spentMicroUsd: run.usage.costMicroUsd } }])
  expect(await faults()).toEqual([])
})

describe('a key spends no more than it may', () => {
  beforeAll(async () => {
    const definition = { instructions: LONG, maxOutputTokens: 100 }
    const agentId = await publishAgent('member', definition)
    const members = [{ name: 'ann', agentId }]
    const team = { name: 'desk', definition: { pattern: 'sequential', members } }
    await call('POST', '/v1/agent-teams', team)
    const node = { id: 'meet', type: 'multi_agent', config: { team: 'desk', input: 'Go' } }
    await publishWorkflow(system, inARow([node]), 'meets')
  })

  test.each(Object.entries(DOORS))('through %s', async (name, door) => {
    const poor = await poorKey(name)
    model.rewrite(() => text('{"city":"Busan"}'))
    let tries = 0
    while (!(await door(system, poor.key))) {
      tries += 1
      expect(tries, 'the key never ran out of money').toBeLessThan(40)
    }
    const { reservedMicroUsd, spentMicroUsd } = await poor.balance()
    expect(reservedMicroUsd).toBe(0)
    expect(spentMicroUsd).toBeGreaterThan(0)
    expect(spentMicroUsd).toBeLessThanOrEqual(LIMIT_MICRO_USD)
    expect(await faults()).toEqual([])
  })
})

test('what an agent lets a workflow do is paid by the agent, and stops at what its execution may cost', async () => {
  const tools = [{ tool: 'run_workflow', config: { workflow: 'asks' }, approval: 'never' }]
  const id = await publishAgent('delegator', {
    ...{ instructions: 'Let it be done.', tools, maxOutputTokens: 100 },
    limits: { maxCostMicroUsd: 1000 },
  })
  const poor = await poorKey('delegating')
  model.rewrite((asked) =>
    Array.isArray(asked.tools) && asked.tools.length > 0
      ? toolCalls({ name: 'run_workflow', arguments: { input: {} } })
      : text('done'),
  )
  const path = `/v1/agents/${id}/runs`
  const run = await poor.ask<AgentRun>(path, { input: 'Go', mode: 'wait', waitMs: 40_000 })
  expect(run).toMatchObject({ status: 'failed', error: { code: 'agent.max-cost' } })
  expect(run.usage.costMicroUsd).toBe((await poor.balance()).spentMicroUsd)
  const { data } = await call<{ data: { runId: string; agentId: string }[] }>(
    'GET',
    `/v2/budgets/${poor.budget}/ledger?limit=100`,
  )
  const paid = data.filter(({ runId }) => runId !== null)
  expect(new Set(paid.map(({ runId, agentId }) => `${runId} ${agentId}`))).toEqual(
    new Set([`${run.id} ${id}`]),
  )
})

test('the sum of the costs is what the ledger has spent, whatever it was spent for', async () => {
  model.rewrite(() => text('no draft'))
  await system.call('POST', '/v1/ai/workflows:generate', { description: '매일 요약해 줘' })
  const client = new OpenAI({ baseURL: `${system.url}/openai/v1`, apiKey: system.apiKey })
  await client.embeddings.create({ model: 'priced/vectors', input: ['환불', 'refund'] })

  // Its process dies while a model answers: nobody will settle that, and it is asked again.
  const slow = held(text('late'))
  let isAsked = false
  model.rewrite(() => {
    isAsked = true
    return slow
  })
  const id = await publishAgent('slow', { instructions: 'Be brief.', maxOutputTokens: 100 })
  const run = await call<AgentRun>('POST', `/v1/agents/${id}/runs`, { input: 'Go' })
  await until(() => isAsked, 'the model is asked')
  await system.end('agent', 'SIGKILL')
  slow.release()
  model.rewrite(() => text('done'))
  await agentBooks.query(`UPDATE reservation SET deadline = now() WHERE state = 'reserved'`)
  await system.start('agent')
  await until(async () => {
    const { status } = await call<AgentRun>('GET', `/v1/agent-runs/${run.id}`)
    return status === 'succeeded'
  }, 'the agent has answered')

  interface Costs {
    readonly totals: { readonly costMicroUsd: number; readonly modelCalls: number }
    readonly data: readonly { readonly key: string }[]
  }
  let seen = {}
  await until(
    async () => {
      const { totals } = await call<Costs>('GET', '/v1/costs')
      const { spentMicroUsd, reservedMicroUsd } = await balanceOf(whole)
      seen = { totals, spentMicroUsd, reservedMicroUsd }
      return reservedMicroUsd === 0 && totals.costMicroUsd === spentMicroUsd
    },
    `the costs are what was spent: ${JSON.stringify(seen)}`,
  )
  const { data } = await call<Costs>('GET', '/v1/costs?groupBy=workflow')
  const keys = data.map(({ key }) => key)
  expect(keys).toEqual(expect.arrayContaining([id, 'direct', 'helper']))
  const { rows } = await agentBooks.query(`SELECT FROM ledger_entry WHERE kind = 'expire'`)
  expect(rows.length).toBeGreaterThan(0)
  expect(await faults()).toEqual([])
})
