import http from 'node:http'
import { eventually } from '@dure/platform/testing'
import { Redis } from 'ioredis'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { as, keyClient } from '../keys/testing/key-client.ts'
import { type Cable, startCable } from '../limits/testing/cable.ts'
import {
  answerTo,
  type Replica,
  refusalIn,
  startGateway,
  type TestGateway,
} from '../testing/gateway.ts'

let gateway: TestGateway
/** Three instances that hear each other by Redis, three that have none, three that have it and hear nothing. */
let connected: readonly Replica[]
let alone: readonly Replica[]
let deaf: readonly Replica[]
let cable: Cable
const { ask, created } = keyClient(() => gateway)

beforeAll(async () => {
  gateway = await startGateway({
    REDIS_URL: inject('redisUrl'),
    QUEUE_PREFIX: `revocation-${process.pid}`,
  })
  const replicas = async (changes = {}) => {
    const started: Replica[] = []
    while (started.length < 3) started.push(await gateway.replica(changes))
    return started
  }
  connected = await replicas()
  alone = await replicas({ REDIS_URL: 'redis://localhost:1' })
  cable = await startCable(inject('redisUrl'))
  cable.loseMessages()
  deaf = await replicas({ REDIS_URL: cable.url })
})
afterAll(async () => {
  await gateway.close()
  await cable.close()
})

const CHANNEL = `revocation-${process.pid}:key-changes`
const runs = (at: Replica, key: string) => fetch(`${at.origin}/v1/runs`, { headers: as(key) })

async function known(key: string, at: readonly Replica[]): Promise<void> {
  for (const replica of at) {
    for (let count = 0; count < 3; count++) expect((await runs(replica, key)).status).toBe(200)
  }
}

/** How many instances wait for messages. */
async function listeners(): Promise<number> {
  const redis = new Redis(inject('redisUrl'))
  const [, count] = (await redis.pubsub('NUMSUB', CHANNEL)) as [string, number]
  redis.disconnect()
  return count
}

async function refusedBy(at: readonly Replica[], key: string, code: string): Promise<void> {
  await Promise.all(
    at.map((replica) =>
      // Well within the minute for which a key is believed.
      eventually(
        async () => expect(await refusalIn(await runs(replica, key))).toEqual([401, code]),
        {
          timeoutMs: 6000,
        },
      ),
    ),
  )
}

describe('a key that is revoked at one instance', () => {
  test('is refused by all that hear of it', async () => {
    const { id, key } = await created()
    await known(key, connected)
    await ask('DELETE', `/v1/api-keys/${id}`)
    await refusedBy(connected, key, 'key.revoked')
  })

  test('is refused also by those that have no Redis: they ask the database', async () => {
    const { id, key } = await created()
    await known(key, alone)
    await ask('DELETE', `/v1/api-keys/${id}`)
    await refusedBy(alone, key, 'key.revoked')
  })

  test('is refused also by those whose message of it was lost, with Redis up', async () => {
    await eventually(async () => expect(await listeners()).toBe(1 + 3 + 3))
    const { id, key } = await created()
    await known(key, deaf)
    const lost = cable.lost
    await ask('DELETE', `/v1/api-keys/${id}`)
    await refusedBy(deaf, key, 'key.revoked')
    // Each had subscribed, and was sent the message, which did not reach it.
    await eventually(() => expect(cable.lost).toBe(lost + 3))
  })

  test('in a flood of others is not missed', async () => {
    const keys = await Promise.all(Array.from({ length: 20 }, () => created()))
    for (const { key } of keys) await known(key, connected)
    await Promise.all(keys.map(({ id }) => ask('DELETE', `/v1/api-keys/${id}`)))
    await Promise.all(keys.map(({ key }) => refusedBy(connected, key, 'key.revoked')))
  })
})

test('a key that is changed by hand in the database is asked for again', async () => {
  const { id, key } = await created()
  await known(key, [...connected, ...alone])
  const database = new pg.Client({ connectionString: gateway.databaseUrl })
  await database.connect()
  await database.query('UPDATE api_key SET expires_at = now() WHERE id = $1', [id])
  await database.end()
  await refusedBy([...connected, ...alone], key, 'key.expired')
})

test('a message that nobody of us wrote does nothing', async () => {
  const { key } = await created()
  await known(key, connected)
  const redis = new Redis(inject('redisUrl'))
  for (const message of ['', 'x', 'all', '{"subjects":"all"}', `key_${'0'.repeat(32)},,\n`]) {
    expect(await redis.publish(CHANNEL, message)).toBeGreaterThanOrEqual(4)
  }
  redis.disconnect()
  await known(key, connected)
})

describe('a stream', () => {
  /** A stream that never ends by itself, read with a key. */
  async function reading(at: Replica, key: string) {
    const request = http.get(`${at.origin}/v1/models`, { headers: as(key) })
    request.on('error', () => {})
    const response = await answerTo(request)
    const closed = Promise.withResolvers<void>()
    response.on('close', () => closed.resolve())
    response.on('error', () => {})
    response.resume()
    return { status: response.statusCode, closed: closed.promise, close: () => request.destroy() }
  }
  const streaming: http.RequestListener = (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.flushHeaders()
  }

  test('ends when the key of its reader is revoked, at whichever instance; others go on', async () => {
    const [revoked, other] = [await created(), await created()]
    await gateway.withPeer('agent', streaming, async () => {
      const streams = await Promise.all(
        [...connected, ...alone].map((replica) => reading(replica, revoked.key)),
      )
      const spared = await reading(connected[0] as Replica, other.key)
      expect(streams.map(({ status }) => status)).toEqual(Array(6).fill(200))
      let isOpen = true
      void spared.closed.then(() => {
        isOpen = false
      })
      await ask('DELETE', `/v1/api-keys/${revoked.id}`)
      await Promise.all(streams.map(({ closed }) => closed))
      expect(isOpen).toBe(true)
      spared.close()
    })
  })

  test('ends when the key of its reader expires', async () => {
    const expiresAt = new Date(Date.now() + 3000).toISOString()
    const { key } = await created({ expiresAt })
    await gateway.withPeer('agent', streaming, async () => {
      const { closed } = await reading(connected[0] as Replica, key)
      await closed
    })
  })

  test('whose key was revoked while its head was awaited does not begin', async () => {
    const { id, key } = await created()
    const asked = Promise.withResolvers<http.ServerResponse>()
    await gateway.withPeer(
      'agent',
      (_request, response) => asked.resolve(response),
      async () => {
        const answer = fetch(`${(connected[0] as Replica).origin}/v1/models`, { headers: as(key) })
        const response = await asked.promise
        await ask('DELETE', `/v1/api-keys/${id}`)
        await refusedBy(connected, key, 'key.revoked')
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.flushHeaders()
        expect(await refusalIn(await answer)).toEqual([409, 'key.changed'])
      },
    )
  })
})
