import type { TaskRef } from '@dure/contracts'
import { eventually, testTenant } from '@dure/platform/testing'
import type { Client, Progress } from '@modelcontextprotocol/client'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Harness, startHarness, succeeded, supportGraph } from '../../testing/harness.ts'
import { chatGraph, echoGraph } from '../testing/graphs.ts'
import { type Era, mcpClient } from '../testing/mcp-client.ts'
import { originOf } from '../testing/openai-client.ts'
import { toolNameOf } from './tool.ts'

let harness: Harness
let tools: Record<'chat' | 'echo' | 'support', string>
let tasks: TaskRef[]
const MANY = 52
beforeAll(async () => {
  harness = await startHarness()
  const publish = async (graph: unknown, name: string) =>
    toolNameOf({ id: (await harness.publish(graph, name)) as never, name })
  tools = {
    chat: await publish(chatGraph, 'Chat'),
    echo: await publish(echoGraph, 'Echo'),
    support: await publish(supportGraph, '고객 지원'),
  }
  for (let count = 0; count < MANY; count++) await publish(echoGraph, `Tool ${count}`)
})
afterAll(() => harness.close())
beforeEach(() => {
  tasks = []
  harness.answer = ({ nodeId }) =>
    succeeded(nodeId === 'find' ? { chunks: [1], context: 'c' } : { text: 'Hello' }, 42)
})
const keepTasks = () => {
  harness.answer = (task) => {
    tasks.push(task)
    return undefined
  }
}
const firstTask = () =>
  eventually(() => {
    const [task] = tasks
    if (!task) throw new Error('there is no task yet')
    return task
  })
const statusOf = async ({ runId }: TaskRef) =>
  (await (await harness.call({ url: `/v1/runs/${runId}` })).json()).status

describe.each<Era>(['legacy', '2026-07-28'])('a client of MCP (%s)', (era) => {
  let client: Client
  beforeAll(async () => {
    client = await mcpClient(harness, era)
  })
  afterAll(() => client.close())
  const call = (name: string, args: Record<string, unknown> = {}) =>
    client.callTool({ name, arguments: args })

  test('lists every published workflow as a tool', async () => {
    const { tools: all } = await listAll(client)
    expect(all).toHaveLength(MANY + 3)
    expect(all.find(({ name }) => name === tools.support)).toMatchObject({
      title: '고객 지원',
      inputSchema: { type: 'object', required: ['question'] },
      outputSchema: { type: 'object', properties: { answer: {} } },
    })
  })

  test('calls one, and gets its output as structure and as text', async () => {
    expect(await call(tools.support, { question: 'Hi' })).toMatchObject({
      structuredContent: { answer: 'Hello' },
      content: [{ type: 'text', text: '{"answer":"Hello"}' }],
    })
  })

  test('is told what is wrong with its arguments, so that it can do better', async () => {
    const { isError, content } = await call(tools.support, { question: 7 })
    expect(isError).toBe(true)
    expect(content).toMatchObject([{ text: expect.stringMatching(/invalid-input.*\n- question/s) }])
  })

  test.each(['nothing', 'echo_000000000000'])(
    'cannot call %s, which is not there',
    async (name) => {
      await expect(call(name)).rejects.toMatchObject({ code: -32_602 })
    },
  )

  test('is told why a run has failed', async () => {
    const error = { code: 'model.unavailable', message: 'The model is away' }
    harness.answer = () => ({ status: 'failed', error })
    expect(await call(tools.chat, { input: 'Hi' })).toMatchObject({
      isError: true,
      content: [{ text: expect.stringMatching(/^model.unavailable: The model is away \(run_/) }],
    })
  })

  test('hears how far the run is when it wants to', async () => {
    const heard: Progress[] = []
    const onprogress = (progress: Progress) => void heard.push(progress)
    await client.callTool({ name: tools.chat, arguments: { input: 'Hi' } }, { onprogress })
    expect(heard).toEqual([
      { progress: 1, total: 3, message: 'start completed' },
      { progress: 2, total: 3, message: 'ask completed' },
      { progress: 3, total: 3, message: 'end completed' },
    ])
  })

  test.each([true, false])('cancels the run when it leaves, hearing of it: %s', async (hears) => {
    keepTasks()
    const leaving = new AbortController()
    const own = await mcpClient(harness, era)
    const calling = own.callTool(
      { name: tools.chat, arguments: { input: 'Hi' } },
      { signal: leaving.signal, ...(hears && { onprogress: () => {} }) },
    )
    calling.catch(() => {})
    const task = await firstTask()
    // Of old, a client that gives up a call only says so, and without sessions nobody knows which one.
    if (era === 'legacy') await own.close()
    else leaving.abort()
    await expect(calling).rejects.toThrow()
    await eventually(async () => expect(await statusOf(task)).toBe('cancelled'))
    await own.close()
  })

  test('of another project sees and calls none of them', async () => {
    const stranger = await mcpClient(harness, era, { tenant: testTenant('9') })
    expect((await stranger.listTools()).tools).toEqual([])
    const calling = stranger.callTool({ name: tools.echo, arguments: {} })
    await expect(calling).rejects.toMatchObject({ code: -32_602 })
    await stranger.close()
  })

  test('is refused without the scope', async () => {
    await expect(mcpClient(harness, era, { scopes: ['runs:read'] })).rejects.toThrow()
  })
})

describe('POST /mcp', () => {
  const initialize = {
    ...{ jsonrpc: '2.0', id: 1, method: 'initialize' },
    params: {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 'test', version: '1' },
    },
  }
  const list = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }
  const accept = 'application/json, text/event-stream'
  async function send(body: unknown, headers: Record<string, string> = {}) {
    const response = await harness.call({
      ...{ method: 'POST', url: '/mcp', body },
      headers: { accept, ...headers },
    })
    const text = await response.text()
    const json = text === '' ? undefined : JSON.parse(text.replace(/^.*?data: /s, ''))
    return { status: response.status, json }
  }

  test.each(['2025-06-18', '2025-11-25'])('speaks %s', async (protocolVersion) => {
    const params = { ...initialize.params, protocolVersion }
    const { status, json } = await send({ ...initialize, params })
    expect([status, json.result]).toMatchObject([
      200,
      { protocolVersion, capabilities: { tools: {} } },
    ])
    const said = await send(list, { 'mcp-protocol-version': protocolVersion })
    expect(said.json.result.tools).toHaveLength(50)
  })

  test('takes who does not say what they take for one who takes anything', async () => {
    const said = await send(list, { accept: '*/*' })
    expect(said.json.result.tools).toHaveLength(50)
  })

  test.each([
    ['a batch', [initialize], {}, 400],
    ['no message of JSON-RPC', { hello: 1 }, {}, 400],
    ['no JSON', '{', {}, 400],
    ['another version than there is', list, { 'mcp-protocol-version': '1999-01-01' }, 400],
    ['a page that nobody has allowed', list, { origin: 'https://evil.example' }, 403],
    ['a header with another method', list, { 'mcp-method': 'tools/call' }, 400],
    [
      'a header with another tool',
      { ...list, method: 'tools/call', params: { name: 'a' } },
      { 'mcp-name': 'b' },
      400,
    ],
    ['nothing that it can read', list, { accept: 'text/html' }, 406],
  ])('refuses %s with an error of JSON-RPC', async (_name, body, headers, expected) => {
    const { status, json } = await send(body, headers)
    expect(status).toBe(expected)
    expect(json).toMatchObject({ jsonrpc: '2.0', error: { code: expect.any(Number) } })
  })

  test('takes pages that are allowed, headers that say the same, and notifications', async () => {
    const said = await send(list, { origin: 'https://app.example', 'mcp-method': 'tools/list' })
    expect(said.status).toBe(200)
    const notification = { jsonrpc: '2.0', method: 'notifications/initialized' }
    expect(await send(notification)).toEqual({ status: 202, json: undefined })
  })

  test('refuses a cursor that nobody gave', async () => {
    const { json } = await send({ ...list, params: { cursor: 'next' } })
    expect(json.error).toMatchObject({ code: -32_602, message: expect.stringMatching(/cursor/) })
  })

  test.each(['GET', 'DELETE'])('is the only method: %s is refused', async (method) => {
    const headers = { ...(await harness.caller.headers('workflow')), accept: 'text/event-stream' }
    const response = await fetch(`${originOf(harness)}/mcp`, { method, headers })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
    expect(await response.json()).toMatchObject({ error: { code: -32_000 } })
  })
})

async function listAll(client: Client) {
  const all: Awaited<ReturnType<Client['listTools']>>['tools'] = []
  let cursor: string | undefined
  do {
    const page = await client.listTools(cursor === undefined ? undefined : { cursor })
    all.push(...page.tools)
    cursor = page.nextCursor
  } while (cursor !== undefined)
  return { tools: all }
}
