import { createClient, readAnswer } from '@dure/client'
import { type ScriptedModel, startScriptedModel, text } from '@dure/scripted-model'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import OpenAI from 'openai'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { inARow } from './graphs.ts'
import { type System, startTestSystem, until } from './system.ts'
import { startWorld, type World } from './world.ts'

// Processes are started here, on machines that may be slow.
vi.setConfig({ testTimeout: 120_000 })

interface Trigger {
  readonly path: string
  readonly body: object
}
interface Template {
  readonly id: string
  readonly graph: object
  readonly triggers: readonly Trigger[]
}
interface Generated {
  readonly draft: object
  readonly source: string
  readonly triggers: readonly Trigger[]
}

const DESCRIPTION = '매일 아침 9시에 새 문의를 요약해서 슬랙으로 보내줘'
const WRITTEN = {
  name: '아침 요약',
  explanation: '매일 09:00 에 요약합니다.',
  assumptions: [],
  triggers: [{ kind: 'schedule', cron: '0 9 * * *', timeZone: 'Asia/Seoul' }],
  graph: inARow([
    { id: 'ask', type: 'http', config: { method: 'GET', url: 'https://desk.example.com/new' } },
    { id: 'sum_up', type: 'llm', config: { prompt: '{{ nodes.ask.data.body }}' } },
    {
      ...{ id: 'post', type: 'http' },
      config: { method: 'POST', url: 'https://slack.com/api/chat.postMessage' },
    },
  ]),
}

let world: World
let model: ScriptedModel
let system: System
beforeAll(async () => {
  world = await startWorld()
  model = await startScriptedModel()
  system = await startTestSystem({
    agent: {
      ...{ MODEL_BASE_URL: model.baseUrl, MODEL_API_KEY: 'none', MODEL_DEFAULT: 'scripted' },
      EGRESS_ALLOW: world.address,
    },
  })
}, 240_000)
afterAll(async () => {
  await system?.close()
  await model?.close()
  await world?.close()
})

async function call<Body>(method: string, path: string, body?: unknown): Promise<Body> {
  const answer = await system.call<Body>(method, path, body)
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
  return answer.body
}

/** As its user does: the workflow first, then what starts it. */
async function setUp(workflow: object, triggers: readonly Trigger[]): Promise<string> {
  const { id } = await call<{ id: string }>('POST', '/v1/workflows', workflow)
  await call('POST', `/v1/workflows/${id}/versions`)
  await call('POST', `/v1/workflows/${id}/versions/1/publish`)
  for (const { path, body } of triggers) await call('POST', path, { ...body, workflowId: id })
  return id
}

test('a draft of a model is what a workflow and its schedule are made of', async () => {
  model.rewrite([text(JSON.stringify(WRITTEN))])
  const generated = await call<Generated>('POST', '/v1/ai/workflows:generate', {
    description: DESCRIPTION,
  })

  expect(generated.source).toBe('model')
  const workflowId = await setUp(generated.draft, generated.triggers)
  const { data } = await call<{ data: { workflowId: string; nextAt: string }[] }>(
    'GET',
    '/v1/schedules',
  )
  const [schedule] = data.filter((one) => one.workflowId === workflowId)
  // 09:00 in Seoul.
  expect(schedule?.nextAt).toContain('T00:00:00')
})

test('every template is what a workflow and its triggers are made of', async () => {
  const { data } = await call<{ data: { id: string }[] }>('GET', '/v1/ai/templates?limit=100')
  expect(data.length).toBeGreaterThanOrEqual(15)
  for (const { id } of data) {
    const { graph, triggers } = await call<Template>('GET', `/v1/ai/templates/${id}`)
    await setUp({ name: id, graph }, triggers)
  }
})

/** As its user changes the draft: asked for a question, and its hosts are those of the world of this test. */
function ours({ graph }: typeof WRITTEN) {
  const [desk, slack] = ['https://desk.example.com', 'https://slack.com/api']
  const json = JSON.stringify(graph).replaceAll(desk, world.url).replaceAll(slack, world.url)
  const { nodes, edges } = JSON.parse(json) as typeof graph
  const properties = { question: { type: 'string' } }
  const inputSchema = { type: 'object', properties, required: ['question'] }
  const outputs = { answer: '{{ nodes.sum_up.data.text }}' }
  const configs: Readonly<Record<string, object>> = { start: { inputSchema }, end: { outputs } }
  return {
    nodes: nodes.map((node) => ({ ...node, config: configs[node.id] ?? node.config })),
    edges,
  }
}

test('20: what was drafted runs by the generated client, as a tool of MCP and by OpenAI, and its costs are seen', async () => {
  const summary = '문의 세 건: 환불, 배송, 교환'
  world.rewrite(() => ({ status: 200, body: ['환불', '배송', '교환'] }))
  model.rewrite(() => text(summary))
  const name = '아침 요약'
  const workflowId = await setUp({ name, graph: ours(WRITTEN) }, [])

  const client = createClient({ url: system.url, apiKey: system.apiKey })
  const begun = await readAnswer(
    client.POST('/v2/runs', {
      params: { header: { 'idempotency-key': 'morning-1' } },
      body: { ref: workflowId, input: { question: '오늘은?' } },
    }),
  )
  const read = () =>
    readAnswer(client.GET('/v1/runs/{runId}', { params: { path: { runId: begun.id } } }))
  await until(async () => (await read()).status === 'completed', 'the run has completed')
  expect((await read()).output).toEqual({ answer: summary })
  expect(world.effects.map(({ path }) => path)).toEqual(['/chat.postMessage'])

  const mcp = new Client({ name: 'test', version: '1' })
  const requestInit = { headers: { authorization: `Bearer ${system.apiKey}` } }
  const url = new URL(`${system.url}/mcp`)
  await mcp.connect(new StreamableHTTPClientTransport(url, { requestInit }))
  const { tools } = await mcp.listTools()
  const tool = tools.find(({ title, description }) => `${title} ${description}`.includes(name))
  const result = await mcp.callTool({
    ...{ name: tool?.name ?? '', arguments: { question: '오늘은?' } },
  })
  expect(result).toMatchObject({ structuredContent: { answer: summary } })
  await mcp.close()

  const openAi = new OpenAI({ baseURL: `${system.url}/openai/v1`, apiKey: system.apiKey })
  const completion = await openAi.chat.completions.create({
    model: `workflow:${workflowId}`,
    messages: [{ role: 'user', content: '오늘은?' }],
  })
  expect(completion.choices[0]?.message.content).toBe(summary)

  interface Usage {
    readonly data: readonly {
      readonly key: string
      readonly modelCalls: { readonly calls: number; readonly outputTokens: number }
    }[]
  }
  const ofModel = async () => {
    const path = `/v1/usage?groupBy=model&workflowId=${workflowId}`
    const { data } = await call<Usage>('GET', path)
    return data.find(({ key }) => key === 'scripted')?.modelCalls
  }
  // By the client, the tool and the endpoint.
  await until(async () => (await ofModel())?.calls === 3, 'analytics has the calls')
  expect((await ofModel())?.outputTokens).toBeGreaterThan(0)
  expect(JSON.stringify(await call('GET', '/v1/costs?groupBy=model'))).toContain('scripted')
})
