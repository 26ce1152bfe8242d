import { randomBytes } from 'node:crypto'
import { Redis } from 'ioredis'
import pg from 'pg'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { eventsOf } from './event-stream.ts'
import { inARow } from './graphs.ts'
import { publishWorkflow, type System, startTestSystem, until } from './system.ts'
import { startWorld, type World } from './world.ts'

// Processes are started here, on machines that may be slow.
vi.setConfig({ testTimeout: 120_000 })

const CANARY = `canary-${randomBytes(12).toString('hex')}`
/** As it is, and as a dump, a URL or a header could have it. */
const TRACES = [
  CANARY,
  Buffer.from(CANARY).toString('hex'),
  Buffer.from(CANARY).toString('base64').replace(/=+$/, ''),
  Buffer.from(`me:${CANARY}`).toString('base64').replace(/=+$/, ''),
]

let world: World
let system: System
const lines: string[] = []
const answers: string[] = []
const commands: string[] = []
let watched: Redis
beforeAll(async () => {
  world = await startWorld()
  system = await startTestSystem({
    agent: { EGRESS_ALLOW: world.address, LEASE_MS: '2000' },
    env: { LOG_LEVEL: 'debug' },
    onLine: (line) => lines.push(line),
  })
  watched = await watchRedis(system.redisUrl)
}, 120_000)
afterAll(async () => {
  watched?.disconnect()
  await system?.close()
  await world?.close()
})

async function call<Body>(method: string, path: string, body?: unknown): Promise<Body> {
  const answer = await system.call<Body>(method, path, body)
  answers.push(JSON.stringify(answer.body), JSON.stringify([...answer.headers]))
  return answer.body
}

async function run(
  workflowId: string,
): Promise<{ status: string; error: { code: string } | null }> {
  const { id } = await call<{ id: string }>('POST', `/v1/workflows/${workflowId}/runs`, {
    input: {},
  })
  let status = ''
  await until(async () => {
    status = (await call<{ status: string }>('GET', `/v1/runs/${id}`)).status
    return status !== 'running' && status !== 'queued'
  }, `run ${id} has ended`)
  const headers = { authorization: `Bearer ${system.apiKey}` }
  const events = await eventsOf(await fetch(`${system.url}/v1/runs/${id}/events`, { headers }))
  answers.push(JSON.stringify(events))
  return call('GET', `/v1/runs/${id}`)
}

const request = (id: string, auth: object, path = '/echo') => ({
  ...{ id, type: 'http' },
  config: { method: 'POST', url: `${world.url}${path}`, auth, body: { from: id } },
})

test('a secret reaches the host that it is for, and nothing else ever has it', async () => {
  // The worst of hosts: it shows everything that it is told.
  world.rewrite((asked) => ({ status: 200, body: { asked, [asked.authorization]: 1 } }))
  const secret = { name: 'shop', value: CANARY, hosts: [world.url] }
  await call('POST', '/v1/secrets', secret)
  await call('POST', '/v1/secrets', { ...secret, name: 'elsewhere', hosts: ['a.example'] })
  await call('POST', '/v1/secrets', { ...secret, name: 'No such name' })
  await call('POST', '/v1/secrets', { ...secret, name: 'x', hosts: [CANARY, `${CANARY}/path`] })
  await call('GET', '/v1/secrets')

  const good = await publishWorkflow(
    system,
    inARow([
      request('bearer', { secret: 'shop', as: 'bearer' }),
      request('basic', { secret: 'shop', as: 'basic', username: 'me' }),
    ]),
  )
  const bad = await publishWorkflow(
    system,
    inARow([request('wrong', { secret: 'elsewhere', as: 'bearer' })]),
  )
  expect((await run(good)).status).toBe('completed')
  expect(await run(bad)).toMatchObject({
    status: 'failed',
    error: { code: 'secret.host-not-allowed' },
  })
  expect(world.requests.map(({ authorization }) => authorization)).toEqual([
    `Bearer ${CANARY}`,
    `Basic ${Buffer.from(`me:${CANARY}`).toString('base64')}`,
  ])

  const places = {
    answers: answers.join('\n'),
    logs: lines.join('\n'),
    redis: commands.join('\n'),
    ...(await everythingInPostgres()),
  }
  // Each of them was looked at, and holds what it should.
  expect(places.answers).toContain('[redacted]')
  expect(places.logs).toContain('agent | ')
  expect(places.redis).toContain('task.send-http-request')
  expect(places.agent).toContain('secret.host-not-allowed')
  expect(places.workflow).toContain('[redacted]')
  for (const [place, text] of Object.entries(places)) {
    const found = TRACES.filter((trace) => text.includes(trace))
    expect(found, `in ${place}`).toEqual([])
  }
})

/** Every row of every table, of all databases. */
async function everythingInPostgres(): Promise<Record<keyof System['databaseUrls'], string>> {
  const dumps = Object.entries(system.databaseUrls).map(async ([service, url]) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    const { rows: tables } = await client.query(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
    )
    const texts: string[] = []
    for (const { name } of tables) {
      const { rows } = await client.query(`SELECT t::text AS row FROM "${name}" t`)
      texts.push(...rows.map(({ row }) => row))
    }
    await client.end()
    return [service, texts.join('\n')] as const
  })
  return Object.fromEntries(await Promise.all(dumps)) as Record<
    keyof System['databaseUrls'],
    string
  >
}

/** Each command that anybody sends to Redis, with all that it carries. */
async function watchRedis(redisUrl: string): Promise<Redis> {
  const first = new Redis(redisUrl)
  const redis = await first.monitor()
  first.disconnect()
  redis.on('monitor', (_time: string, command: string[]) => commands.push(command.join(' ')))
  return redis
}
