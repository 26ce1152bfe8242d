import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { eventually } from '@dure/platform/testing'
import { held, text, toolCalls } from '@dure/scripted-model'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { type EffectsServer, startEffectsServer } from '../tasks/testing/effects-server.ts'
import { agentRuns, type ShownRun } from './testing/agent-runs.ts'

const STEPS = 10
/** One process for each event of the execution: a busy machine takes seconds for each. */
const TEST_MS = 600_000

let agent: AgentUnderTest
let runs: ReturnType<typeof agentRuns>
let server: EffectsServer
beforeAll(async () => {
  server = await startEffectsServer({ honoursKeys: true })
  agent = await startAgent({ ROLE: 'api', EGRESS_ALLOW: server.host })
  runs = agentRuns(agent)
})
afterAll(async () => {
  await agent.close()
  server.close()
})
beforeEach(() => {
  server.effects.length = 0
  server.keys.length = 0
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

/** An agent whose model asks for one request per step, and then says how many there were. */
async function looping(steps: number, method: string): Promise<string> {
  const { origin } = server
  const id = await runs.published({
    tools: [{ tool: 'http_request', config: { hosts: [origin], methods: [method] } }],
  })
  agent.model.rewrite(({ messages }) => {
    const results = messages.filter(({ role }) => role === 'tool').length
    const next = { method, url: `${origin}/effects/${results + 1}` }
    return results === steps
      ? text(`${results} effects`)
      : toolCalls({ name: 'http_request', arguments: next })
  })
  return id
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
const effectsUpTo = (count: number) => upTo(count).map((n) => `/effects/${n}`)

test('an execution whose process is killed after each of its steps calls every model and tool once', {
  timeout: TEST_MS,
}, async () => {
  const id = await looping(STEPS, 'GET')
  const { id: runId } = (await runs.start(id)).json()

  const deaths = await killedUntilOver(runId)

  const run = await runs.get(runId)
  expect(run).toMatchObject({ status: 'succeeded', output: `${STEPS} effects`, steps: STEPS + 1 })
  // Each answer of the model, each result of a tool, and the end.
  expect(deaths).toBe(STEPS + 1 + STEPS + 1)
  expect(agent.model.calls).toHaveLength(STEPS + 1)
  expect(server.effects).toEqual(effectsUpTo(STEPS))
})

/** In the step of this number, once it is approved: before its effect, after it, and when the outcome is written down but not told. */
const IN_THE_MIDDLE: ReadonlyMap<number, Death> = new Map([
  [2, 'claim'],
  [3, 'effect'],
  [5, 'finish'],
])

test('a write that nobody makes idempotent is done once at the most, whenever its process is killed', {
  timeout: TEST_MS,
}, async () => {
  const steps = 6
  const id = await looping(steps, 'POST')
  const { id: runId } = (await runs.start(id)).json()
  const left = new Map(IN_THE_MIDDLE)

  await killedUntilOver(runId, ({ steps: step, pendingApprovals }) => {
    const death = pendingApprovals.length > 0 ? left.get(step) : undefined
    if (death) left.delete(step)
    return death ?? 'boundary'
  })

  expect([...left]).toEqual([])
  const run = await runs.get(runId)
  expect(run).toMatchObject({ status: 'succeeded', output: `${steps} effects` })
  expect(agent.model.calls).toHaveLength(steps + 1)
  // Of the second nothing had been sent yet, which nobody could know: it is not done once more.
  expect(server.effects).toEqual(effectsUpTo(steps).filter((path) => !path.endsWith('/2')))
  const answered = (await runs.steps(runId)).filter(({ kind }) => kind === 'tool-call')
  const unknown = { status: 'failed', error: { code: 'tool.outcome-unknown' } }
  const known = { status: 'succeeded' }
  expect(answered).toMatchObject([known, unknown, unknown, known, known, known])
})

/** Workers, one after the other; whatever waits for a person is approved in between. @returns how many it took */
async function killedUntilOver(
  runId: string,
  next: (run: ShownRun) => Death = () => 'boundary',
): Promise<number> {
  for (let deaths = 0; ; deaths += 1) {
    const run = await runs.get(runId)
    if (run.status !== 'queued' && run.status !== 'running') return deaths
    for (const { callId, hash } of run.pendingApprovals) {
      const body = { decision: 'approve', hash }
      await runs.call('POST', `/v1/agent-runs/${runId}/approvals/${callId}`, { body })
    }
    const [, signal] = await once(startWorker(next(run)), 'exit')
    expect(signal).toBe('SIGKILL')
  }
}

test('a tool whose process is killed after its claim, its effect and its end has one effect', {
  timeout: TEST_MS,
}, async () => {
  const config = { hosts: [server.origin], methods: ['POST'], idempotent: true }
  const id = await runs.published({ tools: [{ tool: 'http_request', config }] })
  const order = { method: 'POST', url: `${server.origin}/orders`, body: { amount: 1 } }
  agent.model.rewrite([toolCalls({ name: 'http_request', arguments: order }), text('ordered')])
  const { id: runId } = (await runs.start(id)).json()

  const asked: number[] = []
  for (const death of ['claim', 'effect', 'finish'] as const) {
    const [, signal] = await once(startWorker(death), 'exit')
    expect(signal).toBe('SIGKILL')
    asked.push(server.keys.length)
  }
  const last = startWorker('never')
  const run = await runs.until(runId, 'succeeded', 'failed')
  last.kill('SIGKILL')

  expect(run).toMatchObject({ status: 'succeeded', output: 'ordered', steps: 2 })
  // Sent again, as nobody knew what had become of it, and not any more once that was written down.
  expect([...asked, server.keys.length]).toEqual([0, 1, 2, 2])
  expect(new Set(server.keys).size).toBe(1)
  expect(server.effects).toEqual(['/orders'])
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
