import {
  failing,
  type Reply,
  rateLimited,
  type ScriptedModel,
  startScriptedModel,
  text,
  toolCalls,
} from '@dure/scripted-model'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type OtlpReceiver, type ReceivedSpan, startOtlpReceiver } from './otlp-receiver.ts'
import { type System, startTestSystem, until } from './system.ts'
import { startWorld, type World } from './world.ts'

// Processes are started here, on machines that may be slow.
vi.setConfig({ testTimeout: 180_000 })

let receiver: OtlpReceiver
let world: World
let model: ScriptedModel
let system: System
beforeAll(async () => {
  receiver = await startOtlpReceiver()
  world = await startWorld()
  model = await startScriptedModel()
  const kind = 'openai-compatible'
  const other = { name: 'other', kind, baseUrl: model.baseUrl, models: [{ id: 'spare' }] }
  system = await startTestSystem({
    agent: {
      ...{ MODEL_BASE_URL: model.baseUrl, MODEL_API_KEY: 'none', MODEL_DEFAULT: 'openai/scripted' },
      MODEL_PROVIDERS: JSON.stringify([other]),
      MODEL_BREAKER_RESULTS: '4',
      EGRESS_ALLOW: world.address,
    },
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url },
  })
}, 240_000)
afterAll(async () => {
  await system?.close()
  await model?.close()
  await world?.close()
  await receiver?.close()
})

interface AgentRun {
  readonly id: string
  readonly status: string
  readonly output: unknown
  readonly steps: number
  readonly error: { readonly code: string } | null
}

async function call<Body>(
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
): Promise<Body> {
  const answer = await system.call<Body>(method, path, body, headers)
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
  return answer.body
}

/** Published, as its users have it. */
async function publishAgent(name: string, definition: object): Promise<string> {
  const whole = { instructions: `You are ${name}.`, ...definition }
  const { id } = await call<{ id: string }>('POST', '/v1/agents', { name, definition: whole })
  await call('POST', `/v1/agents/${id}/versions`)
  await call('POST', `/v1/agents/${id}/versions/1/publish`)
  return id
}

function ask(agentId: string, headers?: Readonly<Record<string, string>>): Promise<AgentRun> {
  const body = { input: '7월 환불은 얼마인가요?', mode: 'wait' }
  return call('POST', `/v1/agents/${agentId}/runs`, body, headers)
}

test('9: an agent with three tools feeds a failure back, answers by its schema, and is one trace', async () => {
  world.rewrite(() => ({ status: 503, body: { out: 'of order' } }))
  const outputSchema = {
    ...{ type: 'object', required: ['total'], additionalProperties: false },
    properties: { total: { type: 'integer' } },
  }
  const agentId = await publishAgent('counter', {
    tools: [
      { tool: 'http_request', config: { hosts: [world.url] } },
      { tool: 'calculator' },
      { tool: 'date_time' },
    ],
    outputSchema,
  })
  const script: readonly Reply[] = [
    // A tool that refuses: what it says is told to the model.
    toolCalls({ name: 'calculator', arguments: { expression: '1 +' } }),
    toolCalls({ name: 'http_request', arguments: { method: 'GET', url: `${world.url}/refunds` } }),
    toolCalls({ name: 'date_time', arguments: { operation: 'now', timeZone: 'Asia/Seoul' } }),
    text('{"total": 42}'),
  ]
  model.rewrite(script)
  const traceId = '1af7651916cd43dd8448eb211c80319d'
  const run = await ask(agentId, { traceparent: `00-${traceId}-b7ad6b7169203331-01` })

  expect(run).toMatchObject({ status: 'succeeded', output: { total: 42 }, steps: 4 })
  const told = model.calls[1]?.messages.at(-1)
  expect(told).toMatchObject({ role: 'tool' })
  expect(JSON.stringify(told?.content)).toMatch(/calculator|expression/)
  expect(world.requests.map(({ path }) => path)).toEqual(['/refunds'])

  const spans = () => receiver.spans.filter((span) => span.traceId === traceId)
  const named = (name: RegExp) => spans().filter((span) => name.test(span.name))
  await until(
    () => named(/^chat scripted/).length === 4 && named(/^execute_tool/).length === 3,
    'every step is a span',
  )
  await until(() => named(/^invoke_agent counter/).length > 0, 'the agent is a span')
  const gateway = (span: ReceivedSpan): boolean => {
    const parent = spans().find(({ spanId }) => spanId === span.parentSpanId)
    return parent ? gateway(parent) : span.service === 'dure-gateway'
  }
  await until(
    () => named(/^chat|^execute_tool|^invoke_agent/).every(gateway),
    'every step is below the span of the gateway',
  )
  saysWhatItCost({ chats: named(/^chat/), tools: named(/^execute_tool/), agents: named(/^invoke/) })
  const said = JSON.stringify(receiver.spans)
  for (const words of ['7월 환불은', 'You are counter', 'of order', 'total', '1 +']) {
    expect(said).not.toContain(words)
  }
})

interface Traced {
  readonly chats: readonly ReceivedSpan[]
  readonly tools: readonly ReceivedSpan[]
  readonly agents: readonly ReceivedSpan[]
}

/** As the conventions of OpenTelemetry for generative AI have it. */
function saysWhatItCost({ chats, tools, agents }: Traced): void {
  const counts = {
    'gen_ai.usage.input_tokens': expect.anything(),
    'gen_ai.usage.output_tokens': expect.anything(),
    'dure.cost_micro_usd': expect.anything(),
  }
  for (const { attributes } of chats) {
    expect(attributes).toMatchObject({
      ...{ 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'openai' },
      ...{ 'gen_ai.request.model': 'scripted', 'gen_ai.agent.id': expect.any(String), ...counts },
    })
  }
  expect(tools.map(({ attributes }) => attributes['gen_ai.tool.name']).toSorted()).toEqual([
    ...['calculator', 'date_time', 'http_request'],
  ])
  for (const { attributes } of tools) {
    expect(attributes).toMatchObject({
      ...{ 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.call.id': expect.any(String) },
    })
  }
  expect(agents.length).toBeGreaterThan(0)
  for (const { attributes } of agents) {
    expect(attributes).toMatchObject({
      ...{ 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'counter', ...counts },
      'gen_ai.agent.id': expect.any(String),
    })
  }
}

test('9: an agent that never answers stops at its steps', async () => {
  const agentId = await publishAgent('endless', {
    tools: [{ tool: 'calculator' }],
    limits: { maxSteps: 3 },
  })
  model.rewrite(() => toolCalls({ name: 'calculator', arguments: { expression: '1 + 1' } }))
  const run = await ask(agentId)

  expect(run).toMatchObject({ status: 'failed', error: { code: 'agent.max-steps' }, steps: 3 })
  expect(model.calls).toHaveLength(3)
})

interface TeamRun {
  readonly status: string
  readonly answer: string
  readonly costMicroUsd: number
  readonly costs: readonly { readonly member: string; readonly costMicroUsd: number }[]
}
interface Turn {
  readonly member: string
  readonly text: string
}

/** Until it is over, with who said what. */
async function play(name: string, definition: object) {
  const { id } = await call<{ id: string }>('POST', '/v1/agent-teams', { name, definition })
  const path = `/v1/agent-teams/${id}/runs`
  const begun = await call<{ id: string }>('POST', path, { input: '부산부터 시작할까요?' })
  const read = () => call<TeamRun>('GET', `${path}/${begun.id}`)
  await until(async () => (await read()).status !== 'running', 'the team has ended')
  const url = `${path}/${begun.id}/transcript?limit=100`
  return { run: await read(), turns: (await call<{ data: Turn[] }>('GET', url)).data }
}

test('10: three debate before a judge, and a lead gives work away; what was said and cost is kept', async () => {
  const names = ['ann', 'ben', 'cho', 'jo'] as const
  const members = new Map<string, { name: string; agentId: string; role: string }>()
  for (const name of names) {
    members.set(name, { name, agentId: await publishAgent(name, {}), role: '' })
  }
  const [ann, ben, cho, jo] = names.map((name) => members.get(name))
  const ruling = { winner: 'ben', reason: 'shorter', answer: '부산부터' }
  const lead = (fields: object) =>
    text(JSON.stringify({ member: '', instruction: '', answer: '', ...fields }))
  let asked = 0
  model.rewrite(({ messages }) => {
    const [, name] = /You are (\w+)\./.exec(JSON.stringify(messages[0]?.content)) ?? []
    return text(name === 'jo' ? JSON.stringify(ruling) : `${name}의 말`)
  })
  const debate = { pattern: 'debate', members: [ann, ben, cho], judge: jo, maxRounds: 1 }
  const first = await play('debate', debate)

  expect(first.run).toMatchObject({ status: 'succeeded', answer: '부산부터' })
  expect(first.turns.map(({ member }) => member)).toEqual(['ann', 'ben', 'cho', 'jo'])

  model.rewrite(({ messages }) => {
    const [, name] = /You are (\w+)\./.exec(JSON.stringify(messages[0]?.content)) ?? []
    if (name !== 'ann') return text('세어 보니 7일')
    asked += 1
    return asked === 1
      ? lead({ action: 'delegate', member: 'ben', instruction: '세어 봐' })
      : lead({ action: 'finish', answer: '7일입니다' })
  })
  const second = await play('supervised', { pattern: 'supervisor', members: [ann, ben] })

  expect(second.run).toMatchObject({ status: 'succeeded', answer: '7일입니다' })
  expect(second.turns.map(({ member }) => member)).toEqual(['ann', 'ben', 'ann'])
  for (const { run, turns } of [first, second]) {
    const sum = run.costs.reduce((all, { costMicroUsd }) => all + costMicroUsd, 0)
    expect([run.costMicroUsd, sum > 0]).toEqual([sum, true])
    expect(new Set(run.costs.map(({ member }) => member))).toEqual(
      new Set(turns.map(({ member }) => member)),
    )
  }
})

test('12: ten runs whose provider asks to wait are paced, and none fails', async () => {
  const agentId = await publishAgent('paced', {})
  model.rewrite((_call, index) => (index < 4 ? rateLimited(1) : text('ok')))
  const runs = await Promise.all(Array.from({ length: 10 }, () => ask(agentId)))

  expect(runs.map(({ status }) => status)).toEqual(runs.map(() => 'succeeded'))
  expect(model.calls.length).toBeGreaterThanOrEqual(14)
})

interface Provider {
  readonly breakers: readonly { readonly model: string; readonly state: string }[]
}

test('12: a provider that is down is spared, another model answers, and it is asked again later', async () => {
  // A model of its own: of the others there are good answers that speak for it.
  const agentId = await publishAgent('careful', {
    model: 'openai/fragile',
    fallbackModels: ['spare'],
  })
  let isDown = true
  model.rewrite(({ model: asked }) =>
    isDown && asked === 'fragile' ? failing(503, { retryAfterS: 0 }) : text(asked),
  )
  const breaker = async () => {
    const { data } = await call<{ data: Provider[] }>('GET', '/v1/providers')
    const found = data.flatMap(({ breakers }) => breakers)
    return found.find((one) => one.model === 'fragile')?.state
  }
  for (let run = 0; run < 4; run += 1) expect((await ask(agentId)).output).toBe('spare')
  expect(await breaker()).toBe('open')
  const before = model.calls.filter(({ model: asked }) => asked === 'fragile').length
  expect((await ask(agentId)).output).toBe('spare')
  expect(model.calls.filter(({ model: asked }) => asked === 'fragile')).toHaveLength(before)

  isDown = false
  await until(async () => (await ask(agentId)).output === 'fragile', 'the model is asked again')
  await until(async () => (await breaker()) === undefined, 'its breaker is closed')
})
