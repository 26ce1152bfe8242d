import { setImmediate as turn } from 'node:timers/promises'
import { silentLog, testQueues } from '@dure/platform/testing'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Limiter } from './limiter-service.ts'
import type { Rule } from './rule.ts'
import { createLimitStore } from './store.ts'
import { type Cable, startCable } from './testing/cable.ts'

const { redisUrl, prefix } = testQueues()
const TICK_MS = 250

let cable: Cable
let redis: Redis
beforeAll(async () => {
  cable = await startCable(redisUrl)
  redis = new Redis(cable.url)
  await new Promise((resolve) => redis.once('ready', resolve))
})
afterAll(async () => {
  redis.disconnect()
  await cable.close()
})

// Its tokens come back in true time, which is much slower here: so there are many of them.
const RULES: readonly Rule[] = [
  { name: 'key', kind: 'rate', capacity: 100_000, unitMicros: 1000, onStoreLoss: 'local-share' },
  {
    name: 'organization',
    kind: 'rate',
    capacity: 10_000,
    unitMicros: 500,
    onStoreLoss: 'local-share',
  },
  { name: 'month', kind: 'month', capacity: 1_000_000, unitMicros: 0, onStoreLoss: 'local-share' },
  { name: 'slots', kind: 'slots', capacity: 2000, unitMicros: 0, onStoreLoss: 'local-share' },
]

test.each([
  [5, 0.1, 60],
  [100, 0.02, 15],
])(
  'at %i requests per second of one key Redis gets at most %d scripts per request',
  async (rps, most, seconds) => {
    // The clock of the process is the test's; only the server's own goes on by itself.
    let now = 0
    const store = createLimitStore({ redis, prefix: `${prefix}-${rps}`, timeoutMs: 20_000 })
    const limiter = new Limiter({ store, log: silentLog(), now: () => now })
    const leases = RULES.map((rule) =>
      limiter.leaseOf(rule, 't', `${prefix}:${rps}:{t}:${rule.name}`),
    )
    const plan = { tag: 't', leases }
    const slots = leases.filter(({ rule }) => rule.kind === 'slots')
    const before = cable.scripts
    let ticked = 0
    for (let n = 0; n < rps * seconds; n++) {
      now += 1000 / rps
      const verdict = await limiter.take(plan, 1)
      expect(verdict === true || verdict.kind === 'admitted').toBe(true)
      limiter.release(slots, 1)
      if (now - ticked >= TICK_MS) {
        ticked = now
        await limiter.tick()
      }
      // What it asks for ahead is sent now, and answered before the next request.
      await turn()
      await redis.ping()
      await turn()
    }
    const asked = cable.scripts - before
    expect(asked).toBeGreaterThan(0)
    expect(asked / (rps * seconds)).toBeLessThanOrEqual(most)
  },
)
