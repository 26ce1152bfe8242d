import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type SealedFixture, sealedFixture, upTo } from '../testing/sealed-fixture.ts'

let f: SealedFixture
beforeEach(async () => {
  f = await sealedFixture()
})
afterEach(() => f.close())

test('writers and sealers that all run at the same time leave a dense order and lose nothing', async () => {
  const runs = await Promise.all(Array.from({ length: 8 }, () => f.started()))
  const other = f.another()
  let writing = true
  let last: unknown[] = []
  const sealer = async () => {
    while (writing) {
      await f.sequence.seal(7)
      const now = await f.sealed()
      expect(now.slice(0, last.length)).toEqual(last)
      last = now
    }
  }
  const sealers = [sealer()]
  await Promise.all(
    runs.map(async ({ run }, n) => {
      for (let version = 1; version < 40; version += 1 + (n % 3)) {
        const events = Array.from({ length: 1 + (n % 3) }, (_, i) => f.completed(`n${version + i}`))
        const store = version % 2 === 0 ? f.store : other
        await store.commit(f.change(run, version, { events }))
      }
    }),
  )
  writing = false
  await Promise.all(sealers)
  await f.sealAll(7)

  const all = await f.sealed()
  const { rows } = await f.pool.query('SELECT sum(version)::int AS events FROM run')
  expect(all.map(({ g }) => g)).toEqual(upTo(rows[0].events))
  for (const { run } of runs) {
    const versions = all.filter(({ stream }) => stream === run.id).map(({ version }) => version)
    expect(versions).toEqual(upTo(versions.length))
  }
})

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

describe.each([1, 2, 3, 4, 5])('six writers that interleave at random (seed %i)', (seed) => {
  test('have every event of theirs sealed once, in a dense order that never changes', async () => {
    const random = randomFrom(seed)
    const committed = new Map<string, number>()
    let seen: unknown[] = []

    async function* writer(): AsyncGenerator<void> {
      for (let round = 0; round < 4; round += 1) {
        const client = await f.begin()
        const added = new Map<string, number>()
        for (let n = 0; n <= Math.floor(random() * 3); n += 1) {
          yield
          const count = 1 + Math.floor(random() * 4)
          const run = f.newRun()
          await f.append(client, run, 0, count)
          added.set(run.id, count)
        }
        yield
        const keep = random() < 0.8
        await f.end(client, keep ? 'COMMIT' : 'ROLLBACK')
        if (keep) for (const [run, count] of added) committed.set(run, count)
      }
    }

    const atWork = new Set(Array.from({ length: 6 }, writer))
    while (atWork.size > 0) {
      const one = [...atWork][Math.floor(random() * atWork.size)]
      if (one && (await one.next()).done) atWork.delete(one)
      if (random() < 0.4) {
        await f.sequence.seal(1 + Math.floor(random() * 4))
        const now = await f.sealed()
        expect(now.slice(0, seen.length)).toEqual(seen)
        seen = now
      }
    }
    while ((await f.sequence.seal(3)) > 0);

    const all = await f.sealed()
    const total = [...committed.values()].reduce((sum, count) => sum + count, 0)
    expect(all.map(({ g }) => g)).toEqual(upTo(total))
    expect(new Set(all.map(({ stream }) => stream))).toEqual(new Set(committed.keys()))
    expect(new Set(all.map(({ stream, version }) => `${stream} ${version}`)).size).toBe(total)
  })
})

describe('in a restored cluster, whose transactions are counted anew', () => {
  const FAR = '18000000000000000000'
  const runs = () => ['sealed', 'late', 'sealed after it', 'unsealed'].map(() => f.newRun())

  /** What a dump of a cluster far ahead of this one would have brought. */
  async function restore() {
    const [sealedRun, late, after, unsealed] = runs()
    if (!sealedRun || !late || !after || !unsealed) throw new TypeError('Four runs')
    await f.append(f.pool, sealedRun, 0, 2)
    await f.sealAll()
    const slow = await f.begin()
    await f.append(slow, late, 0, 2)
    await f.append(f.pool, after, 0, 2)
    await f.sealAll()
    await f.end(slow, 'COMMIT')
    await f.append(f.pool, unsealed, 0, 2)
    await f.pool.query('UPDATE run_commit SET tx = $1', [FAR])
    await f.pool.query(
      `UPDATE sealed_commits SET txs = array_fill($1::xid8, ARRAY[cardinality(txs)])`,
      [FAR],
    )
    await f.pool.query('UPDATE seal_head SET snapshot = $1, system_identifier = 1', [
      `${FAR}:${FAR}:`,
    ])
    return [sealedRun, after, late, unsealed].map(({ id }) => id)
  }
  const streams = async () => [...new Set((await f.sealed()).map(({ stream }) => stream))]

  test('what was not sealed before is sealed first, and nothing twice', async () => {
    const expected = await restore()
    const { run } = await f.started()
    while ((await f.sequence.seal(100)) > 0);
    expect(await streams()).toEqual([...expected, run.id])
    expect((await f.sealed()).map(({ g }) => g)).toEqual(upTo(9))
  })

  test('numbers of the old cluster that this one comes to use seal nothing again', async () => {
    const expected = await restore()
    await f.sequence.seal(100)
    const { rows } = await f.pool.query(
      'SELECT (pg_snapshot_xmax(pg_current_snapshot())::text::bigint + 3)::text AS soon',
    )
    await f.pool.query('UPDATE run_commit SET tx = $1', [rows[0].soon])
    await f.pool.query(
      'UPDATE sealed_commits SET txs = array_fill($1::xid8, ARRAY[cardinality(txs)])',
      [rows[0].soon],
    )
    for (let n = 0; n < 9; n += 1) await f.started()
    while ((await f.sequence.seal(2)) > 0);
    expect((await f.sealed()).map(({ g }) => g)).toEqual(upTo(17))
    expect((await streams()).slice(0, 4)).toEqual(expected)
  })

  test('transactions that commit late are found as ever', async () => {
    await restore()
    const slow = await f.begin()
    const run = f.newRun()
    await f.append(slow, run, 0)
    await f.started()
    while ((await f.sequence.seal(1)) > 0);
    await f.end(slow, 'COMMIT')
    await f.started()
    while ((await f.sequence.seal(1)) > 0);
    const all = await f.sealed()
    expect(all.map(({ g }) => g)).toEqual(upTo(11))
    expect(all[9]?.stream).toBe(run.id)
  })
})
