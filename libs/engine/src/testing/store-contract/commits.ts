import { strictEqual as is, ok, deepStrictEqual as same } from 'node:assert'
import {
  changing,
  creating,
  hex,
  paused,
  someRun,
  someTenant,
  task,
  type Vector,
} from './fixture.ts'

export const COMMITS: readonly Vector[] = [
  [
    'a run that nobody has made is not there',
    async ({ store }) => is(await store.load(someRun().id), undefined),
  ],
  [
    'a new run is read as it was made',
    async ({ store }) => {
      const run = someRun({ input: { z: 1, a: [null, { ü: '한국어' }] }, priority: 7, depth: 2 })
      const change = creating(run)
      const result = await store.commit(change)
      is(result.state, 'committed')
      const stored = await store.load(run.id)
      same(stored?.events, change.events)
      same({ ...run, ...pick(stored?.row, Object.keys(run)) }, run)
      is(stored?.row.version, 1)
      is(stored?.row.status, 'running')
      is(stored?.row.endedAt, null)
      same([stored?.results, stored?.inbox, stored?.lease], [[], [], null])
      is(stored?.snapshot, undefined)
      // Pure nodes are computed from it again: the order of fields is part of it.
      is(JSON.stringify(stored?.row.input), JSON.stringify(run.input))
    },
  ],
  [
    'an id is taken once, and the second one changes nothing',
    async ({ store }) => {
      const run = someRun()
      await store.commit(creating(run))
      is((await store.commit(creating({ ...run, input: 'other' }))).state, 'conflict')
      is((await store.load(run.id))?.events.length, 1)
    },
  ],
  [
    'an idempotency key is taken once by tenant',
    async ({ store }) => {
      const [one, other] = [someRun(), someRun()]
      const { creation } = creating(one)
      const keyed = creation && { ...creation, idempotencyKey: `key-${hex(8)}` }
      is((await store.commit(creating(one, { creation: keyed }))).state, 'committed')
      const sameTenant = { ...other, tenant: one.tenant }
      is((await store.commit(creating(sameTenant, { creation: keyed }))).state, 'conflict')
      is(await store.load(other.id), undefined)
      const elsewhere = someRun({ tenant: someTenant() })
      is((await store.commit(creating(elsewhere, { creation: keyed }))).state, 'committed')
    },
  ],
  [
    'a change that is based on anything else than what is stored changes nothing',
    async ({ store }) => {
      const run = someRun()
      await store.commit(creating(run))
      for (const version of [0, 2]) {
        const late = { events: [paused()], status: 'paused', tasks: [task('a')] } as const
        is((await store.commit(changing(run, version, late))).state, 'conflict')
      }
      is((await store.commit(changing(someRun(), 1, { events: [paused()] }))).state, 'conflict')
      const stored = await store.load(run.id)
      is(stored?.row.version, 1)
      is(stored?.row.status, 'running')
      const waiting = { runId: run.id, tenant: run.tenant, path: 'a', attempt: 1 }
      is(
        await store.recordResult(waiting, { status: 'succeeded', output: 1, durationMs: 1 }),
        false,
      )
    },
  ],
  [
    'of many changes at the same time, one is committed',
    async ({ store }) => {
      const run = someRun()
      await store.commit(creating(run))
      const changes = Array.from({ length: 8 }, (_, n) =>
        store.commit(changing(run, 1, { events: [paused(`usr_${n}`)], status: 'paused' })),
      )
      const states = (await Promise.all(changes)).map(({ state }) => state)
      is(states.filter((state) => state === 'committed').length, 1)
      is((await store.load(run.id))?.events.length, 2)
    },
  ],
  [
    'the end of a run is part of its row, and its cost is added up',
    async ({ store }) => {
      const run = someRun()
      await store.commit(creating(run, { costMicroUsd: 3 }))
      const output = { value: 'done' }
      const events = [{ type: 'run.completed', output }] as const
      const end = { events, status: 'completed', output, costMicroUsd: 4 } as const
      is((await store.commit(changing(run, 1, end))).state, 'committed')
      const row = (await store.load(run.id))?.row
      same([row?.status, row?.output, row?.costMicroUsd], ['completed', output, 7])
      ok(row?.endedAt instanceof Date)
      is(row.error, null)
    },
  ],
  [
    'who has some events is given the later ones',
    async ({ store }) => {
      const run = someRun()
      await store.commit(creating(run))
      await store.commit(changing(run, 1, { events: [paused()], status: 'paused' }))
      same((await store.load(run.id, 1))?.events, [paused()])
      same((await store.load(run.id, 2))?.events, [])
    },
  ],
]

function pick(from: object | undefined, names: readonly string[]): object {
  return Object.fromEntries(names.map((name) => [name, (from as Record<string, unknown>)?.[name]]))
}
