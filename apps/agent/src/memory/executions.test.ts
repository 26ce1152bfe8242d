import { agentQueue, outgoing } from '@dure/contracts'
import { testTenant } from '@dure/platform/testing'
import { type Reply, text, toolCalls } from '@dure/scripted-model'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { agentRuns } from '../executions/testing/agent-runs.ts'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { newTask } from '../tasks/testing/task.ts'

let agent: AgentUnderTest
let runs: ReturnType<typeof agentRuns>
beforeAll(async () => {
  agent = await startAgent()
  runs = agentRuns(agent)
})
afterAll(() => agent.close())

const write = (of: object) => toolCalls({ name: 'memory_write', arguments: of })
const search = (query: string) => toolCalls({ name: 'memory_search', arguments: { query } })
const read = (of: object) => toolCalls({ name: 'memory_read', arguments: of })

async function remembered(path: string) {
  const answer = await runs.call('GET', `/v2/memory/${path}`)
  return answer.statusCode === 200 ? answer.json().value : answer.json().code
}

async function run(agentId: string, replies: readonly Reply[], body = {}) {
  agent.model.rewrite([...replies, text('done')])
  return (await runs.start(agentId, { mode: 'wait', ...body })).json()
}

/** What the model was told of the last calls of tools. */
const told = () =>
  String(agent.model.calls.at(-1)?.messages.findLast(({ role }) => role === 'tool')?.content)

describe('an agent with a memory', () => {
  test('remembers for the person whom it works for, and finds it in another conversation', async () => {
    const id = await runs.published({ memory: { scopes: ['user', 'agent'] } })
    const first = await run(id, [
      write({ key: 'food', value: '매운 음식을 좋아합니다' }),
      write({ key: 'rule', value: 'be brief', scope: 'agent' }),
    ])
    expect(first.status).toBe('succeeded')
    expect(await remembered('user/key_test/food')).toBe('매운 음식을 좋아합니다')
    expect(await remembered(`agent/${id}/rule`)).toBe('be brief')
    await run(id, [search('무슨 음식이 좋아요?')])
    expect(told()).toContain('매운 음식을 좋아합니다')
    await run(id, [read({})])
    expect(told()).toContain('be brief')
    await run(id, [write({ key: 'food', value: null })])
    expect(await remembered('user/key_test/food')).toBe('memory.not-found')
  })

  test('remembers for whom the thread is, and for the thread', async () => {
    const id = await runs.published({ memory: { scopes: ['user', 'thread'] } })
    const body = { metadata: { userId: 'ada@example.com' } }
    const threadId = (await runs.call('POST', '/v2/threads', { body })).json().id
    const replies = [write({ key: 'a', value: 1 }), write({ key: 'b', value: 2, scope: 'thread' })]
    await run(id, replies, { threadId })
    expect(await remembered('user/ada@example.com/a')).toBe(1)
    expect(await remembered(`thread/${threadId}/b`)).toBe(2)
    const alone = await run(id, [write({ key: 'c', value: 3, scope: 'thread' })])
    expect([alone.status, told()]).toEqual([
      'succeeded',
      expect.stringContaining('memory.no-owner'),
    ])
  })

  test('goes nowhere but where it may', async () => {
    const id = await runs.published({ memory: { scopes: ['user'], access: 'read' } })
    await runs.call('POST', '/v2/threads', { body: {} })
    await run(id, [write({ key: 'x', value: 1 })])
    expect(told()).toContain('tool.unknown')
    await run(id, [toolCalls({ name: 'memory_read', arguments: { scope: 'project' } })])
    expect(told()).toContain('memory.scope-not-granted')
    await run(id, [toolCalls({ name: 'memory_read', arguments: { owner: 'ada', key: 'a' } })])
    expect(told()).toContain('tool.invalid-arguments')
    expect(await remembered('user/key_test/x')).toBe('memory.not-found')
  })

  test('writes for others only with an approval once it has read what may be from others', async () => {
    const own = await runs.published({ memory: { scopes: ['user'] } })
    const done = await run(own, [read({}), write({ key: 'note', value: 'kept' })])
    expect(done.status).toBe('succeeded')
    expect(await remembered('user/key_test/note')).toBe('kept')

    const shared = await runs.published({ memory: { scopes: ['project'] } })
    agent.model.rewrite([read({}), write({ key: 'note', value: 'poison' })])
    const waiting = (await runs.start(shared)).json()
    const { pendingApprovals } = await runs.until(waiting.id, 'waiting')
    expect(pendingApprovals).toHaveLength(1)
    expect(await remembered('project/all/note')).toBe('memory.not-found')
  })

  test('of another tenant shares nothing with it', async () => {
    const tenant = testTenant('2')
    const headers = await agent.identity.headers('agent', { tenant })
    const url = '/v2/memory/user/key_test/secret'
    await agent.app.inject({ method: 'PUT', url, headers, payload: { value: 'theirs' } })
    const id = await runs.published({ memory: { scopes: ['user'] } })
    await run(id, [search('theirs secret')])
    expect(told()).not.toContain('theirs')
  })
})

test('an agent that is deleted is remembered for no more, and others are', async () => {
  const [gone, other] = [await runs.published(), await runs.published()]
  const write = (owner: string) =>
    runs.call('PUT', `/v2/memory/agent/${owner}/fact`, { body: { value: 'Seoul' } })
  const read = async (owner: string) =>
    (await runs.call('GET', `/v2/memory/agent/${owner}/fact`)).statusCode
  expect([(await write(gone)).statusCode, (await write(other)).statusCode]).toEqual([201, 201])

  await runs.call('DELETE', `/v1/agents/${gone}`, { headers: { 'if-match': '"9"' } })
  expect(await read(gone)).toBe(200)
  expect((await runs.call('DELETE', `/v1/agents/${gone}`)).statusCode).toBe(204)

  expect([await read(gone), await read(other)]).toEqual([404, 200])
  expect((await write(gone)).json().code).toBe('memory.owner-not-found')
})

describe('a workflow', () => {
  const place = { scope: 'user', owner: 'kim' } as const

  test('writes, reads and forgets what it names', async () => {
    const done = async (message: 'task.read-memory' | 'task.write-memory', input: object) => {
      const task = newTask()
      await agent.send(outgoing(agentQueue, message, { task, input } as never))
      const outcome = await agent.outcomeOf(task)
      return outcome.status === 'succeeded' ? outcome.output : outcome.error
    }
    const food = { ...place, key: 'food', value: '매운 음식을 좋아합니다' }
    expect(await done('task.write-memory', food)).toEqual({ key: 'food' })
    await done('task.write-memory', { ...place, key: 'home', value: '제주도' })
    const found = { entries: [expect.objectContaining({ key: 'food', value: food.value })] }
    const read = (of: object) => done('task.read-memory', { ...place, topK: 5, ...of })
    expect(await read({ query: '음식이 좋다' })).toEqual(found)
    expect(await read({ key: 'food' })).toEqual(found)
    expect(await read({})).toMatchObject({ entries: [{ key: 'food' }, { key: 'home' }] })
    for (const _ of [1, 2]) await done('task.write-memory', { ...food, value: null })
    expect(await read({ key: 'food' })).toEqual({ entries: [] })
    const nobody = { ...food, scope: 'thread', owner: `thr_${'0'.repeat(32)}` }
    expect(await done('task.write-memory', nobody)).toMatchObject({
      code: 'memory.owner-not-found',
    })
  })
})
