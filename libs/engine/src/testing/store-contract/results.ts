import { strictEqual as is, deepStrictEqual as same } from 'node:assert'
import type { RunIdentity } from '../../index.ts'
import {
  changing,
  creating,
  paused,
  someRun,
  someTenant,
  succeeded,
  task,
  type Vector,
} from './fixture.ts'

const of = ({ id: runId, tenant }: RunIdentity, path: string, attempt = 1) => ({
  ...{ runId, tenant, path, attempt },
})

export const RESULTS: readonly Vector[] = [
  [
    'the first result of a task that waits for it is kept, and no other',
    async ({ store }) => {
      const run = someRun()
      await store.commit(creating(run, { tasks: [task('a')] }))
      is(await store.recordResult(of(run, 'a', 2), succeeded('early')), false)
      is(await store.recordResult(of(run, 'b'), succeeded('stray')), false)
      const foreign = { ...of(run, 'a'), tenant: someTenant() }
      is(await store.recordResult(foreign, succeeded('foreign')), false)
      is(await store.recordResult(of(run, 'a'), succeeded({ z: 1, a: 2 })), true)
      is(await store.recordResult(of(run, 'a'), succeeded('again')), false)
      const outcome = succeeded({ z: 1, a: 2 })
      const stored = await store.load(run.id)
      is(JSON.stringify(stored?.results), JSON.stringify([{ path: 'a', attempt: 1, outcome }]))
    },
  ],
  [
    'of many results at the same time, one is kept',
    async ({ store }) => {
      const run = someRun()
      await store.commit(creating(run, { tasks: [task('a')] }))
      const kept = await Promise.all(
        Array.from({ length: 8 }, (_, n) => store.recordResult(of(run, 'a'), succeeded(n))),
      )
      is(kept.filter(Boolean).length, 1)
      is((await store.load(run.id))?.results.length, 1)
    },
  ],
  [
    'a result that was taken in is not given again',
    async ({ store }) => {
      const run = someRun()
      await store.commit(creating(run, { tasks: [task('a'), task('b')] }))
      await store.recordResult(of(run, 'a'), succeeded(1))
      await store.commit(changing(run, 1, { events: [paused()], folded: ['a'], status: 'paused' }))
      same((await store.load(run.id))?.results, [])
      is(await store.recordResult(of(run, 'a'), succeeded(2)), false)
      is(await store.recordResult(of(run, 'b'), succeeded(3)), true)
    },
  ],
  [
    'a task that nobody needs any more takes no result',
    async ({ store }) => {
      const run = someRun()
      await store.commit(creating(run, { tasks: [task('a'), task('b')] }))
      await store.recordResult(of(run, 'b'), succeeded(1))
      const gone = { events: [paused()], cancelled: ['a', 'b'], status: 'paused' } as const
      await store.commit(changing(run, 1, gone))
      is(await store.recordResult(of(run, 'a'), succeeded(2)), false)
      same((await store.load(run.id))?.results, [])
    },
  ],
  [
    'the next attempt takes the place of the one before, also in the change that takes that in',
    async ({ store }) => {
      const run = someRun()
      await store.commit(creating(run, { tasks: [task('a')] }))
      await store.recordResult(of(run, 'a'), succeeded(1))
      const next = { events: [paused()], folded: ['a'], tasks: [task('a', 2)] }
      await store.commit(changing(run, 1, next))
      same((await store.load(run.id))?.results, [])
      is(await store.recordResult(of(run, 'a', 1), succeeded('late')), false)
      is(await store.recordResult(of(run, 'a', 2), succeeded('second')), true)
    },
  ],
  [
    'what arrives while a run is held is told to its holder with the next change',
    async ({ store }) => {
      const run = someRun()
      const lease = { owner: 'p1', forMs: 60_000 }
      const first = await store.commit(creating(run, { tasks: [task('a')], lease }))
      same(pickDirty(first), false)
      await store.recordResult(of(run, 'a'), succeeded(1))
      const unaware = await store.commit(changing(run, 1, { events: [paused()] }))
      same(pickDirty(unaware), true)
    },
  ],
]

function pickDirty(result: { readonly state: string; readonly dirty?: boolean }) {
  return result.dirty
}
