import type pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sealEvents } from './sealer.ts'
import { type EventDatabase, eventDatabase } from './testing/event-database.ts'

let db: EventDatabase
const open: pg.PoolClient[] = []
beforeEach(async () => {
  db = await eventDatabase()
})
afterEach(async () => {
  for (const client of open.splice(0)) client.release(true)
  await db.drop()
})

/** A transaction that stays open until it is told to end. */
async function begin(): Promise<pg.PoolClient> {
  const client = await db.pool.connect()
  open.push(client)
  await client.query('BEGIN')
  return client
}

function append(client: pg.PoolClient, stream: string, expectedVersion: number, type = 'happened') {
  const events = [{ type }]
  return db.store.append(client, { stream, expectedVersion, events, tenant: db.tenant })
}

const sealed = async (limit = 10_000) =>
  (await db.store.readSealed({ afterG: 0, limit })).map(({ event }) => event)

const streamsOf = (events: readonly { readonly stream: string }[]) =>
  events.map(({ stream }) => stream)

/** Mulberry32, so that a failure can be had again: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

describe('a transaction that takes its place first and commits last', () => {
  test('is lost to a reader by position, and not to a reader of the sealed order', async () => {
    const slow = await begin()
    await append(slow, 'slow', 0)
    await db.record('fast', 0, 'happened')

    const byPosition = 'SELECT stream, pos FROM events WHERE pos > $1 ORDER BY pos'
    const { rows: first } = await db.pool.query(byPosition, [0])
    await sealEvents(db.pool, 100)
    expect(streamsOf(await sealed())).toEqual(['fast'])

    await slow.query('COMMIT')
    const { rows: second } = await db.pool.query(byPosition, [first.at(-1).pos])
    expect(streamsOf([...first, ...second])).toEqual(['fast'])

    expect(await sealEvents(db.pool, 100)).toBe(1)
    expect((await sealed()).map(({ g, stream }) => [g, stream])).toEqual([
      [1, 'fast'],
      [2, 'slow'],
    ])
  })

  test('does not make others wait, and is found however much was sealed since', async () => {
    const slow = await begin()
    await append(slow, 'slow', 0)
    for (let n = 0; n < 30; n++) {
      await db.record(`fast-${n}`, 0, 'happened')
      expect(await sealEvents(db.pool, 3)).toBe(1)
    }
    await slow.query('COMMIT')
    expect(await sealEvents(db.pool, 3)).toBe(1)
    expect((await sealed()).at(-1)).toMatchObject({ g: 31, stream: 'slow' })
  })

  test('is found among more late ones than are sealed at once', async () => {
    const slow = await Promise.all(Array.from({ length: 7 }, begin))
    for (const [n, client] of slow.entries()) await append(client, `slow-${n}`, 0)
    await db.record('fast', 0, 'happened')
    await sealEvents(db.pool, 3)
    for (const client of slow) await client.query('COMMIT')
    await db.record('after', 0, 'happened')

    const counts = [3, 3, 2, 0]
    for (const count of counts) expect(await sealEvents(db.pool, 3)).toBe(count)
    expect(new Set(streamsOf(await sealed())).size).toBe(9)
  })

  test('that never commits leaves no gap', async () => {
    const failing = await begin()
    await append(failing, 'failing', 0)
    await db.record('fast', 0, 'happened')
    await failing.query('ROLLBACK')
    await db.record('fast', 1, 'happened')
    await sealEvents(db.pool, 100)
    expect((await sealed()).map(({ g }) => g)).toEqual([1, 2])
  })
})

test('a stream stays in order although its second writer began before its first', async () => {
  const oldest = await begin()
  await db.store.recordCommand(oldest, 'oldest', 'other', null)
  const second = await begin()
  await db.store.recordCommand(second, 'second', 'shared', null)
  const between = await begin()
  await append(between, 'shared', 0, 'first')
  await between.query('COMMIT')
  await append(second, 'shared', 1, 'second')
  await second.query('COMMIT')

  await sealEvents(db.pool, 1)
  await sealEvents(db.pool, 1)
  await oldest.query('COMMIT')
  expect((await sealed()).map(({ g, type }) => [g, type])).toEqual([
    [1, 'first'],
    [2, 'second'],
  ])
})

describe.each([1, 2, 3, 4, 5])('eight writers that interleave at random (seed %i)', (seed) => {
  test('have every event of theirs sealed once, in a dense order that never changes', async () => {
    const random = randomFrom(seed)
    const pick = <Item>(items: readonly Item[]) =>
      items[Math.floor(random() * items.length)] as Item
    const committed: string[] = []
    let seen: unknown[] = []

    async function* writer(name: number): AsyncGenerator<void> {
      for (let round = 0; round < 4; round++) {
        const client = await begin()
        const streams = Array.from({ length: 1 + Math.floor(random() * 3) }, (_, n) =>
          [name, round, n].join('-'),
        )
        for (const stream of streams) {
          yield
          await append(client, stream, 0)
        }
        yield
        const keep = random() < 0.8
        await client.query(keep ? 'COMMIT' : 'ROLLBACK')
        open.splice(open.indexOf(client), 1)
        client.release()
        if (keep) committed.push(...streams)
      }
    }

    const atWork = new Set(Array.from({ length: 8 }, (_, name) => writer(name)))
    while (atWork.size > 0) {
      const one = pick([...atWork])
      if ((await one.next()).done) atWork.delete(one)
      if (random() < 0.3) {
        await sealEvents(db.pool, 1 + Math.floor(random() * 5))
        const now = await sealed()
        expect(now.slice(0, seen.length)).toEqual(seen)
        seen = now
      }
    }
    while ((await sealEvents(db.pool, 5)) > 0);

    const all = await sealed()
    expect(all.map(({ g }) => g)).toEqual(committed.map((_, index) => index + 1))
    expect(streamsOf(all).sort()).toEqual(committed.sort())
  })
})

test('writers and sealers that all run at the same time leave a dense order and lose nothing', async () => {
  const streams = Array.from({ length: 8 }, (_, n) => `stream-${n}`)
  let writing = true
  const sealer = async () => {
    while (writing) await sealEvents(db.pool, 7)
  }
  const sealers = [sealer(), sealer(), sealer()]
  await Promise.all(
    streams.map(async (stream) => {
      for (let version = 0; version < 25; version++) await db.record(stream, version, 'happened')
    }),
  )
  writing = false
  await Promise.all(sealers)
  while ((await sealEvents(db.pool, 7)) > 0);

  const all = await sealed()
  expect(all.map(({ g }) => g)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1))
  for (const stream of streams) {
    const versions = all.filter((event) => event.stream === stream).map(({ version }) => version)
    expect(versions).toEqual(Array.from({ length: 25 }, (_, index) => index + 1))
  }
})

test('with nothing to seal, nothing is written', async () => {
  await db.record('stream', 0, 'happened')
  await sealEvents(db.pool, 100)
  const head = 'SELECT xmin::text, ctid::text, g::text FROM seal_head'
  const before = await db.pool.query(head)
  expect(await sealEvents(db.pool, 100)).toBe(0)
  expect((await db.pool.query(head)).rows).toEqual(before.rows)
})

describe('in a restored cluster, whose transactions are counted anew', () => {
  const FAR = '18000000000000000000'

  /** What a dump of a cluster far ahead of this one would have brought. */
  async function restore(): Promise<void> {
    await db.record('sealed-before', 0, 'happened')
    await sealEvents(db.pool, 100)
    await db.record('late-before', 0, 'happened')
    await db.record('sealed-past-it', 0, 'happened')
    await db.pool.query(`
      INSERT INTO sealed_events SELECT 2, pos FROM events WHERE stream = 'sealed-past-it'`)
    await db.pool.query('UPDATE events SET tx = $1', [FAR])
    await db.pool.query(
      `UPDATE seal_head SET g = 2, snapshot = $1, system_identifier = 1,
         pos = (SELECT pos FROM events WHERE stream = 'sealed-past-it')`,
      [`${FAR}:${FAR}:`],
    )
    await db.record('unsealed-before', 0, 'happened')
    await db.pool.query(`UPDATE events SET tx = $1 WHERE stream = 'unsealed-before'`, [FAR])
  }

  test('what was not sealed before is sealed first, and nothing twice', async () => {
    await restore()
    await db.record('new', 0, 'happened')
    expect(await sealEvents(db.pool, 100)).toBe(3)
    expect(await sealEvents(db.pool, 100)).toBe(0)
    expect(streamsOf(await sealed())).toEqual([
      'sealed-before',
      'sealed-past-it',
      'late-before',
      'unsealed-before',
      'new',
    ])
  })

  test('transactions that commit late are found as ever', async () => {
    await restore()
    const slow = await begin()
    await append(slow, 'slow', 0)
    await db.record('fast', 0, 'happened')
    while ((await sealEvents(db.pool, 1)) > 0);
    await slow.query('COMMIT')
    await db.record('faster', 0, 'happened')
    while ((await sealEvents(db.pool, 1)) > 0);

    const all = await sealed()
    expect(all.map(({ g }) => g)).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(streamsOf(all).slice(4)).toEqual(['fast', 'slow', 'faster'])
  })
})

describe('a page of the sealed order', () => {
  test('ends at its limit and is continued from its last position', async () => {
    await db.record('stream', 0, 'a', 'b', 'c')
    await sealEvents(db.pool, 100)
    const page = await db.store.readSealed({ afterG: 1, limit: 1 })
    expect(page.map(({ event }) => event)).toEqual([
      {
        g: 2,
        stream: 'stream',
        version: 2,
        type: 'b',
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        tenant: db.tenant,
        data: {},
      },
    ])
  })

  test('holds no more than 8 MiB, but always at least one event', async () => {
    const text = (mebibytes: number) => 'x'.repeat(mebibytes * 1024 * 1024)
    for (const [stream, mebibytes] of Object.entries({ a: 9, b: 3, c: 4, d: 2 })) {
      const client = await begin()
      const events = [{ type: 'large', text: text(mebibytes) }]
      await db.store.append(client, { stream, expectedVersion: 0, events, tenant: db.tenant })
      await client.query('COMMIT')
    }
    await sealEvents(db.pool, 100)
    const pageAfter = async (afterG: number) =>
      (await db.store.readSealed({ afterG, limit: 100 })).map(({ event }) => event.stream)
    expect(await pageAfter(0)).toEqual(['a'])
    expect(await pageAfter(1)).toEqual(['b', 'c'])
    expect(await pageAfter(3)).toEqual(['d'])
  })
})
