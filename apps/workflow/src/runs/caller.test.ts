import { type Caller, callerOf, type Identity, SCOPES } from '@dure/contracts'
import { eventually } from '@dure/platform/testing'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { chatGraph } from '../doors/testing/graphs.ts'
import { mcpClient } from '../doors/testing/mcp-client.ts'
import { openAiClient } from '../doors/testing/openai-client.ts'
import { type Harness, startHarness, succeeded } from '../testing/harness.ts'

let harness: Harness
let database: pg.Client
beforeAll(async () => {
  harness = await startHarness()
  database = new pg.Client({ connectionString: harness.databaseUrl })
  await database.connect()
})
afterAll(async () => {
  await database.end()
  await harness.close()
})
beforeEach(() => {
  harness.deliveries.clear()
  harness.answer = () => undefined
})

const ANA = { principalId: 'usr_ana', roles: ['viewer'] }
const BO = {
  principalId: 'usr_bo',
  scopes: SCOPES.filter((scope) => scope !== 'knowledge:read-all'),
}
const asCaller = (who: Partial<Identity>) => callerOf({ ...harness.caller.identity, ...who })

const searching = (policy: object = {}) => ({
  nodes: [
    { id: 'start', type: 'start', config: {} },
    {
      id: 'find',
      type: 'retrieve',
      config: {
        knowledgeBaseIds: [`kb_${'5'.repeat(32)}`],
        query: 'refunds',
        onBehalfOf: { user: '{{ input.user }}', groups: 'input.groups' },
      },
      policy,
    },
    { id: 'end', type: 'end', config: { outputs: {} } },
  ],
  edges: [
    { from: 'start', to: 'find' },
    { from: 'find', to: 'end' },
  ],
})
const calling = (workflowId: string) => ({
  nodes: [
    { id: 'start', type: 'start', config: {} },
    { id: 'child', type: 'subworkflow', config: { workflowId, input: PERSON } },
    { id: 'end', type: 'end', config: { outputs: {} } },
  ],
  edges: [
    { from: 'start', to: 'child' },
    { from: 'child', to: 'end' },
  ],
})
const PERSON = { user: 'carol', groups: ['sales'] }

async function start(workflowId: string, as: Partial<Identity>, input: object = PERSON) {
  const url = `/v1/workflows/${workflowId}/runs`
  const started = await harness.call({ method: 'POST', url, body: { input }, as })
  return (await started.json()).id
}

/** What the search of a run, or of its child, was asked. */
const asked = (runId: string) =>
  eventually(async () => {
    const { rows } = await database.query<{ payload: { caller?: Caller; input: object } }>(
      `SELECT payload FROM node_task JOIN run ON run.id = run_id
        WHERE path = 'find' AND (run.id = $1 OR parent_run_id = $1)`,
      [runId],
    )
    expect(rows).toHaveLength(1)
    return rows[0]?.payload
  })

test('a search is made for whoever has started the run, and for the person that it names', async () => {
  const workflowId = await harness.publish(searching())

  const payload = await asked(await start(workflowId, ANA))

  expect(payload).toMatchObject({
    caller: { principals: ['user:usr_ana', 'role:viewer'], seesAll: true },
    input: { onBehalfOf: PERSON },
  })
  expect(await asked(await start(workflowId, BO))).toMatchObject({ caller: asCaller(BO) })
})

test('a child searches for whom its parent does', async () => {
  const workflowId = await harness.publish(calling(await harness.publish(searching())))

  expect(await asked(await start(workflowId, BO))).toMatchObject({ caller: asCaller(BO) })
})

test('what a child spends is spent by the run that it began with, whoever has started that', async () => {
  const inner = await harness.publish(calling(await harness.publish(searching())))
  const outer = await start(await harness.publish(calling(inner)), BO)
  const { rows } = await eventually(async () => {
    const found = await database.query(
      `SELECT payload -> 'caller' AS caller FROM node_task WHERE path = 'find' AND run_id IN (
         SELECT id FROM run WHERE parent_run_id IN (SELECT id FROM run WHERE parent_run_id = $1))`,
      [outer],
    )
    expect(found.rows).toHaveLength(1)
    return found
  })
  expect(rows).toEqual([{ caller: { ...asCaller(BO), spender: { runId: outer } } }])
})

test.each<[string, (as: Partial<Identity>) => Promise<unknown>]>([
  [
    'OpenAI',
    async (as) => {
      const client = openAiClient(harness, as)
      const messages = [{ role: 'user' as const, content: 'Hi' }]
      await client.chat.completions.create({ model: 'workflow:chat', messages })
    },
  ],
  [
    'MCP',
    async (as) => {
      const client = await mcpClient(harness, '2026-07-28', as)
      const { tools } = await client.listTools()
      const tool = tools.find(({ title }) => title === 'chat')
      await client.callTool({ name: String(tool?.name), arguments: { input: 'Hi' } })
      await client.close()
    },
  ],
])('a model that a client of %s asks is paid by its key', async (_name, ask) => {
  await harness.publish(chatGraph, 'chat')
  const as = { principalId: 'key_a1', scopes: [...SCOPES] }
  harness.answer = () => succeeded({ text: 'Hello', model: 'm', finishReason: 'stop' })
  harness.heard.length = 0
  await ask(as)
  await database.query(`UPDATE workflow SET deleted_at = now() WHERE name = 'chat'`)
  expect(harness.heard).toEqual([asCaller(as)])
})

test('a fork searches for whoever has forked it', async () => {
  const runId = await start(await harness.publish(searching()), ANA)
  await asked(runId)

  const url = `/v2/runs/${runId}:fork`
  const body = { fromCheckpoint: 1 }
  const fork = await (await harness.call({ method: 'POST', url, body, as: BO })).json()

  expect(await asked(fork.id)).toMatchObject({ caller: asCaller(BO) })
})

test('nobody is given from a cache what was found for somebody else', async () => {
  harness.answer = () => succeeded({ chunks: [], context: '', citations: [] })
  const workflowId = await harness.publish(searching({ cache: { ttlS: 60, key: 'the same' } }))
  const deliveriesAfter = async (as: Partial<Identity>) => {
    const url = `/v1/runs/${await start(workflowId, as)}`
    await eventually(async () =>
      expect((await (await harness.call({ url })).json()).status).toBe('completed'),
    )
    return harness.deliveries.get('find')
  }

  expect(await deliveriesAfter(ANA)).toBe(1)
  expect(await deliveriesAfter(ANA)).toBe(1)
  expect(await deliveriesAfter(BO)).toBe(2)
})

test('a run whose groups are none fails, and says so', async () => {
  const runId = await start(await harness.publish(searching()), ANA, {
    user: 'carol',
    groups: 'sales',
  })

  await eventually(async () => {
    const run = await (await harness.call({ url: `/v1/runs/${runId}` })).json()
    expect(run).toMatchObject({ status: 'failed', error: { code: 'retrieve.invalid-person' } })
  })
})
