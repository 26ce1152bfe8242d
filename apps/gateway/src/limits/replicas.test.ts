import { setImmediate as turn } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startGateway, type TestGateway } from '../testing/gateway.ts'
import { Random } from './testing/random.ts'

const KEY = { limit: 20, periodS: 1, burst: 40 }
const ORGANIZATION = { limit: 60, periodS: 1, burst: 100 }
const REQUESTS = 600

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway({
    LIMITS: JSON.stringify({
      key: { kind: 'rate', per: 'key', ...KEY },
      // Counted together with the keys of this test, and of no other request.
      organization: null,
      runs: { kind: 'rate', per: 'organization', classes: ['run'], ...ORGANIZATION },
    }),
  })
})
afterAll(() => gateway.close())

async function newKey(name: string): Promise<string> {
  const body = JSON.stringify({ name, scopes: ['runs:write'] })
  const headers = { 'content-type': 'application/json' }
  const response = await gateway.fetch('/v1/api-keys', { method: 'POST', body, headers })
  expect(response.status).toBe(201)
  return ((await response.json()) as { key: string }).key
}

/** On a busy machine an ask may not be answered in time: then a gateway decides by its own share. */
async function decidedAlone(origin: string): Promise<number> {
  const text = await (await fetch(`${origin}/metrics`)).text()
  const count = /^gateway_limits_local_total\{.*\} (\d+)$/m.exec(text)?.[1]
  expect(count).toBeDefined()
  return Number(count)
}

interface Seen {
  readonly key: string
  readonly status: number
  readonly sentAt: number
  readonly answeredAt: number
  readonly headers: Headers
}

test('three gateways together admit no more than the bound, of each key and of all', async () => {
  const random = new Random(1)
  const origins = [gateway, await gateway.replica(), await gateway.replica()].map(
    ({ origin }) => origin,
  )
  const keys = await Promise.all(['a', 'b', 'c'].map(newKey))
  const seen: Seen[] = []
  const send = async () => {
    const key = random.pick(keys)
    const sentAt = performance.now()
    const { status, headers } = await fetch(`${random.pick(origins)}/v2/runs`, {
      method: 'POST',
      body: '{}',
      headers: { authorization: `Bearer ${key}` },
    })
    seen.push({ key, status, sentAt, answeredAt: performance.now(), headers })
  }
  const sending: Promise<void>[] = []
  for (let n = 0; n < REQUESTS; n++) {
    sending.push(send())
    if (random.chance(0.2)) await Promise.all(sending.splice(0))
    else await turn()
  }
  await Promise.all(sending)

  // On a busy machine, what starts runs is turned away first: that has passed its limits, and counts as little.
  const statuses = new Set(seen.map(({ status }) => status))
  statuses.delete(503)
  expect(statuses).toEqual(new Set([200, 429]))
  const alone = (await Promise.all(origins.map(decidedAlone))).reduce((sum, one) => sum + one)
  for (const key of keys) {
    const ofKey = seen.filter((one) => one.key === key)
    expectBound(ofKey, { ...KEY, alone })
  }
  expectBound(seen, { ...ORGANIZATION, alone })
  for (const { headers } of seen.filter(({ status }) => status === 429)) {
    const waitS = headers.get('retry-after')
    expect(Number(waitS)).toBeGreaterThanOrEqual(1)
    expect(headers.get('ratelimit')).toMatch(new RegExp(`^"(key|runs)";r=0;t=${waitS}$`))
  }
})

/**
 * From the first request to the last answer: whatever the machine does in between, an admission lies
 * within. The same for every part that begins with a request.
 */
function expectBound(
  seen: readonly Seen[],
  { limit, periodS, burst, alone }: typeof KEY & { readonly alone: number },
): void {
  const admitted = seen.filter(({ status }) => status === 200)
  for (const { sentAt } of seen) {
    const later = admitted.filter((one) => one.sentAt >= sentAt)
    const seconds = (Math.max(sentAt, ...later.map((one) => one.answeredAt)) - sentAt) / 1000
    expect(later.length).toBeLessThanOrEqual(
      burst + alone + Math.floor((seconds * limit) / periodS),
    )
  }
}
