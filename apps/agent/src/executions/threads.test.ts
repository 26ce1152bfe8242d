import { agentEventVersions, type ExecutionId } from '@dure/contracts'
import { createEventRegistry } from '@dure/kernel'
import { createEventStore } from '@dure/platform'
import { eventually, testTenant } from '@dure/platform/testing'
import { failing, held, type ModelRequest, type Reply, text, toolCalls } from '@dure/scripted-model'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LeaseLostError } from '../effects/lease.ts'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import type { ApiCall } from '../tasks/testing/api.ts'
import { threadLog } from '../threads/log-store.ts'
import { evolve } from './execution.ts'
import { agentRuns } from './testing/agent-runs.ts'
import { createExecutionWorkStore } from './work-store.ts'

let agent: AgentUnderTest
let runs: ReturnType<typeof agentRuns>
beforeAll(async () => {
  agent = await startAgent()
  runs = agentRuns(agent)
})
afterAll(() => agent.close())

async function begin(): Promise<string> {
  return (await runs.call('POST', '/v2/threads', { body: {} })).json().id
}

interface Message {
  readonly role: string
  readonly content: string
  readonly executionId: string
  readonly isUntrusted: boolean
}

async function messages(threadId: string): Promise<Message[]> {
  return (await runs.call('GET', `/v2/threads/${threadId}/messages`)).json().data
}

const said = async (threadId: string) =>
  (await messages(threadId)).map(({ role, content }) => `${role}: ${content}`)

/** What the model was told in its last call, without the instructions. */
const told = () =>
  agent.model.calls
    .at(-1)
    ?.messages.filter(({ role }) => role !== 'system')
    .map(({ role, content }) => `${role}: ${content}`)

async function talk(agentId: string, body: object, reply: Reply = text('yes'), rest: ApiCall = {}) {
  agent.model.rewrite([reply])
  return runs.start(agentId, { mode: 'wait', ...body }, rest)
}

/** As a process does that was believed dead. */
async function endAgain(id: ExecutionId) {
  const { pool } = agent
  const registry = createEventRegistry(agentEventVersions)
  const events = createEventStore({ pool, source: 'agent', registry })
  const store = createExecutionWorkStore({ pool, events, threadLog, leaseMs: 1000 })
  const execution = await store.find({ id, tenant: testTenant() })
  const { ended, ...state } = await store.load(id)
  if (!execution || !ended) throw new Error(`${id} has not ended`)
  const { rows } = await pool.query('SELECT token FROM agent_execution WHERE id = $1', [id])
  const hold = { taskKey: id, token: rows[0].token }
  const claimed = { execution, hold, tries: 1, isCancelled: false, leftMs: 1000 }
  const before = { ...state, ended: undefined }
  return store.append(claimed, { before, after: evolve(before, ended), events: [ended] })
}

describe('an execution in a thread', () => {
  test('is told what was said before, and adds to it', async () => {
    const id = await runs.published()
    const threadId = await begin()
    const first = await talk(id, { threadId, input: 'I am Ada' }, text('Hello Ada'))
    expect(first.json()).toMatchObject({ threadId, status: 'succeeded' })
    await talk(id, { threadId, input: 'Who am I?' }, text('Ada'))
    expect(told()).toEqual(['user: I am Ada', 'assistant: Hello Ada', 'user: Who am I?'])
    const all = await messages(threadId)
    expect(all).toMatchObject([
      { position: 1, role: 'user', content: 'I am Ada', executionId: first.json().id },
      { position: 2, role: 'assistant', content: 'Hello Ada', isUntrusted: false },
      { position: 3, role: 'user', content: 'Who am I?' },
      { position: 4, role: 'assistant', content: 'Ada' },
    ])
    const path = `/v2/threads/${threadId}/messages?limit=3`
    const page = (await runs.call('GET', path)).json()
    const rest = (await runs.call('GET', `${path}&cursor=${page.nextCursor}`)).json()
    expect([...page.data, ...rest.data]).toEqual(all)
  })

  test('is told as many messages as its agent says, from a user on', async () => {
    const id = await runs.published({ memory: { thread: { maxMessages: 3 } } })
    const threadId = await begin()
    for (const input of ['one', 'two', 'three']) await talk(id, { threadId, input })
    expect(told()).toEqual(['user: two', 'assistant: yes', 'user: three'])
  })

  test('that fails leaves its question there, and no answer', async () => {
    const id = await runs.published({ limits: { maxSteps: 1 }, tools: [{ tool: 'calculator' }] })
    const threadId = await begin()
    const call = toolCalls({ name: 'calculator', arguments: { expression: '1 + 1' } })
    expect((await talk(id, { threadId, input: 'What?' }, call)).json().status).toBe('failed')
    expect(await said(threadId)).toEqual(['user: What?'])
  })

  test('is alone there until it has ended', async () => {
    const id = await runs.published()
    const threadId = await begin()
    const slow = held(text('done'))
    agent.model.rewrite([slow])
    const { id: runId } = (await runs.start(id, { threadId })).json()
    const busy = await runs.start(id, { threadId, input: 'And?' })
    expect(busy.json()).toMatchObject({ status: 409, code: 'thread.busy' })
    slow.release()
    await runs.until(runId, 'succeeded')
    expect(await said(threadId)).toEqual(['user: Hello', 'assistant: done'])
    expect((await talk(id, { threadId, input: 'And?' })).statusCode).toBe(200)
    expect(await said(threadId)).toHaveLength(4)
  })

  test('of two that begin at once, one does', async () => {
    const id = await runs.published()
    const threadId = await begin()
    const slow = held(text('done'))
    agent.model.rewrite([slow])
    const starts = await Promise.all([1, 2, 3].map(() => runs.start(id, { threadId })))
    expect(starts.map(({ statusCode }) => statusCode).toSorted()).toEqual([202, 409, 409])
    slow.release()
    const begun = starts.find(({ statusCode }) => statusCode === 202)
    await runs.until(begun?.json().id, 'succeeded')
    expect(await said(threadId)).toEqual(['user: Hello', 'assistant: done'])
  })

  test('stands there once, however often it is asked for and its end is recorded', async () => {
    const id = await runs.published()
    const threadId = await begin()
    const headers = { 'idempotency-key': 'thread-1' }
    const first = await talk(id, { threadId }, text('once'), { headers })
    const again = await runs.start(id, { threadId, mode: 'wait' }, { headers })
    expect(again.json().id).toBe(first.json().id)
    await expect(endAgain(first.json().id)).rejects.toThrow(LeaseLostError)
    expect(await said(threadId)).toEqual(['user: Hello', 'assistant: once'])
  })

  test('keeps an answer as JSON where its agent has a schema', async () => {
    const schema = { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] }
    const id = await runs.published({ outputSchema: schema })
    const threadId = await begin()
    const run = await talk(id, { threadId }, text('{"n":7}'))
    expect(run.json().output).toEqual({ n: 7 })
    expect(await said(threadId)).toEqual(['user: Hello', 'assistant: {"n":7}'])
  })

  test('of no thread, or one of somebody else, is not begun', async () => {
    const id = await runs.published()
    const foreign = await runs.call('POST', '/v2/threads', { body: {}, tenant: testTenant('2') })
    const deleted = await begin()
    await agent.app.inject({
      ...{ method: 'DELETE', url: `/v2/threads/${deleted}` },
      headers: await agent.identity.headers('agent'),
    })
    for (const threadId of [foreign.json().id, deleted, `thr_${'0'.repeat(32)}`]) {
      const refused = await runs.start(id, { threadId })
      expect(refused.json()).toMatchObject({ status: 404, code: 'thread.not-found' })
    }
  })
})

test('a definition says nothing of memory that there is not', async () => {
  for (const [memory, pointer] of [
    [{ vectors: true }, '#/definition/memory/vectors'],
    [{ thread: { summarise: true } }, '#/definition/memory/thread/summarise'],
  ] as const) {
    const definition = { instructions: 'Be brief.', memory }
    const refused = await runs.call('POST', '/v1/agents', { body: { name: 'm', definition } })
    expect(refused.statusCode).toBe(400)
    expect(refused.json().errors).toContainEqual({ pointer, message: 'is not a known property' })
  }
})

describe('a thread that its agent has summarised', () => {
  const isSummary = ({ messages }: ModelRequest) =>
    messages.some(({ role, content }) => role === 'system' && /keep the memory/.test(`${content}`))
  const memory = { thread: { maxMessages: 20, summary: { keepMessages: 2 } } }
  const summaryOf = async (threadId: string) =>
    (await runs.call('GET', `/v2/threads/${threadId}`)).json().summary

  test('is told in short, with the last messages as they were said', async () => {
    const id = await runs.published({ memory })
    const threadId = await begin()
    agent.model.rewrite((call) => text(isSummary(call) ? 'Ada likes tea' : 'yes'))
    for (const input of ['I am Ada', 'I like tea'])
      await runs.start(id, { mode: 'wait', threadId, input })
    await eventually(async () =>
      expect(await summaryOf(threadId)).toEqual({
        ...{ text: 'Ada likes tea', upToPosition: 2, isUntrusted: false },
      }),
    )

    await runs.start(id, { mode: 'wait', threadId, input: 'Who am I?' })

    const asked = agent.model.calls.findLast((call) => !isSummary(call))
    const heard = asked?.messages.filter(({ role }) => role !== 'system')
    expect(heard?.map(({ role, content }) => `${role}: ${content}`)).toEqual([
      expect.stringContaining('Ada likes tea'),
      ...['user: I like tea', 'assistant: yes', 'user: Who am I?'],
    ])
    expect(await said(threadId)).toHaveLength(6)
    await eventually(async () => expect((await summaryOf(threadId)).upToPosition).toBe(4))
    const [before] = agent.model.calls.filter(isSummary).slice(-1)
    expect(JSON.stringify(before?.messages)).toContain('keptBefore')
  })

  test('goes on without a summary when the model gives none, and forgets it with the thread', async () => {
    const id = await runs.published({ memory })
    const threadId = await begin()
    agent.model.rewrite((call) => (isSummary(call) ? failing(400) : text('yes')))
    for (const input of ['one', 'two']) await runs.start(id, { mode: 'wait', threadId, input })
    await eventually(() => expect(agent.model.calls.some(isSummary)).toBe(true))
    agent.model.rewrite((call) => text(isSummary(call) ? 'short' : 'yes'))
    await runs.start(id, { mode: 'wait', threadId, input: 'three' })
    await eventually(async () => expect((await summaryOf(threadId)).text).toBe('short'))

    const etag = `${(await runs.call('GET', `/v2/threads/${threadId}`)).headers.etag}`
    const headers = { 'if-match': etag }
    expect((await runs.call('DELETE', `/v2/threads/${threadId}`, { headers })).statusCode).toBe(204)

    const left = 'SELECT count(*)::int AS left FROM agent_thread_summary WHERE thread_id = $1'
    expect((await agent.pool.query(left, [threadId])).rows).toEqual([{ left: 0 }])
  })
})
