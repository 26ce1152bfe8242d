import { createLogger } from '@dure/platform'
import { eventually } from '@dure/platform/testing'
import { Redis } from 'ioredis'
import { expect, inject, test } from 'vitest'
import { startCable } from '../limits/testing/cable.ts'
import { createKeyChanges, POLL_MS } from './service.ts'

test('who cannot ask the database for long is told so again and again', async () => {
  const redis = new Redis(inject('redisUrl'))
  let silences = 0
  const changes = createKeyChanges({
    store: {
      since: () => Promise.reject(new Error('down')),
    },
    redis,
    prefix: `silence-${process.pid}`,
    log: createLogger('test', { LOG_LEVEL: 'silent' }),
    silenceMs: 50,
  })
  changes.onSilence(() => silences++)
  await changes.start()
  await eventually(() => expect(silences).toBeGreaterThanOrEqual(3))
  await changes.close()
  redis.disconnect()
})

test('a change whose message is lost is found by the next look that begins after it', async () => {
  const cable = await startCable(inject('redisUrl'))
  cable.loseMessages()
  const [redis, sender] = [new Redis(cable.url), new Redis(inject('redisUrl'))]
  const prefix = `lost-${process.pid}`
  const subject = `key_${'1'.repeat(32)}`
  let head = 0
  let [looksAfter, looksUntilTold] = [0, 0]
  const changes = createKeyChanges({
    store: {
      async since(known) {
        if (head > 0) looksAfter++
        return { head, subjects: head > known ? [subject] : [] }
      },
    },
    redis,
    prefix,
    log: createLogger('test', { LOG_LEVEL: 'silent' }),
  })
  const told: unknown[] = []
  changes.onChange((subjects) => {
    told.push(subjects)
    looksUntilTold = looksAfter
  })
  await changes.start()
  // One that listens: it is sent the message, which does not come through.
  await eventually(async () => expect(await sender.publish(`${prefix}:key-changes`, '')).toBe(1))
  head = 1
  await sender.publish(`${prefix}:key-changes`, subject)
  await eventually(() => expect(told).toEqual([[subject]]))
  expect(looksUntilTold).toBe(1)
  expect(POLL_MS).toBeLessThanOrEqual(1000)
  await eventually(() => expect(cable.lost).toBe(2))
  await changes.close()
  redis.disconnect()
  sender.disconnect()
  await cable.close()
})
