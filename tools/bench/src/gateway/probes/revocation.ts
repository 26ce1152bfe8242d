import { setTimeout as sleep } from 'node:timers/promises'
import { percentile } from '../../statistics.ts'
import type { RunningContender } from '../contender.ts'
import { type Gateways, installGateways } from '../dure.ts'
import type { Probe } from './probe.ts'

const REPLICAS = 3
const KEYS = 60
const LOST_KEYS = 10
const GIVE_UP_MS = 10_000

/** How long a revoked key goes on working, on each of several gateways, with and without Redis. */
export const revocation: Probe = {
  name: 'revocation',
  what: `${KEYS} keys revoked at one of ${REPLICAS} gateways, and used at all`,
  async run({ surroundings }) {
    const gateways = await installGateways(surroundings)
    const replicas: RunningContender[] = []
    const { redisPid } = surroundings.infrastructure
    try {
      for (let n = 0; n < REPLICAS; n += 1) replicas.push(await gateways.start(`dure-${n}`))
      const pushed = await revokeAll(gateways, replicas, KEYS)
      process.kill(redisPid, 'SIGSTOP')
      const lost = await revokeAll(gateways, replicas, LOST_KEYS)
      return [
        {
          name: 'refused everywhere, p50',
          value: percentile(pushed, 0.5),
          unit: 'ms',
          goal: { most: 100 },
        },
        {
          name: 'refused everywhere, p99',
          value: percentile(pushed, 0.99),
          unit: 'ms',
          goal: { most: 100 },
        },
        {
          name: 'without the push, slowest',
          value: Math.max(...lost),
          unit: 'ms',
          goal: { most: 2000 },
        },
      ]
    } finally {
      process.kill(redisPid, 'SIGCONT')
      await Promise.all(replicas.map((replica) => replica.stop()))
    }
  },
}

/** @returns for each key and replica, milliseconds from the answer to the revocation to its first refusal */
async function revokeAll(
  { bootstrapKey }: Gateways,
  replicas: readonly RunningContender[],
  count: number,
): Promise<number[]> {
  const [first] = replicas
  if (!first) throw new Error('No gateway runs')
  const times: number[] = []
  for (let n = 0; n < count; n += 1) {
    const { id, key } = await createKey(first.url, bootstrapKey)
    for (const { url } of replicas) await statusOf(url, key)
    const path = `${first.url}/v1/api-keys/${id}`
    const revoked = await fetch(path, { method: 'DELETE', headers: bearer(bootstrapKey) })
    if (!revoked.ok) throw new Error(`Revoking was answered with ${revoked.status}`)
    const since = performance.now()
    times.push(...(await Promise.all(replicas.map(({ url }) => untilRefused(url, key, since)))))
  }
  return times
}

async function createKey(url: string, maker: string): Promise<{ id: string; key: string }> {
  const answer = await fetch(`${url}/v1/api-keys`, {
    method: 'POST',
    headers: { ...bearer(maker), 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'bench', scopes: ['workflows:read'] }),
  })
  if (answer.status !== 201) throw new Error(`A key was answered with ${answer.status}`)
  return (await answer.json()) as { id: string; key: string }
}

async function untilRefused(url: string, key: string, since: number): Promise<number> {
  while (performance.now() - since < GIVE_UP_MS) {
    if ((await statusOf(url, key)) === 401) return performance.now() - since
    await sleep(1)
  }
  return GIVE_UP_MS
}

async function statusOf(url: string, key: string): Promise<number> {
  const answer = await fetch(`${url}/v1/workflows`, { headers: bearer(key) })
  await answer.arrayBuffer()
  return answer.status
}

function bearer(key: string) {
  return { authorization: `Bearer ${key}` }
}
