import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text as readText } from 'node:stream/consumers'
import { ROOT } from '@dure/dev'
import { type ScriptedModel, startScriptedModel, text } from '@dure/scripted-model'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type OtlpReceiver, startOtlpReceiver } from './otlp-receiver.ts'
import { type System, startTestSystem, until } from './system.ts'

// Processes are started here, on machines that may be slow.
vi.setConfig({ testTimeout: 120_000 })

let receiver: OtlpReceiver
let model: ScriptedModel
let system: System
beforeAll(async () => {
  receiver = await startOtlpReceiver()
  model = await startScriptedModel()
  system = await startTestSystem({
    agent: { MODEL_BASE_URL: model.baseUrl, MODEL_API_KEY: 'none', MODEL_DEFAULT: 'scripted' },
    env: {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'true',
    },
  })
}, 120_000)
afterAll(async () => {
  await system?.close()
  await model?.close()
  await receiver?.close()
})

async function post<Body>(path: string, body: unknown = {}): Promise<Body> {
  const answer = await system.call<Body>('POST', path, body)
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
  return answer.body
}

async function publish(name: string): Promise<string> {
  const definition = { instructions: `You are ${name}.` }
  const { id } = await post<{ id: string }>('/v1/agents', { name, definition })
  await post(`/v1/agents/${id}/versions`)
  await post(`/v1/agents/${id}/versions/1/publish`)
  return id
}

const bar = [
  ['reached', '환불은 7일 안에 됩니다', 0],
  ['not reached', '모릅니다', 1],
] as const

test.each(bar)('the command of CI ends by whether the bar is %s', async (how, answer, code) => {
  const name = `tried-${code}`
  await publish(name)
  const { id } = await post<{ id: string }>('/v2/datasets', { name })
  await post(`/v2/datasets/${id}/cases`, [{ input: '환불은 언제까지?', expectedOutput: '7일' }])
  await post('/v2/evaluators', { name, config: { kind: 'contains' } })
  model.rewrite(() => text(answer))
  const asked = ['--agent', name, '--version', '1', '--dataset', name, '--evaluator', name]
  const ended = await runExperiment([...asked, '--min-score', '0.8'])
  expect(ended, ended.told).toMatchObject({ code, told: expect.stringContaining(`is ${how}`) })
})

async function runExperiment(args: readonly string[]) {
  const env = { ...process.env, DURE_URL: system.url, DURE_KEY: system.apiKey }
  const program = 'tools/evaluation/src/experiment.ts'
  const child = spawn(process.execPath, [program, ...args], { cwd: ROOT, env })
  const texts = Promise.all([readText(child.stdout), readText(child.stderr)])
  const [code] = await once(child, 'close')
  return { code: code as number | null, told: (await texts).join('\n') }
}

test('what was said is in a trace where the operator asks for it, without personal data', async () => {
  const agentId = await publish('open')
  model.rewrite(() => text(`Call 010-8765-4321. ${'x'.repeat(50_000)}`))
  const input = `I am 010-1234-5678, hello ${system.apiKey}`
  await post(`/v1/agents/${agentId}/runs`, { input, mode: 'wait' })
  const chat = () =>
    receiver.spans.find(
      ({ name, attributes }) => /^chat/.test(name) && attributes['gen_ai.agent.id'] === agentId,
    )
  await until(() => chat() !== undefined, 'the call is a span')
  const attributes = chat()?.attributes
  const shown = (name: string) => String(attributes?.[`gen_ai.${name}`])
  expect(shown('system_instructions')).toContain('You are open.')
  expect(shown('input.messages')).toContain('I am [phone], hello')
  expect(shown('input.messages')).toContain('dure_live_[redacted]')
  expect(shown('input.messages')).not.toContain(system.apiKey.slice(10))
  expect(shown('output.messages')).toContain('Call [phone].')
  expect(shown('output.messages').length).toBeLessThan(33_000)
})
