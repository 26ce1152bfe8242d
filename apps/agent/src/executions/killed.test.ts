import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { eventually } from '@dure/platform/testing'
import { held, text, toolCalls } from '@dure/scripted-model'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { agentRuns } from './testing/agent-runs.ts'

const STEPS = 10
/** One process for each event of the execution: a busy machine takes seconds for each. */
const TEST_MS = 600_000

let agent: AgentUnderTest
let runs: ReturnType<typeof agentRuns>
let origin: string
const effects: string[] = []
/** Of those who send it: what they ask for under a key is done once. */
const keys: string[] = []
const server = createServer((request, response) => {
  const { 'idempotency-key': key } = request.headers
  if (request.method === 'GET' || !keys.includes(String(key))) effects.push(request.url ?? '')
  if (request.method !== 'GET') keys.push(String(key))
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"counted":true}')
})

beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  origin = `http://${host}`
  agent = await startAgent({ ROLE: 'api', EGRESS_ALLOW: host })
  runs = agentRuns(agent)
})
afterAll(async () => {
  await agent.close()
  server.closeAllConnections()
  server.close()
})

type Death = 'claim' | 'effect' | 'finish' | 'boundary' | 'never'

/** A worker that is killed when it has recorded something, at a point of a call of a tool, or by its test alone. */
function startWorker(death: Death = 'boundary') {
  const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))
  const killer = death === 'boundary' ? './testing/die-at-boundary.ts' : './testing/die-at-call.ts'
  const child = spawn(process.execPath, ['--import', path(killer), path('../main.ts')], {
    env: {
      ...{ ...process.env, ...agent.env, ROLE: 'worker', PORT: '0', HOST: '127.0.0.1' },
      DIE_AFTER: death,
    },
    stdio: 'ignore',
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  return child
}

test('an execution whose process is killed after each of its steps calls every model and tool once', {
  timeout: TEST_MS,
}, async () => {
  const id = await runs.published({
    tools: [{ tool: 'http_request', config: { hosts: [origin] } }],
  })
  agent.model.rewrite(({ messages }) => {
    const results = messages.filter(({ role }) => role === 'tool').length
    const next = { method: 'GET', url: `${origin}/effects/${results + 1}` }
    return results === STEPS
      ? text(`${results} effects`)
      : toolCalls({ name: 'http_request', arguments: next })
  })
  const { id: runId } = (await runs.start(id)).json()

  let deaths = 0
  let run = await runs.get(runId)
  while (run.status === 'queued' || run.status === 'running') {
    const [, signal] = await once(startWorker(), 'exit')
    expect(signal).toBe('SIGKILL')
    deaths += 1
    run = await runs.get(runId)
  }

  expect(run).toMatchObject({ status: 'succeeded', output: `${STEPS} effects`, steps: STEPS + 1 })
  // Each answer of the model, each result of a tool, and the end.
  expect(deaths).toBe(STEPS + 1 + STEPS + 1)
  expect(agent.model.calls).toHaveLength(STEPS + 1)
  expect(effects.splice(0)).toEqual(
    Array.from({ length: STEPS }, (_, index) => `/effects/${index + 1}`),
  )
})

test('a tool whose process is killed after its claim, its effect and its end has one effect', {
  timeout: TEST_MS,
}, async () => {
  const config = { hosts: [origin], methods: ['POST'], idempotent: true }
  const id = await runs.published({ tools: [{ tool: 'http_request', config }] })
  const order = { method: 'POST', url: `${origin}/orders`, body: { amount: 1 } }
  agent.model.rewrite([toolCalls({ name: 'http_request', arguments: order }), text('ordered')])
  const { id: runId } = (await runs.start(id)).json()

  const asked: number[] = []
  for (const death of ['claim', 'effect', 'finish'] as const) {
    const [, signal] = await once(startWorker(death), 'exit')
    expect(signal).toBe('SIGKILL')
    asked.push(keys.length)
  }
  const last = startWorker('never')
  const run = await runs.until(runId, 'succeeded', 'failed')
  last.kill('SIGKILL')

  expect(run).toMatchObject({ status: 'succeeded', output: 'ordered', steps: 2 })
  // Sent again, as nobody knew what had become of it, and not any more once that was written down.
  expect([...asked, keys.length]).toEqual([0, 1, 2, 2])
  expect(new Set(keys).size).toBe(1)
  expect(effects.splice(0)).toEqual(['/orders'])
  expect(agent.model.calls).toHaveLength(2)
})

test('a call of a model whose process is killed is booked at its estimate, and the one after it at its cost', {
  timeout: TEST_MS,
}, async () => {
  const id = await runs.published({ maxOutputTokens: 100 })
  const body = { scope: 'agent', subjectId: id, limitMicroUsd: 1_000_000 }
  const budget = (await runs.call('POST', '/v2/budgets', { body })).json()
  const never = held(text('nobody hears it'))
  agent.model.rewrite([never, text('heard')])
  const { id: runId } = (await runs.start(id)).json()

  const first = startWorker('never')
  await eventually(() => expect(agent.model.calls).toHaveLength(1), { timeoutMs: TEST_MS })
  first.kill('SIGKILL')
  await once(first, 'exit')
  const second = startWorker('never')
  const run = await runs.until(runId, 'succeeded')
  second.kill('SIGKILL')

  const { current } = (await runs.call('GET', `/v2/budgets/${budget.id}`)).json()
  expect(agent.model.calls).toHaveLength(2)
  expect(current.spentMicroUsd).toBe(run.usage.costMicroUsd)
  // Nobody knows yet that it is lost. Past its deadline, all of it is booked.
  expect(current.reservedMicroUsd).toBeGreaterThan(run.usage.costMicroUsd ?? 0)
})
