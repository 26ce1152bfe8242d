import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'

/** The Redis of the run, and a prefix that no other test file has. */
export function testQueues(): { readonly redisUrl: string; readonly prefix: string } {
  return { redisUrl: inject('redisUrl'), prefix: `test-${randomUUID().slice(0, 18)}` }
}
