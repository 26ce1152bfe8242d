import { createHash, randomBytes } from 'node:crypto'
import { until } from '@dure/system-test/system'
import { Redis } from 'ioredis'
import pg from 'pg'
import { parsed } from '../fuzz/fault.ts'
import { callingGraph } from '../prepare/graphs.ts'
import { HOOK } from '../prepare/outside.ts'
import { lastOf } from '../prepare/workflows.ts'
import type { World } from '../world.ts'
import type { Attack, Stage } from './attack.ts'

/** A request to each of the services; the gateway is on the way to all. */
const LAST = {
  'dure-workflow': '/v1/workflows',
  'dure-agent': '/v1/secrets',
  'dure-knowledge': '/v1/knowledge-bases',
  'dure-analytics': '/v1/usage',
} as const

function traced(): { readonly id: string; readonly header: readonly [string, string] } {
  const id = randomBytes(16).toString('hex')
  return { id, header: ['traceparent', `00-${id}-${randomBytes(8).toString('hex')}-01`] }
}

/**
 * After everything else was done: no key of a client, no secret that somebody keeps here or was shown once, and
 * none of the installation, stands in a log, in a trace, in a database or in Redis.
 */
export const canaries: Attack = async (stage) => {
  const { world, alice, mallory } = stage
  const { secrets, apiKey } = world.system
  const shown = await useSecrets(stage)
  const wanted: Readonly<Record<string, string>> = {
    ...shown,
    'the key of Alice': alice.key,
    'the key of Mallory': mallory.key,
    'the first key': apiKey,
    'the pepper': secrets.keyPepper,
    'the signing key': secrets.identityPrivateKey,
    ...named('a password of', secrets.databasePasswords),
    ...named('the keys of secrets of', secrets.secretsKeys),
    'an unsalted hash of a key': createHash('sha256').update(alice.key).digest('hex'),
  }
  await allSpans(stage)
  const places: Readonly<Record<string, string>> = {
    'a log': world.log.join('\n'),
    'a trace': world.spans.join('\n'),
    PostgreSQL: await everyRow(world),
    Redis: await everyKey(world.system.redisUrl),
  }
  const empty = Object.entries(places).filter(([, text]) => text.length < 1000)
  const found = Object.entries(places).flatMap(([place, text]) =>
    Object.entries(wanted)
      .filter(([, secret]) => spellingsOf(secret).some((spelling) => text.includes(spelling)))
      .map(([what]) => `${what} stands in ${place}`),
  )
  const absent = Object.entries(wanted).filter(([, secret]) => secret.length < 20)
  return [
    ...found,
    ...empty.map(([place]) => `${place} was not read`),
    ...absent.map(([what]) => `${what} was not there to look for`),
  ]
}

/** Services tell of spans in their order: with the last one, all before it have come. */
async function allSpans({ world, alice, send }: Stage): Promise<void> {
  const { id, header } = traced()
  for (const path of Object.values(LAST))
    await send('GET', path, { key: alice.key, headers: [header] })
  await until(() => {
    const told = world.spans.filter((text) => text.includes(id)).join()
    return [...Object.keys(LAST), 'dure-gateway'].every((service) => told.includes(service))
  }, 'the last spans of all services have come')
}

function named(what: string, secrets: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(secrets).map(([name, one]) => [`${what} ${name}`, one]))
}

/** As it is, and as a dump or a header could have it. */
function spellingsOf(secret: string): string[] {
  const bytes = Buffer.from(secret)
  return [secret, bytes.toString('hex'), bytes.toString('base64').replace(/=+$/, '')]
}

/** Everything that is secret is made, and used as it should be and where it does not belong, in one trace. */
async function useSecrets({ world, alice, send }: Stage): Promise<Record<string, string>> {
  const { header } = traced()
  const ask = async (
    method: string,
    path: string,
    body?: unknown,
    key: string | null = alice.key,
  ) => {
    const answer = await send(method, path, { key: key ?? undefined, headers: [header], body })
    return Object(parsed(answer.body)) as Readonly<Record<string, string>>
  }
  const value = `canary-${randomBytes(16).toString('hex')}`
  await ask('POST', '/v1/secrets', { name: 'canary', value, hosts: [world.outside.url] })
  const auth = { secret: 'canary', as: 'bearer' }
  const graph = callingGraph(world.outside.url + HOOK, 'POST', auth)
  const workflow = await ask('POST', '/v1/workflows', { name: 'Canary', graph })
  await ask('POST', `/v1/workflows/${workflow.id}/versions`)
  await ask('POST', `/v1/workflows/${workflow.id}/versions/1/publish`)
  const order = { input: {}, mode: 'wait', waitMs: 30_000 }
  const run = await ask('POST', `/v1/workflows/${workflow.id}/runs`, order)
  if (run.status !== 'completed') throw new Error(`A run with a secret is ${run.status}`)

  const made = await ask('POST', '/v1/api-keys', { name: 'Canary', scopes: ['runs:read'] })
  const key = String(made.key)
  const trigger = { name: 'Canary', workflowId: workflow.id }
  const hook = lastOf((await ask('POST', '/v1/webhook-triggers', trigger)).url) ?? ''
  const endpoint = { url: world.outside.url + HOOK, eventTypes: ['run.completed'], enabled: true }
  const { secret = '' } = await ask('POST', '/v2/webhook-endpoints', endpoint)
  const callback = String(alice.pool.hintFor('deliverCallback', 0).token)
  await ask('POST', `/hooks/${hook}`, {}, null)
  await ask('POST', `/hooks/${hook}x`, {}, null)
  await ask('POST', `/v2/callbacks/${callback}`, {}, null)
  await ask('GET', '/v1/runs', undefined, key)
  for (const one of [key, alice.key]) {
    await ask('GET', `/v1/runs?cursor=${one}`)
    await ask('GET', `/v1/${one}`)
    await ask('DELETE', `/v1/api-keys/${one}`)
    await ask('POST', '/v1/workflows', `{"name": ${one}`)
    await ask('GET', '/v1/runs', undefined, `${one}x`)
  }
  return {
    ...{ 'a secret': value, 'a key that was made': key, 'the token of a hook': hook },
    ...{ 'the secret of webhooks': secret, 'the token of a callback': callback },
  }
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
