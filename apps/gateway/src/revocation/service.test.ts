import { createLogger } from '@dure/platform'
import { eventually } from '@dure/platform/testing'
import { Redis } from 'ioredis'
import { expect, inject, test } from 'vitest'
import { createKeyChanges } from './service.ts'

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
