import {
  failing,
  halting,
  type ScriptedModel,
  startScriptedModel,
  text,
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

describe('the client of OpenAI', () => {
  test('lists the workflow, and asks it', async () => {
    expect((await openAi.models.list()).data.map(({ id }) => id)).toEqual([model])
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
  beforeAll(async () => {
    client = await connect()
    const { tools } = await client.listTools()
    tool = tools[0]?.name ?? ''
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
