import type { OutgoingMessage } from '@dure/contracts'
import { createRelay } from '@dure/platform'
import { eventually, silentLog } from '@dure/platform/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type SealedFixture, sealedFixture, upTo } from '../testing/sealed-fixture.ts'

let f: SealedFixture
beforeEach(async () => {
  f = await sealedFixture()
})
afterEach(() => f.close())

test('commits of several events have as many places, in their order', async () => {
  const trace = { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` }
  const { run } = await f.started({ run: f.newRun({ trace }) })
  await f.store.commit(
    f.change(run, 1, { events: [f.scheduled('a'), f.completed('a', { n: 1 }), f.scheduled('b')] }),
  )
  const { run: other } = await f.started()
  expect(await f.sequence.seal(100)).toBe(3)
  const all = await f.sequence.read(f.pool, { afterG: 0, limit: 100 })
  expect(all.map(({ event }) => [event.g, event.stream, event.version, event.type])).toEqual([
    [1, run.id, 1, 'run.started'],
    [2, run.id, 2, 'node.scheduled'],
    [3, run.id, 3, 'node.completed'],
    [4, run.id, 4, 'node.scheduled'],
    [5, other.id, 1, 'run.started'],
  ])
  expect(all[2]).toEqual({
    event: {
      g: 3,
      stream: run.id,
      version: 3,
      type: 'node.completed',
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      tenant: f.tenant,
      data: { nodeId: 'a', nodeType: 'template', port: 'out', data: { n: 1 } },
    },
    trace,
    bytes: expect.any(Number),
  })
  expect(all[4]?.trace).toEqual({})
})

test('is what a relay says on, in parts that it is asked for, too', async () => {
  const { run } = await f.started()
  await f.store.commit(f.change(run, 1, { events: [f.scheduled('a'), f.completed('a')] }))
  const sent: unknown[] = []
  const queues = {
    sendAll: async (messages: readonly OutgoingMessage[]) => {
      for (const { name, payload } of messages) {
        const { events } = payload as { events?: { g: number; type: string }[] }
        if (name === 'events.record') sent.push(...(events ?? []).map(({ g, type }) => [g, type]))
      }
    },
  }
  const { pool, sequence } = f
  const relay = createRelay({ pool, source: 'workflow', queues, log: silentLog(), sequence })
  relay.start()
  const all = [
    [1, 'run.started'],
    [2, 'node.scheduled'],
    [3, 'node.completed'],
  ]
  await eventually(() => expect(sent).toEqual(all))
  await relay.resend(2, 3)
  await relay.close()
  expect(sent).toEqual([...all, ...all.slice(1)])
})

test('a page begins and ends within commits, and follows the one before it', async () => {
  const { run } = await f.started()
  for (const [n, count] of [4, 1, 7, 2].entries()) {
    const before = [1, 5, 6, 13][n] ?? 0
    const events = Array.from({ length: count }, (_, i) => f.completed(`n${before + i}`))
    await f.store.commit(f.change(run, before, { events }))
    if (n % 2 === 1) await f.sequence.seal(100)
  }
  for (const limit of [1, 2, 3, 5, 100]) {
    const positions: number[] = []
    for (;;) {
      const page = await f.sequence.read(f.pool, { afterG: positions.at(-1) ?? 0, limit })
      expect(page.length).toBeLessThanOrEqual(limit)
      if (page.length === 0) break
      positions.push(...page.map(({ event }) => event.g))
      expect(page.at(-1)?.event.version).toBe(positions.length)
    }
    expect(positions).toEqual(upTo(15))
  }
})

test('a page holds no more than 8 MiB, but always at least one event', async () => {
  const { run } = await f.started()
  const large = (mebibytes: number) => f.completed('a', 'x'.repeat(mebibytes * 1024 * 1024))
  await f.store.commit(f.change(run, 1, { events: [large(9), large(3)] }))
  await f.store.commit(f.change(run, 3, { events: [large(4), large(2)] }))
  await f.sealAll()
  const after = async (afterG: number) =>
    (await f.sequence.read(f.pool, { afterG, limit: 100 })).map(({ event }) => event.version)
  expect(await after(1)).toEqual([2])
  expect(await after(2)).toEqual([3])
  expect(await after(3)).toEqual([4, 5])
})

test('a call with nothing to do writes nothing', async () => {
  await f.started()
  await f.sequence.seal(100)
  const head = 'SELECT xmin::text, ctid::text FROM seal_head'
  const { rows } = await f.pool.query(head)
  expect(await f.sequence.seal(100)).toBe(0)
  expect((await f.pool.query(head)).rows).toEqual(rows)
})

describe('a transaction that takes its place first and commits last', () => {
  test('does not make others wait, and is found however much was sealed since', async () => {
    const slow = await f.begin()
    const run = f.newRun()
    await f.append(slow, run, 0, 3)
    for (let n = 0; n < 20; n += 1) {
      await f.append(f.pool, f.newRun(), 0, 2)
      expect(await f.sequence.seal(3)).toBe(1)
    }
    await f.end(slow, 'COMMIT')
    expect(await f.sequence.seal(3)).toBe(1)
    const all = await f.sealed()
    expect(all.map(({ g }) => g)).toEqual(upTo(43))
    expect(all.slice(-3).map(({ stream, version }) => [stream, version])).toEqual([
      [run.id, 1],
      [run.id, 2],
      [run.id, 3],
    ])
  })

  test('is found among more late ones than are sealed at once', async () => {
    const slow = await Promise.all(Array.from({ length: 7 }, f.begin))
    for (const client of slow) await f.append(client, f.newRun(), 0, 2)
    await f.append(f.pool, f.newRun(), 0)
    await f.sequence.seal(3)
    for (const client of slow) await f.end(client, 'COMMIT')
    await f.append(f.pool, f.newRun(), 0)
    expect([await f.sequence.seal(3), await f.sequence.seal(3), await f.sequence.seal(3)]).toEqual([
      3, 3, 2,
    ])
    expect(await f.sequence.seal(3)).toBe(0)
    expect((await f.sealed()).map(({ g }) => g)).toEqual(upTo(16))
  })

  test('that comes while a longer sealing is under way comes after it, and is not lost', async () => {
    const slow = await f.begin()
    await f.append(slow, f.newRun(), 0)
    for (let n = 0; n < 6; n += 1) await f.append(f.pool, f.newRun(), 0)
    expect(await f.sequence.seal(4)).toBe(4)
    await f.end(slow, 'COMMIT')
    await f.append(f.pool, f.newRun(), 0)
    expect(await f.sequence.seal(4)).toBe(4)
    expect(await f.sequence.seal(4)).toBe(0)
    expect((await f.sealed()).map(({ g }) => g)).toEqual(upTo(8))
  })

  test('that never commits leaves no gap', async () => {
    const failing = await f.begin()
    await f.append(failing, f.newRun(), 0, 5)
    await f.append(f.pool, f.newRun(), 0)
    await f.end(failing, 'ROLLBACK')
    await f.append(f.pool, f.newRun(), 0)
    await f.sealAll()
    expect((await f.sealed()).map(({ g }) => g)).toEqual([1, 2])
  })
})

test('a run stays in order although its second writer began before its first', async () => {
  const run = f.newRun()
  const second = await f.begin()
  const first = await f.begin()
  await f.append(first, run, 0)
  await f.end(first, 'COMMIT')
  await f.append(second, run, 1)
  await f.end(second, 'COMMIT')
  while ((await f.sequence.seal(1)) > 0);
  expect((await f.sealed()).map(({ g, version }) => [g, version])).toEqual([
    [1, 1],
    [2, 2],
  ])
})
