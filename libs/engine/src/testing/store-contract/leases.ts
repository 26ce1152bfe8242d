import { strictEqual as is, deepStrictEqual as same } from 'node:assert'
import type { RunIdentity, RunStore } from '../../index.ts'
import { changing, creating, paused, someRun, type Vector } from './fixture.ts'

/** Long enough for a slow machine, short enough to be waited for. */
const BRIEF_MS = 150
const LONG_MS = 60_000

async function held(store: RunStore, forMs: number): Promise<RunIdentity> {
  const run = someRun()
  await store.commit(creating(run, { lease: { owner: 'p1', forMs } }))
  return run
}

export const LEASES: readonly Vector[] = [
  [
    'a run is held until a change lets go of it',
    async ({ store }) => {
      const run = await held(store, LONG_MS)
      same((await store.load(run.id))?.lease, { owner: 'p1', expired: false })
      await store.commit(changing(run, 1, { events: [paused()] }))
      is((await store.load(run.id))?.lease, null)
    },
  ],
  [
    'a lease expires by the clock of the store',
    async ({ store, passMs }) => {
      const run = await held(store, BRIEF_MS)
      await passMs(2 * BRIEF_MS)
      same((await store.load(run.id))?.lease, { owner: 'p1', expired: true })
    },
  ],
  [
    'its holder alone can renew a lease, as long as it holds it',
    async ({ store, passMs }) => {
      const [mine, theirs, free] = [
        await held(store, LONG_MS),
        await held(store, LONG_MS),
        someRun(),
      ]
      await store.commit(creating(free))
      await store.commit(changing(theirs, 1, { lease: { owner: 'p2', forMs: LONG_MS } }))
      const asked = [mine.id, theirs.id, free.id, someRun().id]
      same(await store.renewLeases('p1', asked, BRIEF_MS), [mine.id])
      await passMs(2 * BRIEF_MS)
      same((await store.load(mine.id))?.lease, { owner: 'p1', expired: true })
      same(await store.renewLeases('p1', [], LONG_MS), [])
    },
  ],
  [
    'a renewed lease lasts from its renewal',
    async ({ store, passMs }) => {
      const run = await held(store, BRIEF_MS)
      same(await store.renewLeases('p1', [run.id], LONG_MS), [run.id])
      await passMs(2 * BRIEF_MS)
      same((await store.load(run.id))?.lease, { owner: 'p1', expired: false })
    },
  ],
  [
    'the holder of a run is told with its next change that there is something new',
    async ({ store }) => {
      const run = await held(store, LONG_MS)
      is(await store.markDirty(run.id), true)
      const holding = { events: [paused()], lease: { owner: 'p1', forMs: LONG_MS } }
      const told = await store.commit(changing(run, 1, holding))
      same(told.state === 'committed' && told.dirty, true)
      const next = await store.commit(changing(run, 2, { events: [paused()] }))
      same(next.state === 'committed' && next.dirty, false)
    },
  ],
  [
    'nobody is told of a run that nobody holds',
    async ({ store, passMs }) => {
      const [free, late] = [someRun(), await held(store, BRIEF_MS)]
      await store.commit(creating(free))
      await passMs(2 * BRIEF_MS)
      is(await store.markDirty(free.id), false)
      is(await store.markDirty(late.id), false)
      is(await store.markDirty(someRun().id), false)
    },
  ],
]
