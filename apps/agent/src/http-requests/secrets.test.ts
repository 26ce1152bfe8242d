import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { newTask } from '../tasks/testing/task.ts'

const SHOP = "SELECT key_id, wrapped_key, payload FROM secret WHERE name = 'shop'"
const CANARY = 'canary-5be0c74d19'

let agent: AgentUnderTest
let host: string
let otherHost: string
let answer: RequestListener
const received: IncomingMessage[] = []
const serve = () =>
  createServer((request, response) => {
    received.push(request)
    answer(request, response)
  })
const servers = [serve(), serve()] as const

async function listen(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

beforeAll(async () => {
  host = await listen(servers[0])
  otherHost = await listen(servers[1])
  agent = await startAgent({ EGRESS_ALLOW: `${host},${otherHost}` })
  await keep('shop', { hosts: [`http://${host}`] })
})
afterAll(async () => {
  await agent.close()
  for (const server of servers) server.close()
})
beforeEach(() => {
  received.length = 0
  answer = (_request, response) => response.end('ok')
})

async function keep(name: string, { hosts = ['a.example'], value = CANARY, seed = '1' }) {
  const response = await agent.app.inject({
    ...{ method: 'POST', url: '/v1/secrets', payload: { name, value, hosts } },
    headers: await agent.identity.headers('agent', { tenant: testTenant(seed) }),
  })
  expect(response.statusCode).toBe(201)
  return response.json().id as string
}

async function send(
  auth: { secret: string; as: 'bearer' | 'basic' | 'header' },
  path = '/',
  to = host,
) {
  const task = newTask()
  await agent.request(task, { url: `http://${to}${path}`, auth })
  return agent.outcomeOf(task)
}

const failure = (code: string, errorClass: string) => ({
  status: 'failed',
  error: { code, message: expect.not.stringContaining(CANARY), class: errorClass },
})

describe('a request with a secret', () => {
  test('has it in the header that it asks for, and nothing that is kept of it has', async () => {
    answer = (request, response) => {
      response.setHeader('x-you-sent', String(request.headers.authorization))
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ headers: request.headers, [CANARY]: [CANARY] }))
    }
    expect(await send({ secret: 'shop', as: 'bearer' })).toMatchObject({
      status: 'succeeded',
      output: {
        headers: { 'x-you-sent': 'Bearer [redacted]' },
        body: { headers: { authorization: 'Bearer [redacted]' }, '[redacted]': ['[redacted]'] },
      },
    })
    expect(await send({ secret: 'shop', as: 'basic' })).toMatchObject({
      output: { headers: { 'x-you-sent': 'Basic [redacted]' } },
    })
    await send({ secret: 'shop', as: 'header' })

    expect(received.map(({ headers }) => headers.authorization ?? headers['x-api-key'])).toEqual([
      `Bearer ${CANARY}`,
      `Basic ${Buffer.from(CANARY).toString('base64')}`,
      CANARY,
    ])
    expect(await everythingStored()).not.toMatch(traces())
  })

  test('is not sent to a host that the secret does not name', async () => {
    await keep('elsewhere', { hosts: [`https://${host}`, `http://${otherHost}`] })

    expect(await send({ secret: 'elsewhere', as: 'bearer' })).toEqual(
      failure('secret.host-not-allowed', 'rejected'),
    )
    expect(received).toEqual([])
  })

  test('is not sent with a secret that only another project has', async () => {
    await keep('theirs', { hosts: [`http://${host}`], seed: '2' })

    expect(await send({ secret: 'theirs', as: 'bearer' })).toEqual(
      failure('secret.not-found', 'rejected'),
    )
    expect(received).toEqual([])
  })

  test('takes it along when it is led on at the same host, and not to another', async () => {
    answer = (request, response) => {
      const to = { '/in': '/done', '/out': `http://${otherHost}/done` }[request.url ?? '']
      if (to) response.writeHead(302, { location: to })
      response.end()
    }

    await send({ secret: 'shop', as: 'bearer' }, '/in')
    await send({ secret: 'shop', as: 'header' }, '/out')

    const [, sameHost, , stranger] = received
    expect(sameHost?.headers.authorization).toBe(`Bearer ${CANARY}`)
    expect(stranger?.headers.host).toBe(otherHost)
    expect(JSON.stringify(stranger?.headers)).not.toContain(CANARY)
  })

  test('is not sent when the secret could break out of its header, and the error does not show it', async () => {
    await keep('lines', { hosts: [`http://${host}`], value: `${CANARY}\r\nx-injected: 1` })

    expect(await send({ secret: 'lines', as: 'header' })).toEqual(
      failure('egress.invalid-header', 'invalid'),
    )
    expect(received).toEqual([])
  })

  test.each([
    ['other hosts', ['a.example'], `hosts = ARRAY['http://' || $2]`],
    ['all of another secret', [], `(key_id, wrapped_key, payload) = (${SHOP})`],
  ])('is not sent when its row was given %s in the database', async (_what, hosts, change) => {
    const name = `changed_${hosts.length}`
    const id = await keep(name, { hosts: [...hosts, `http://${otherHost}`] })
    const target = hosts.length > 0 ? host : otherHost
    await agent.pool.query(`UPDATE secret SET ${change} WHERE id = $1 AND $2 <> ''`, [id, host])

    expect(await send({ secret: name, as: 'bearer' }, '/', target)).toEqual(
      failure('secret.unreadable', 'unavailable'),
    )
    expect(received).toEqual([])
  })
})

/** The canary as it is, and as a dump would show the bytes of it. */
function traces(): RegExp {
  const hex = Buffer.from(CANARY).toString('hex')
  return new RegExp([CANARY, hex, Buffer.from(CANARY).toString('base64').slice(0, -2)].join('|'))
}

/** Every row of every table. */
async function everythingStored(): Promise<string> {
  const { rows: tables } = await agent.pool.query(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
  )
  const texts: string[] = []
  for (const { name } of tables) {
    const { rows } = await agent.pool.query(`SELECT t::text AS row FROM "${name}" t`)
    texts.push(...rows.map(({ row }) => row))
  }
  expect(texts.join()).toContain('shop')
  return texts.join('\n')
}
