import { expect, test, vi } from 'vitest'
import type { Connection } from '../http/connection.ts'
import { timesDiffer } from './times.ts'

/** A server whose clock is the test: each path takes as long as it says. */
function serverThat(takesMs: (path: string) => number): Connection {
  let nowMs = 0
  vi.spyOn(performance, 'now').mockImplementation(() => nowMs)
  return {
    async send({ path }) {
      nowMs += takesMs(path)
      return { status: 404, headers: {}, body: Buffer.alloc(0), surplus: 0, isReusable: true }
    },
    close() {},
  }
}
const pair = {
  what: 'things',
  one: () => ({ path: '/foreign', key: 'k' }),
  other: () => ({ path: '/missing', key: 'k' }),
}

test('what takes longer time after time is told', async () => {
  const connection = serverThat((path) => (path === '/foreign' ? 6 : 4))
  expect(await timesDiffer(connection, pair)).toContain('things: 6.00 and 4.00 ms')
})

test('what takes longer now and then, or hardly longer, is not', async () => {
  let requests = 0
  const sometimes = serverThat((path) => (path === '/foreign' && ++requests < 400 ? 9 : 4))
  expect(await timesDiffer(sometimes, pair)).toBeUndefined()
  const hardly = serverThat((path) => (path === '/foreign' ? 4.9 : 4))
  expect(await timesDiffer(hardly, pair)).toBeUndefined()
})
