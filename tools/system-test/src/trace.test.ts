import { type ScriptedModel, startScriptedModel, text } from '@dure/scripted-model'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { supportGraph } from './graphs.ts'
import { type OtlpReceiver, type ReceivedSpan, startOtlpReceiver } from './otlp-receiver.ts'
import {
  createKnowledgeBase,
  publishWorkflow,
  type System,
  startTestSystem,
  until,
} from './system.ts'

// Processes are started here, on machines that may be slow.
vi.setConfig({ testTimeout: 120_000 })

let receiver: OtlpReceiver
let model: ScriptedModel
let system: System
beforeAll(async () => {
  receiver = await startOtlpReceiver()
  model = await startScriptedModel({ script: () => text('환불은 7일 안에 됩니다 [1]') })
  system = await startTestSystem({
    agent: { MODEL_BASE_URL: model.baseUrl, MODEL_API_KEY: 'secret', MODEL_DEFAULT: 'scripted' },
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url },
  })
}, 120_000)
afterAll(async () => {
  await system?.close()
  await model?.close()
  await receiver?.close()
})

const CLIENT_SPAN = 'b7ad6b7169203331'
const CLIENT_TRACE = '0af7651916cd43dd8448eb211c80319c'

test('one run is one trace, from the request to the model and on to analytics', async () => {
  const base = await createKnowledgeBase(system, '# 환불\n\n결제한 뒤 7일 안에 환불을 받습니다.')
  const workflowId = await publishWorkflow(system, supportGraph(base))

  const response = await fetch(`${system.url}/v1/workflows/${workflowId}/runs`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${system.apiKey}`,
      'content-type': 'application/json',
      traceparent: `00-${CLIENT_TRACE}-${CLIENT_SPAN}-01`,
    },
    body: JSON.stringify({ input: { question: '환불은 언제까지 되나요?' }, mode: 'wait' }),
  })
  const run = (await response.json()) as { status: string; traceId: string }
  expect(run).toMatchObject({ status: 'completed', traceId: CLIENT_TRACE })

  const spans = () => receiver.spans.filter(({ traceId }) => traceId === CLIENT_TRACE)
  const takenIn = () =>
    spans().filter(({ service, name }) => service === 'dure-analytics' && /process/.test(name))
  await until(() => takenIn().length >= 3, 'analytics has taken in the events of the run')
  await until(() => spans().every(hasParentIn(spans())), 'every span has its parent')

  const path = (from: ReceivedSpan) => pathToRoot(from, spans())
  const ask = spanOf(spans(), 'dure-agent', /^chat scripted/)
  expect(services(path(ask))).toEqual([
    'dure-agent',
    'dure-workflow',
    'dure-knowledge',
    'dure-workflow',
    'dure-gateway',
  ])
  for (const taken of takenIn()) {
    const found = services(path(taken))
    expect([found[0], found.at(-1)]).toEqual(['dure-analytics', 'dure-gateway'])
  }
  expect(ask.attributes).toMatchObject({
    'gen_ai.operation.name': 'chat',
    'gen_ai.request.model': 'scripted',
    'gen_ai.usage.input_tokens': expect.anything(),
    'gen_ai.usage.output_tokens': expect.anything(),
  })
  expect(JSON.stringify(receiver.spans)).not.toContain('secret')
})

function spanOf(spans: readonly ReceivedSpan[], service: string, name: RegExp): ReceivedSpan {
  const found = spans.find((span) => span.service === service && name.test(span.name))
  if (found) return found
  const names = spans.map((span) => `${span.service}: ${span.name}`)
  throw new Error(`No span ${name} of ${service} among\n${names.join('\n')}`)
}

function hasParentIn(spans: readonly ReceivedSpan[]) {
  const ids = new Set([CLIENT_SPAN, ...spans.map(({ spanId }) => spanId)])
  return ({ parentSpanId }: ReceivedSpan) => ids.has(parentSpanId)
}

/** The span, its parent, its parent's parent …, up to the one whose parent is the client's. */
function pathToRoot(span: ReceivedSpan, spans: readonly ReceivedSpan[]): ReceivedSpan[] {
  const parent = spans.find(({ spanId }) => spanId === span.parentSpanId)
  return parent ? [span, ...pathToRoot(parent, spans)] : [span]
}

/** The services on the way, each once per visit. */
function services(path: readonly ReceivedSpan[]): string[] {
  return path
    .map(({ service }) => service)
    .filter((service, index, all) => service !== all[index - 1])
}
