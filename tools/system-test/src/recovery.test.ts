import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { held, type ScriptedModel, startScriptedModel, text } from '@dure/scripted-model'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { reportGraph } from './graphs.ts'
import { publishWorkflow, type System, startTestSystem, until } from './system.ts'

// Processes are started here, on machines that may be slow.
vi.setConfig({ testTimeout: 120_000 })

/** The world outside: counts what reaches it. */
let world: Server
let reports: string[] = []
let model: ScriptedModel
let system: System
let workflowId: string
const completed = new Set<string>()

beforeAll(async () => {
  world = createServer((request, response) => {
    reports.push(String(request.headers['idempotency-key']))
    response.setHeader('content-type', 'application/json').end('{"accepted":true}')
  })
  await new Promise<void>((resolve) => world.listen(0, '127.0.0.1', resolve))
  const { port } = world.address() as AddressInfo
  model = await startScriptedModel()
  system = await startTestSystem({
    agent: {
      MODEL_BASE_URL: model.baseUrl,
      MODEL_API_KEY: 'secret',
      MODEL_DEFAULT: 'scripted',
      EGRESS_ALLOW: `127.0.0.1:${port}`,
      LEASE_MS: '2000',
    },
    env: { RESEND_AFTER_MS: '1000' },
  })
  workflowId = await publishWorkflow(system, reportGraph(`http://127.0.0.1:${port}/reports`))
}, 120_000)
afterAll(async () => {
  await system?.close()
  await model?.close()
  world?.close()
})
beforeEach(() => {
  reports = []
  model.rewrite(() => text('done'))
})

interface RunView {
  readonly id: string
  readonly status: string
  readonly output: unknown
}

interface UsageView {
  readonly totals?: { readonly runs: { readonly completed: number } }
}

async function start(): Promise<string> {
  const path = `/v1/workflows/${workflowId}/runs`
  return (await system.call<RunView>('POST', path, { input: {} })).body.id
}

async function end(id: string): Promise<RunView> {
  const get = async () => system.call<RunView>('GET', `/v1/runs/${id}`)
  const ended = async () => {
    const { status, body } = await get()
    return status === 200 && body.status !== 'running'
  }
  await until(ended, `run ${id} has ended`)
  const { body } = await get()
  if (body.status === 'completed') completed.add(id)
  return body
}

describe('a run ends, and nothing before is done again,', () => {
  test('when the agent service is killed while the model answers', async () => {
    const first = held(text('never heard'))
    model.rewrite((_call, index) => (index === 0 ? first : text('after the crash')))
    const id = await start()
    await until(() => model.calls.length === 1, 'the model is asked')

    await system.end('agent', 'SIGKILL')
    first.release()
    await system.start('agent')

    expect(await end(id)).toMatchObject({
      status: 'completed',
      output: { answer: 'after the crash' },
    })
    expect(reports).toHaveLength(1)
  })

  test('when the workflow service is killed while the model answers', async () => {
    const answer = held(text('heard by the next'))
    model.rewrite(() => answer)
    const id = await start()
    await until(() => model.calls.length === 1, 'the model is asked')

    await system.end('workflow', 'SIGKILL')
    answer.release()
    await system.start('workflow')

    expect(await end(id)).toMatchObject({ output: { answer: 'heard by the next' } })
    expect(reports).toHaveLength(1)
    expect(model.calls).toHaveLength(1)
  })

  test('when Redis forgets everything while tasks are under way', async () => {
    const answer = held(text('after the flood'))
    model.rewrite(() => answer)
    const ids = await Promise.all([start(), start(), start()])
    await until(() => model.calls.length === 3, 'the model is asked')

    const redis = new Redis(system.redisUrl)
    await redis.flushall()
    redis.disconnect()
    answer.release()

    for (const id of ids) {
      expect(await end(id)).toMatchObject({ output: { answer: 'after the flood' } })
    }
    expect(new Set(reports).size).toBe(3)
    expect(reports).toHaveLength(3)
  })

  test('when PostgreSQL restarts while the model answers', async () => {
    const answer = held(text('from before the restart'))
    model.rewrite(() => answer)
    const id = await start()
    await until(() => model.calls.length === 1, 'the model is asked')

    await system.restartPostgres()
    answer.release()

    expect(await end(id)).toMatchObject({ output: { answer: 'from before the restart' } })
    expect(reports).toHaveLength(1)
    expect(model.calls).toHaveLength(1)
  })
})

describe('a service that is down', () => {
  test('is missed only on its own routes, and takes in later what happened meanwhile', async () => {
    const isCaughtUp = async () => {
      const { body } = await system.call<UsageView>('GET', '/v1/usage')
      return body.totals?.runs.completed === completed.size
    }
    await until(isCaughtUp, 'analytics knows the runs of the other tests')
    await system.end('analytics', 'stop')

    const refused = await system.call<{ code: string }>('GET', '/v1/usage')
    expect([refused.status, refused.body.code]).toEqual([503, 'service.unavailable'])
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await end(await start())).toMatchObject({ status: 'completed' })

    await system.start('analytics')
    await until(isCaughtUp, 'analytics knows the run')
  })
})
