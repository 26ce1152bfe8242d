import {
  failing,
  halting,
  type ScriptedModel,
  startScriptedModel,
  text,
  toolCalls,
} from '@dure/scripted-model'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import OpenAI from 'openai'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { supportGraph } from './graphs.ts'
import {
  createKnowledgeBase,
  publishWorkflow,
  type System,
  startTestSystem,
  until,
} from './system.ts'

// Processes are started here, on machines that may be slow.
vi.setConfig({ testTimeout: 120_000 })

const ANSWER = '환불은 7일 안에 됩니다 [1]'
const QUESTION = '환불은 언제까지 되나요?'
const WORKFLOW = '고객 지원'
const model = `workflow:${WORKFLOW}`
const messages = [{ role: 'user' as const, content: QUESTION }]

let script: ScriptedModel
let system: System
let openAi: OpenAI
beforeAll(async () => {
  script = await startScriptedModel()
  system = await startTestSystem({
    agent: {
      MODEL_BASE_URL: script.baseUrl,
      MODEL_DEFAULT: 'scripted',
      MODEL_EMBEDDING: 'scripted-embedding',
    },
  })
  const base = await createKnowledgeBase(system, '# 환불\n\n결제한 뒤 7일 안에 환불을 받습니다.')
  await publishWorkflow(system, asked(base), WORKFLOW)
  await publishAgent('order-desk', { instructions: 'Be brief.' })
  await publishWorkflow(system, agentGraph('order-desk'), 'asks the agent')
  openAi = new OpenAI({ baseURL: `${system.url}/openai/v1`, apiKey: system.apiKey })
}, 120_000)
afterAll(async () => {
  await system?.close()
  await script?.close()
})
beforeEach(() => script.rewrite(() => text(ANSWER)))

/** Asks for the question by its schema, as a tool has to. */
function asked(knowledgeBaseId: string) {
  const { nodes, edges } = supportGraph(knowledgeBaseId)
  const properties = { question: { type: 'string', minLength: 1 } }
  const inputSchema = { type: 'object', properties, required: ['question'] }
  const [, ...others] = nodes
  return { nodes: [{ id: 'start', type: 'start', config: { inputSchema } }, ...others], edges }
}

async function publishAgent(name: string, definition: object): Promise<void> {
  const path = '/v1/agents'
  const { body } = await system.call<{ id: string }>('POST', path, { name, definition })
  await system.call('POST', `${path}/${body.id}/versions`)
  const published = await system.call('POST', `${path}/${body.id}/versions/1/publish`)
  if (published.status !== 200) throw new Error(JSON.stringify(published.body))
}

/** start → an agent → end. */
const agentGraph = (agent: string) => ({
  nodes: [
    { id: 'start', type: 'start' },
    { id: 'work', type: 'agent', config: { agent, input: 'Do it', trustInput: true } },
    { id: 'end', type: 'end', config: { outputs: { answer: '{{ nodes.work.data.text }}' } } },
  ],
  edges: [
    { from: 'start', to: 'work' },
    { from: 'work', to: 'end' },
  ],
})

describe('an agent', () => {
  const agent = 'agent:order-desk'

  test('is asked with the client of OpenAI, and told the conversation', async () => {
    const completion = await openAi.chat.completions.create({
      model: agent,
      messages: [
        { role: 'system', content: 'In Korean' },
        { role: 'user', content: '안녕' },
        { role: 'assistant', content: '안녕하세요' },
        ...messages,
      ],
    })
    expect(completion.choices[0]?.message.content).toBe(ANSWER)
    expect(completion.usage?.total_tokens).toBeGreaterThan(0)
    expect(script.calls[0]?.messages).toEqual([
      { role: 'system', content: 'Be brief.\n\nIn Korean' },
      { role: 'user', content: '안녕' },
      { role: 'assistant', content: '안녕하세요' },
      { role: 'user', content: QUESTION },
    ])
    const byNumber = await openAi.chat.completions.create({ model: `${agent}@1`, messages })
    expect(byNumber.choices[0]?.message.content).toBe(ANSWER)
    for (const model of ['agent:none', `${agent}@9`]) {
      const unknown = openAi.chat.completions.create({ model, messages })
      await expect(unknown).rejects.toThrow(OpenAI.NotFoundError)
    }
  })

  test('is heard while its model still writes', async () => {
    const reply = halting(ANSWER)
    script.rewrite([reply])
    const stream = await openAi.chat.completions.create({ model: agent, messages, stream: true })
    let heard = ''
    for await (const { choices } of stream) {
      heard += choices[0]?.delta.content ?? ''
      if (heard.startsWith('환불은')) reply.release()
    }
    expect(heard).toBe(ANSWER)
    script.rewrite(() => text(ANSWER))
    const response = await openAi.responses
      .stream({ model: agent, input: QUESTION })
      .finalResponse()
    expect(response.output_text).toBe(ANSWER)
  })

  test('runs a workflow that asks the agent again: it ends five deep, and all is told', async () => {
    const config = { workflow: 'round' }
    const tools = [{ tool: 'run_workflow', config, approval: 'never' }]
    await publishAgent('rounder', { instructions: 'Go on.', tools })
    await publishWorkflow(system, agentGraph('rounder'), 'round')
    const call = toolCalls({ name: 'run_workflow', arguments: { input: {} } })
    const results = (request: { messages: readonly { role: string; content?: unknown }[] }) =>
      request.messages.filter(({ role }) => role === 'tool').map(({ content }) => String(content))
    // Calls until it is told something, then says what it was told.
    script.rewrite((request) => {
      const [told] = results(request)
      return told === undefined ? call : text(told.includes('tool.too-deep') ? 'too deep' : 'fine')
    })
    const messages = [{ role: 'user' as const, content: 'Go' }]
    const { choices } = await openAi.chat.completions.create({ model: 'agent:rounder', messages })
    expect(choices[0]?.message.content).toBe('fine')
    // The first of all, and one in each of five runs: each asks twice.
    expect(script.calls).toHaveLength(12)
    expect(script.calls.flatMap(results).filter((told) => told.includes('too-deep'))).toHaveLength(
      1,
    )
  })
})

describe('the client of OpenAI', () => {
  test('lists the workflow and the agent, and asks it', async () => {
    const listed = (await openAi.models.list()).data.map(({ id }) => id)
    expect(listed).toEqual(expect.arrayContaining([model, 'agent:order-desk']))
    const completion = await openAi.chat.completions.create({ model, messages })
    expect(completion.choices[0]?.message.content).toBe(ANSWER)
    expect(completion.usage?.total_tokens).toBeGreaterThan(0)
    const response = await openAi.responses.create({ model, input: QUESTION })
    expect(response.output_text).toBe(ANSWER)
    expect(await openAi.responses.retrieve(response.id)).toEqual(response)
  })

  test('hears the answer while the model still writes it', async () => {
    const reply = halting(ANSWER)
    script.rewrite([reply])
    const stream = await openAi.chat.completions.create({ model, messages, stream: true })
    let heard = ''
    for await (const { choices } of stream) {
      heard += choices[0]?.delta.content ?? ''
      // The rest is written only now: nobody could have had the whole answer.
      if (heard.startsWith('환불은')) reply.release()
    }
    expect(heard).toBe(ANSWER)
  })

  test('hears it as typed events', async () => {
    const stream = openAi.responses.stream({ model, input: QUESTION })
    expect((await stream.finalResponse()).output_text).toBe(ANSWER)
  })

  test('gets vectors', async () => {
    const model = 'scripted-embedding'
    const { data } = await openAi.embeddings.create({ model, input: ['환불', 'refund'] })
    expect(data.map(({ embedding }) => embedding.length)).toEqual([64, 64])
  })

  test('finds its own errors, whoever answers', async () => {
    const other = (apiKey: string) =>
      new OpenAI({ baseURL: openAi.baseURL, apiKey, maxRetries: 0 }).models.list()
    await expect(other('no key')).rejects.toThrow(OpenAI.AuthenticationError)
    await expect(openAi.models.retrieve('workflow:none')).rejects.toThrow(OpenAI.NotFoundError)
    const empty = openAi.chat.completions.create({ model, messages: [] })
    await expect(empty).rejects.toThrow(OpenAI.BadRequestError)
    script.rewrite(() => failing(400))
    // It does not try again by itself: that would be another run.
    const refused = openAi.chat.completions.create({ model, messages })
    await expect(refused).rejects.toMatchObject({ status: 422, code: 'model_refused_request' })
    expect(script.calls).toHaveLength(1)
  })
})

describe.each(['legacy', 'auto'] as const)('the client of MCP (%s)', (mode) => {
  let client: Client
  let tool: string
  let byAgent: string
  beforeAll(async () => {
    client = await connect()
    const { tools } = await client.listTools()
    tool = tools.find(({ title }) => title === WORKFLOW)?.name ?? ''
    byAgent = tools.find(({ title }) => title === 'asks the agent')?.name ?? ''
  })
  afterAll(() => client.close())

  async function connect(apiKey = system.apiKey): Promise<Client> {
    const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } })
    const requestInit = { headers: { authorization: `Bearer ${apiKey}` } }
    const url = new URL(`${system.url}/mcp`)
    await client.connect(new StreamableHTTPClientTransport(url, { requestInit }))
    return client
  }

  test('calls the same workflow, and hears how far it is', async () => {
    const heard: string[] = []
    const onprogress = ({ message = '' }) => void heard.push(message)
    const result = await client.callTool(
      { name: tool, arguments: { question: QUESTION } },
      { onprogress },
    )
    expect(result).toMatchObject({ structuredContent: { answer: ANSWER } })
    expect(heard).toContain('ask completed')
  })

  test('calls a workflow that asks an agent', async () => {
    const result = await client.callTool({ name: byAgent, arguments: {} })
    expect(result).toMatchObject({ structuredContent: { answer: ANSWER } })
  })

  test('is told what is wrong: its arguments, the run, the tool, the key', async () => {
    const wrong = await client.callTool({ name: tool, arguments: {} })
    expect(wrong).toMatchObject({ isError: true })
    script.rewrite(() => failing(400))
    const failed = await client.callTool({ name: tool, arguments: { question: QUESTION } })
    expect(failed).toMatchObject({ isError: true })
    await expect(client.callTool({ name: 'none', arguments: {} })).rejects.toMatchObject({
      code: -32_602,
    })
    await expect(connect('no key')).rejects.toThrow(/401|[Uu]nauthorized/)
  })

  test('cancels the run when it closes the request', async () => {
    const reply = halting(ANSWER)
    script.rewrite([reply])
    const own = await connect()
    const calling = own.callTool({ name: tool, arguments: { question: QUESTION } })
    calling.catch(() => {})
    await until(() => script.calls.length === 1, 'the model is asked')
    await own.close()
    const newest = async () =>
      (await system.call<{ data: { status: string }[] }>('GET', '/v1/runs?limit=1')).body.data[0]
    await until(async () => (await newest())?.status === 'cancelled', 'the run is cancelled')
    reply.release()
  })
})
