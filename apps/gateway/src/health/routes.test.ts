import { eventually } from '@dure/platform/testing'
import pg from 'pg'
import { Agent } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { formatApiKey } from '../keys/api-key.ts'
import { startGateway, type TestGateway } from '../testing/gateway.ts'
import { createHealthService } from './service.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway()
})
afterAll(() => gateway.close())

const health = async () => (await fetch(`${gateway.origin}/health`)).json()

describe('the health of the whole', () => {
  test('is ok while every service is ready', async () => {
    const ready = { status: 'ready', latencyMs: expect.any(Number) }
    expect(await health()).toEqual({
      status: 'ok',
      services: { workflow: ready, agent: ready, knowledge: ready, analytics: ready },
    })
  })

  test('is asked of the services once for many who ask', async () => {
    let asked = 0
    const { agent } = gateway.peers
    agent.own = (_request, response) => {
      asked++
      response.end('{}')
    }
    const dispatcher = new Agent()
    const services = [{ name: 'agent', origin: agent.origin }] as const
    const service = createHealthService({ services, dispatcher, reuseMs: 3_600_000 })
    await Promise.all(Array.from({ length: 20 }, () => service.check()))
    await service.check()
    await dispatcher.close()
    expect(asked).toBe(1)
  })

  test('is degraded with one not ready, one that says nothing and one that is gone', async () => {
    gateway.peers.agent.own = (_request, response) => void response.writeHead(503).end('{}')
    gateway.peers.knowledge.own = () => {}
    await gateway.peers.analytics.stop()
    await eventually(async () => {
      const answer = await fetch(`${gateway.origin}/health`)
      const body = await answer.text()
      expect(JSON.parse(body)).toMatchObject({
        status: 'degraded',
        services: {
          workflow: { status: 'ready' },
          agent: { status: 'not-ready' },
          knowledge: { status: 'unreachable' },
          analytics: { status: 'unreachable' },
        },
      })
      expect(body).not.toContain('127.0.0.1')
    })
  })

  test('says nothing about whether the gateway itself is ready', async () => {
    await gateway.peers.workflow.stop()
    const readiness = await fetch(`${gateway.origin}/readyz`)
    expect(await readiness.json()).toMatchObject({
      status: 'ready',
      checks: { database: { status: 'ok' } },
    })
  })
})

test('a gateway that has lost its database is degraded, and still there to say so', async () => {
  const alone = await startGateway()
  const admin = new pg.Client({ connectionString: databaseOf(alone.databaseUrl, 'postgres') })
  await admin.connect()
  try {
    const name = new URL(alone.databaseUrl).pathname.slice(1)
    await admin.query(`ALTER DATABASE ${admin.escapeIdentifier(name)} ALLOW_CONNECTIONS false`)
    await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
      name,
    ])
    await eventually(async () => {
      const readiness = await fetch(`${alone.origin}/readyz`)
      expect(readiness.status).toBe(200)
      expect(await readiness.json()).toMatchObject({
        status: 'degraded',
        checks: { database: { status: 'failing' } },
      })
    })
    const authorization = `Bearer ${formatApiKey('NotSeenYet', 's'.repeat(43))}`
    const response = await alone.fetch('/v1/models', { headers: { authorization } })
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('1')
  } finally {
    await admin.end()
    await alone.close()
  }
})

function databaseOf(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href
}
