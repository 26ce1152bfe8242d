import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type ScriptedModel, startScriptedModel, text, toolCalls } from '@dure/scripted-model'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { inARow } from './graphs.ts'
import { publishWorkflow, type System, startTestSystem } from './system.ts'
import { OK, startWorld, type World } from './world.ts'

// Processes are started here, on machines that may be slow.
vi.setConfig({ testTimeout: 300_000 })

let world: World
let model: ScriptedModel
let system: System
const workers: ChildProcess[] = []
beforeAll(async () => {
  world = await startWorld()
  model = await startScriptedModel()
  system = await startTestSystem({
    agent: {
      ...{ MODEL_BASE_URL: model.baseUrl, MODEL_API_KEY: 'none', MODEL_DEFAULT: 'scripted' },
      ...{ EGRESS_ALLOW: world.address, LEASE_MS: '1000' },
    },
    own: { agent: { ROLE: 'api' } },
  })
}, 240_000)
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL')
  await system?.close()
  await model?.close()
  await world?.close()
})
beforeEach(() => world.rewrite(() => OK))

interface AgentRun {
  readonly id: string
  readonly status: string
  readonly output: string
}

const AGENT = new URL('../../../apps/agent/src/', import.meta.url)

/** A process that does the work of the agent service; `dies`: as soon as a step of an execution is recorded. */
function startWorker({ dies }: { readonly dies: boolean }): ChildProcess {
  const file = (name: string) => fileURLToPath(new URL(name, AGENT))
  const hook = dies ? ['--import', file('executions/testing/die-at-boundary.ts')] : []
  const own = { ...system.environmentOf('agent'), ROLE: 'worker', PORT: '0' }
  const env = { ...process.env, ...own }
  const worker = spawn(process.execPath, [...hook, file('main.ts')], { env, stdio: 'ignore' })
  workers.push(worker)
  return worker
}

async function publishAgent(name: string, tools: readonly object[]): Promise<string> {
  const definition = { instructions: `You are ${name}.`, tools }
  const agent = await system.call<{ id: string }>('POST', '/v1/agents', { name, definition })
  expect(agent.status, JSON.stringify(agent.body)).toBe(201)
  const path = `/v1/agents/${agent.body.id}/versions`
  await system.call('POST', path)
  await system.call('POST', `${path}/1/publish`)
  return agent.body.id
}

const runs = (workflow: string) => ({ tool: 'run_workflow', config: { workflow } })

async function start(agentId: string): Promise<string> {
  const path = `/v1/agents/${agentId}/runs`
  return (await system.call<AgentRun>('POST', path, { input: 'Go' })).body.id
}
const get = async (id: string) => (await system.call<AgentRun>('GET', `/v1/agent-runs/${id}`)).body

async function ended(id: string): Promise<AgentRun> {
  await vi.waitUntil(async () => /succeeded|failed/.test((await get(id)).status), {
    ...{ timeout: 120_000, interval: 100 },
  })
  return get(id)
}

async function runsOf(workflowId: string): Promise<readonly { status: string }[]> {
  const { body } = await system.call<{ data: { workflowId: string; status: string }[] }>(
    'GET',
    '/v1/runs?limit=100',
  )
  return body.data.filter((run) => run.workflowId === workflowId)
}

/** Calls its tool, and says what it was told. */
function relaying(tool: string, input: object): void {
  model.rewrite(({ messages }) => {
    const last = messages.at(-1)
    return last?.role === 'tool'
      ? // Of an error no more than its code: all of it would be three times as long, and as dear, with each level.
        text(`told ${/tool\.[a-z-]+/.exec(String(last.content))?.[0] ?? last.content}`)
      : toolCalls({ name: tool, arguments: input })
  })
}

test('an agent whose process is killed after each step runs its workflow once', async () => {
  const config = { method: 'POST', url: `${world.url}/refunds`, body: {}, idempotent: true }
  const workflow = await publishWorkflow(system, inARow([{ id: 'pay', type: 'http', config }]))
  const agentId = await publishAgent('teller', [runs(workflow)])
  relaying('run_workflow', { input: {} })
  const id = await start(agentId)

  let deaths = 0
  while (!/succeeded|failed/.test((await get(id)).status)) {
    const [, signal] = await once(startWorker({ dies: true }), 'exit')
    expect(signal).toBe('SIGKILL')
    deaths += 1
  }

  expect((await get(id)).status).toBe('succeeded')
  // The call that is asked for, sent and answered; what is said of it, and the end.
  expect(deaths).toBe(5)
  expect(model.calls).toHaveLength(2)
  expect(await runsOf(workflow)).toMatchObject([{ status: 'completed' }])
  expect(world.effects).toHaveLength(1)
})

describe('while a worker lives', () => {
  beforeAll(() => {
    startWorker({ dies: false })
  })

  /** One more workflow around an agent which runs that workflow. */
  async function round(name: string, node: object, outer?: string) {
    const outputs = { said: '{{ nodes.ask.data }}' }
    const asking = { id: 'ask', type: '', ...node }
    const inner = await publishWorkflow(system, inARow([asking], outputs), name)
    const called = outer === undefined ? inner : await publishWorkflow(system, around(inner), outer)
    return { inner, called, agentId: await publishAgent(name, [runs(called)]) }
  }
  const around = (workflowId: string) =>
    inARow([{ id: 'ask', type: 'subworkflow', config: { workflowId } }], {
      said: '{{ nodes.ask.data }}',
    })
  const asks = (agent: string) => ({ type: 'agent', config: { agent, input: 'Go' } })

  test('agents that run workflows that ask them end five deep', async () => {
    const { agentId, called } = await round('loop', asks('loop'))
    relaying('run_workflow', { input: {} })
    expect(await ended(await start(agentId))).toMatchObject({
      ...{ status: 'succeeded', output: expect.stringContaining('tool.too-deep') },
    })
    expect(await runsOf(called)).toHaveLength(5)
  })

  test('so do members of teams of such workflows', async () => {
    const node = { type: 'multi_agent', config: { team: 'ring', input: 'Go' } }
    const { agentId, called } = await round('ring', node)
    const members = [{ name: 'one', agentId }]
    const definition = { pattern: 'sequential', members }
    const team = await system.call<{ id: string }>('POST', '/v1/agent-teams', {
      ...{ name: 'ring', definition },
    })
    expect(team.status, JSON.stringify(team.body)).toBe(201)
    relaying('run_workflow', { input: {} })
    expect(await ended(await start(agentId))).toMatchObject({
      ...{ status: 'succeeded', output: expect.stringContaining('tool.too-deep') },
    })
    expect(await runsOf(called)).toHaveLength(5)
  })

  test('and what a node calls in between counts as well', async () => {
    const { agentId, called, inner } = await round('spiral', asks('spiral'), 'spiral-around')
    relaying('run_workflow', { input: {} })
    expect(await ended(await start(agentId))).toMatchObject({
      ...{ status: 'succeeded', output: expect.stringContaining('tool.too-deep') },
    })
    expect([(await runsOf(called)).length, (await runsOf(inner)).length]).toEqual([3, 3])
  })

  test.each([
    ['may not do what that one may not', false],
    ['does what both may', true],
  ])('an agent in a workflow that an agent has started %s', async (_what, isGranted) => {
    const name = `helper-${isGranted}`
    const reads = { tool: 'http_request', config: { hosts: [world.url] } }
    const { called } = await round(name, asks(`${name}-inside`))
    await publishAgent(`${name}-inside`, [reads])
    const front = await publishAgent(`${name}-front`, [runs(called), ...(isGranted ? [reads] : [])])
    model.rewrite(({ messages }) => {
      const last = messages.at(-1)
      if (last?.role === 'tool') return text(`told ${last.content}`)
      return String(messages[0]?.content).includes('-inside')
        ? toolCalls({ name: 'http_request', arguments: { method: 'GET', url: `${world.url}/x` } })
        : toolCalls({ name: 'run_workflow', arguments: { input: {} } })
    })

    const { status, output } = await ended(await start(front))

    expect(status).toBe('succeeded')
    expect(output.includes('tool.unknown')).toBe(!isGranted)
    expect(world.requests).toHaveLength(isGranted ? 1 : 0)
  })
})
