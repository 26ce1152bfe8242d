import { createPool } from '../fuzz/pool.ts'
import { createPoliteConnection } from '../http/polite.ts'
import { prepare } from '../prepare/prepare.ts'
import { connectTenants, type Tenants } from '../tenants.ts'
import type { World } from '../world.ts'
import type { Actor, Stage } from './attack.ts'

const PATIENCE_MS = 60_000
const ROUNDS = 2

export async function openStage(world: World): Promise<Stage & { close(): Promise<void> }> {
  const origin = world.system.url
  const tenants = connectTenants(world.system)
  const [alice, mallory] = [await actorOf(world, tenants), await actorOf(world, tenants)]
  return {
    ...{ world, tenants, alice, mallory },
    async send(method, path, { key, headers = [], body } = {}) {
      // Attacks go on at the same time: each request has a connection of its own.
      const connection = createPoliteConnection(origin)
      const all: (readonly [string, string])[] = [...headers]
      if (key !== undefined) all.push(['authorization', `Bearer ${key}`])
      const isTyped = headers.some(([name]) => name === 'content-type')
      if (body !== undefined && !isTyped) all.push(['content-type', 'application/json'])
      const bytes = body === undefined ? undefined : bytesOf(body)
      try {
        return await connection.send({ method, path, headers: all, body: bytes }, PATIENCE_MS)
      } finally {
        connection.close()
      }
    },
    close: () => tenants.close(),
  }
}

function bytesOf(body: unknown): Buffer {
  if (Buffer.isBuffer(body)) return body
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
}

async function actorOf({ system, outside }: World, tenants: Tenants): Promise<Actor> {
  const tenant = await tenants.create()
  const key = await tenants.createKey(tenant)
  const pool = createPool(await tenants.idsOf(key))
  const preparation = { origin: system.url, key, pool, outsideUrl: outside.url, say: () => {} }
  for (let round = 0; round < ROUNDS; round++) {
    await prepare(preparation, round)
  }
  return { tenant, key, pool }
}
