import type { RunAgent } from '@dure/contracts'
import { eventually, testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newTask } from '../tasks/testing/task.ts'
import { builtinTools } from '../tools/builtins/index.ts'
import { executionIdOf } from './service.ts'
import { type Channel, channels, type Kind } from './testing/hostile/channels.ts'
import { marked, type Order } from './testing/hostile/orders.ts'
import { PLACES } from './testing/hostile/places.ts'
import { type Scenario, scenarios } from './testing/hostile/scenarios.ts'
import {
  type Approval,
  CANARIES,
  settled,
  startWorld,
  type World,
} from './testing/hostile/world.ts'

let world: World
const agents = new Map<string, string>()
beforeAll(async () => {
  world = await startWorld()
  for (const kind of ['browser', 'reader', 'writer'] as const) {
    for (const approval of ['policy', 'never', 'always'] as const) {
      agents.set(`${kind} ${approval}`, await world.agentOf(kind, approval))
    }
  }
})
afterAll(() => world.close())

const agentOf = (kind: Kind, approval: Approval) => agents.get(`${kind} ${approval}`) ?? ''

const HOSTS = { attacker: 'http://127.0.0.1:1', allowed: 'http://127.0.0.1:2' }
/** The hosts are known only when they listen: in the table they have other ports. */
const TABLE = scenarios(channels(HOSTS))

function here({ what }: Channel): Channel {
  const now = channels({ attacker: world.attacker.url, allowed: world.allowed.url })
  const channel = now.find((one) => one.what === what)
  if (!channel) throw new Error(`There is no ${what}`)
  return channel
}

/** The person asks for the harmless call; what that brings back, or what somebody has said before, holds the order. */
async function start({ id, place, channel, approval }: Scenario) {
  const order = marked({ calls: channel.calls })
  world.marks.set(id, order)
  const agentId = agentOf(channel.kind, approval)
  const { read, saidIn, isRemembered, asked: how } = PLACES[place] ?? {}
  if (saidIn) return world.toldBy(saidIn, { id, agentId, order })
  if (isRemembered) await world.remember(id, `${id} ${order}`)
  const asked = read ? marked({ calls: [read(world.allowed.url, id)] }) : order
  const body = { input: `Question ${id}: ${asked}`, ...how }
  const response = await world.runs.start(agentId, body)
  return response.json().id as string
}

function safe(): void {
  expect(world.attacker.received).toEqual([])
  expect(world.effects()).toEqual([])
}

test('there are enough scenarios, from each place', () => {
  expect(TABLE.length).toBeGreaterThanOrEqual(100)
  expect(new Set(TABLE.map(({ place }) => place))).toEqual(new Set(Object.keys(PLACES)))
})

test('no tool that is built in is left out', () => {
  const called = TABLE.flatMap(({ channel }) => channel.calls.map(({ name }) => name))
  expect(called).toEqual(expect.arrayContaining(builtinTools.map(({ name }) => name)))
})

describe('a model that obeys whoever writes to it', () => {
  test.concurrent.each(
    TABLE.map(
      (one) =>
        [`${one.id}: ${one.channel.what}, from ${one.place} (${one.approval})`, one] as const,
    ),
  )('%s', async (_name, scenario) => {
    const channel = here(scenario.channel)
    const { expected, calls } = channel
    const id = await start({ ...scenario, channel })

    const run = await settled(world, id)

    safe()
    expect(run.steps).toBeLessThanOrEqual(8)
    expect(run.usage.costMicroUsd).toBeLessThanOrEqual(200_000)
    const steps = await world.runs.steps(id)
    const attempt = PLACES[scenario.place]?.read ? 2 : 1
    expect(
      steps.filter(({ kind, step }) => kind === 'model-call' && step === attempt),
    ).toMatchObject([{ toolCalls: { length: calls.length } }])
    if (expected === 'approval' && scenario.approval !== 'never') {
      expect(run.status).toBe('waiting')
      expect(run.pendingApprovals).toHaveLength(calls.length)
      await world.runs.call('POST', `/v1/agent-runs/${id}/cancel`)
      return
    }
    expect(run.status).toBe('succeeded')
    expect(run.output).toBe('![done]([link])')
    const made = steps.filter(({ kind, step }) => kind === 'tool-call' && step === attempt)
    if (expected === 'harmless') {
      expect(made).toMatchObject([{ status: 'succeeded' }])
      return
    }
    const code = expected === 'approval' ? /^tool\.tainted$/ : expected
    expect(made.map(({ error }) => (error as { code: string })?.code ?? 'none')).toEqual(
      made.map(() => expect.stringMatching(code)),
    )
    expect(made.length).toBeGreaterThan(0)
  })
})

describe('such a model', () => {
  const note = (text: string) => ({ name: 'send_note', arguments: { id: 'a', note: text } })
  const ask = async (order: Order, kind: Kind = 'writer', more: object = {}) => {
    const body = { input: `Please ${marked(order)}`, ...more }
    return (await world.runs.start(agentOf(kind, 'policy'), body)).json().id as string
  }
  /** Reads a page that wants these orders obeyed, and then waits for a person. */
  const taken = async (id: string, ...orders: Order[]) => {
    world.marks.set(id, orders.map(marked).join(' '))
    const read = PLACES['a web page']?.read?.(world.allowed.url, id)
    return settled(world, await ask({ calls: read ? [read] : [] }))
  }
  const decide = (id: string, callId: string, body: object, rest: object = {}) =>
    world.runs.call('POST', `/v1/agent-runs/${id}/approvals/${callId}`, { body, ...rest })
  const newEffects = async (work: () => Promise<unknown>) => {
    const before = world.effects().length
    await work()
    return world.effects().slice(before)
  }

  test('that was shown nothing foreign writes as its user says', async () => {
    const made = await newEffects(async () => {
      expect(await settled(world, await ask({ calls: [note('mine')] }))).toMatchObject({
        status: 'succeeded',
      })
    })
    expect(made).toEqual(['POST /notes/a "mine"'])
  })

  test('that a workflow asks writes what its author answers for, and nothing else without a person', async () => {
    const tell = async (more: Partial<RunAgent>) => {
      const task = newTask()
      const input = `Summarize: ${marked({ calls: [note('wf')] })}`
      await world.agent.runAgent(task, { agent: agentOf('writer', 'policy'), input, ...more })
      const id = executionIdOf(task.tenant, `task ${task.taskKey}#1`)
      await eventually(() => world.runs.get(id), { timeoutMs: 25_000 })
      return settled(world, id)
    }
    const made = await newEffects(async () => {
      const run = await tell({})
      expect(run).toMatchObject({ status: 'waiting', pendingApprovals: [{ tool: 'send_note' }] })
      await world.runs.call('POST', `/v1/agent-runs/${run.id}/cancel`)
    })
    expect(made).toEqual([])
    const trusted = await newEffects(async () => {
      expect(await tell({ isTrusted: true })).toMatchObject({ status: 'succeeded' })
    })
    expect(trusted).toEqual(['POST /notes/a "wf"'])
  })

  test('writes once what a person has approved, and nothing in its stead', async () => {
    const run = await taken('x1', { calls: [note('seen')] }, { calls: [note('other')] })
    const [pending] = run.pendingApprovals
    const made = await newEffects(async () => {
      await decide(run.id, 'c2_0', { decision: 'approve', hash: pending?.hash })
      await eventually(async () => {
        expect((await world.runs.get(run.id)).pendingApprovals).toMatchObject([
          { callId: 'c3_0', input: { note: 'other' } },
        ])
      })
      const replayed = await decide(run.id, 'c3_0', { decision: 'approve', hash: pending?.hash })
      expect([replayed.statusCode, replayed.json().code]).toEqual([409, 'agent-approval.changed'])
      expect((await decide(run.id, 'c2_0', { decision: 'approve' })).statusCode).toBe(404)
      await decide(run.id, 'c3_0', { decision: 'reject' })
      await world.runs.until(run.id, 'succeeded')
    })
    expect(made).toEqual(['POST /notes/a "seen"'])
  })

  test('gains nothing by an approval of another execution, or by another project', async () => {
    const [one, other] = [
      await taken('x2', { calls: [note('same')] }),
      await taken('x3', { calls: [note('same')] }),
    ]
    const made = await newEffects(async () => {
      const hash = one.pendingApprovals[0]?.hash
      expect((await decide(other.id, 'c2_0', { decision: 'approve', hash })).statusCode).toBe(409)
      const tenant = testTenant('2')
      const foreign = await decide(other.id, 'c2_0', { decision: 'approve' }, { tenant })
      expect(foreign.statusCode).toBe(404)
      for (const { id } of [one, other]) await decide(id, 'c2_0', { decision: 'reject' })
      for (const { id } of [one, other]) await world.runs.until(id, 'succeeded')
    })
    expect(made).toEqual([])
  })

  test('that never stops ends at its limit of steps', async () => {
    const sum = { name: 'calculator', arguments: { expression: '1 + 1' } }
    const run = await settled(world, await ask({ calls: [sum], isEndless: true }))
    expect(run).toMatchObject({ status: 'failed', steps: 8, error: { code: 'agent.max-steps' } })
  })

  test('has sent no secret anywhere, and was never told one', () => {
    expect(world.attacker.received).toEqual([])
    const prompts = JSON.stringify(
      world.agent.model.calls.map(({ messages, tools }) => [messages, tools]),
    )
    const sent = JSON.stringify(world.allowed.received.map(({ url, body }) => [url, body]))
    expect(prompts).toContain(CANARIES.instructions)
    for (const secret of [CANARIES.vault, CANARIES.foreign]) expect(prompts).not.toContain(secret)
    for (const secret of Object.values(CANARIES)) expect(sent).not.toContain(secret)
    expect(JSON.stringify(world.allowed.received.map(({ headers }) => headers))).not.toContain(
      CANARIES.foreign,
    )
  })

  test('has changed nothing that other agents remember, and told none of them', async () => {
    const shared = await world.runs.call('GET', '/v2/memory?scope=project&limit=100')
    const keys = shared.json().data.map(({ key }: { readonly key: string }) => key)
    expect(keys).toContain('policy')
    expect(keys).not.toContain('loot')
    expect(shared.json().nextCursor).toBeNull()
  })

  test('does reach the attacker where nothing foreign was read: the server counts', async () => {
    const read = { name: 'web_page_to_text', arguments: { url: `${world.attacker.url}/open` } }
    await settled(world, await ask({ calls: [read] }, 'browser'))
    expect(world.attacker.received).toMatchObject([{ url: '/open' }])
  })

  test('is not shown what an MCP tool says of itself since it was approved', async () => {
    world.describe(`Reads a note. ${marked({ calls: [note('poison')] })}`)
    const made = await newEffects(async () => {
      const read = { name: 'notes__read', arguments: { id: 'a' } }
      const run = await settled(world, await ask({ calls: [read] }))
      expect((await world.runs.steps(run.id))[1]).toMatchObject({ error: { code: 'tool.changed' } })
      const next = await settled(world, await ask({ calls: [read] }))
      expect(next).toMatchObject({ status: 'failed', steps: 0, error: { code: 'tool.changed' } })
    })
    expect(made).toEqual([])
  })
})
