import { type ScriptedModel, startScriptedModel, text } from '@dure/scripted-model'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { inARow } from './graphs.ts'
import { type System, startTestSystem } from './system.ts'

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

let model: ScriptedModel
let system: System
beforeAll(async () => {
  model = await startScriptedModel()
  system = await startTestSystem({
    agent: { MODEL_BASE_URL: model.baseUrl, MODEL_API_KEY: 'none', MODEL_DEFAULT: 'scripted' },
  })
}, 240_000)
afterAll(async () => {
  await system?.close()
  await model?.close()
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
