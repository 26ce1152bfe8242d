import { silentLog } from '@dure/platform/testing'
import { expect, test } from 'vitest'
import { Limiter } from './limiter-service.ts'
import type { Answer, Rule } from './rule.ts'
import type { LimitStore } from './store.ts'

const RULE: Rule = {
  name: 'key',
  kind: 'rate',
  capacity: 100,
  unitMicros: 1000,
  onStoreLoss: 'local-share',
}

/** A Redis that is silent, and is lost when the test says so. */
function silentStore() {
  const lose: ((reason: Error) => void)[] = []
  const asked = Promise.withResolvers<void>()
  const store: LimitStore = {
    ask: () => {
      asked.resolve()
      return new Promise<Answer>((_, reject) => lose.push(reject))
    },
    beat: () => Promise.reject(new Error('no answer')),
    leave: () => Promise.resolve(),
  }
  return {
    store,
    asked: asked.promise,
    loseAll: () => {
      for (const one of lose) one(new Error('lost'))
    },
  }
}

test('who waits behind an ask that is lost together with Redis is decided about, too', async () => {
  const { store, asked, loseAll } = silentStore()
  const limiter = new Limiter({ store, log: silentLog() })
  const plan = { tag: 't', leases: [limiter.leaseOf(RULE, 't', 'key')] }

  const first = limiter.take(plan, 1)
  await asked
  const behind = limiter.take(plan, 1)
  for (let n = 0; n < 3; n++) await limiter.tick()
  expect(limiter.isDegraded).toBe(true)
  loseAll()

  expect(await Promise.all([first, behind])).toEqual([{ kind: 'admitted' }, { kind: 'admitted' }])
})
