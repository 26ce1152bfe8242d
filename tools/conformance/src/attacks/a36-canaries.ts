import { createHash } from 'node:crypto'
import { Redis } from 'ioredis'
import pg from 'pg'
import type { World } from '../world.ts'
import type { Attack } from './attack.ts'

/**
 * After everything else was done: no key of a client, and no secret of the installation, stands in a log,
 * in a database or in Redis.
 */
export const canaries: Attack = async ({ world, alice, mallory, send }) => {
  const { secrets, apiKey } = world.system
  // Where a key does not belong, too.
  await send('GET', `/v1/runs?cursor=${alice.key}`, { key: alice.key })
  await send('GET', `/v1/${alice.key}`, { key: alice.key })
  await send('POST', '/v1/workflows', { key: alice.key, body: `{"name": ${alice.key}` })
  const wanted: Readonly<Record<string, string>> = {
    'the key of Alice': alice.key,
    'the key of Mallory': mallory.key,
    'the first key': apiKey,
    'the pepper': secrets.keyPepper,
    'the signing key': secrets.identityPrivateKey,
    ...Object.fromEntries(
      Object.entries(secrets.databasePasswords).map(([name, one]) => [
        `a password of ${name}`,
        one,
      ]),
    ),
    'an unsalted hash of a key': createHash('sha256').update(alice.key).digest('hex'),
  }
  const places: Readonly<Record<string, string>> = {
    'a log': world.log.join('\n'),
    PostgreSQL: await everyRow(world),
    Redis: await everyKey(world.system.redisUrl),
  }
  const empty = Object.entries(places).filter(([, text]) => text.length < 1000)
  const found = Object.entries(places).flatMap(([place, text]) =>
    Object.entries(wanted)
      .filter(([, secret]) => text.includes(secret))
      .map(([what]) => `${what} stands in ${place}`),
  )
  return [...found, ...empty.map(([place]) => `${place} was not read`)]
}

async function everyRow({ system }: World): Promise<string> {
  const texts: string[] = []
  for (const service of Object.keys(system.databaseUrls)) {
    const url = new URL(system.adminUrl)
    url.pathname = `/dure_${service}`
    const client = new pg.Client({ connectionString: url.href })
    await client.connect()
    const { rows: tables } = await client.query<{ name: string }>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'",
    )
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM "${name}" t`)
      for (const { row } of rows) texts.push(row)
    }
    await client.end()
  }
  return texts.join('\n')
}

async function everyKey(url: string): Promise<string> {
  const redis = new Redis(url)
  const texts: string[] = []
  for (const key of await redis.keys('*')) texts.push(key, await contentOf(redis, key))
  redis.disconnect()
  return texts.join('\n')
}

async function contentOf(redis: Redis, key: string): Promise<string> {
  switch (await redis.type(key)) {
    case 'string':
      return (await redis.get(key)) ?? ''
    case 'hash':
      return JSON.stringify(await redis.hgetall(key))
    case 'list':
      return JSON.stringify(await redis.lrange(key, 0, -1))
    case 'set':
      return JSON.stringify(await redis.smembers(key))
    case 'zset':
      return JSON.stringify(await redis.zrange(key, '0', '-1'))
    case 'stream':
      return JSON.stringify(await redis.xrange(key, '-', '+'))
    default:
      return ''
  }
}
