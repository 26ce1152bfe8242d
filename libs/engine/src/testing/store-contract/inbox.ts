import { strictEqual as is, deepStrictEqual as same } from 'node:assert'
import type { InboxItem } from '../../index.ts'
import { changing, creating, hex, paused, someRun, someTenant, type Vector } from './fixture.ts'

function item(name = hex(8)): InboxItem {
  return {
    id: `item-${name}`,
    command: { type: 'run.signal', name, payload: { z: 1, a: 2 }, by: 'usr_1' },
  }
}

export const INBOX: readonly Vector[] = [
  [
    'commands are given in the order in which they came, each id once',
    async ({ store }) => {
      const run = someRun()
      await store.commit(creating(run))
      const items = [item('c'), item('a'), item('b')]
      for (const one of items) is(await store.post(run.id, run.tenant, one), true)
      is(await store.post(run.id, run.tenant, item('a')), false)
      is(JSON.stringify((await store.load(run.id))?.inbox), JSON.stringify(items))
    },
  ],
  [
    'two runs may have commands with the same id',
    async ({ store }) => {
      const [one, other] = [someRun(), someRun()]
      await store.commit(creating(one))
      await store.commit(creating(other))
      is(await store.post(one.id, one.tenant, item('a')), true)
      is(await store.post(other.id, other.tenant, item('a')), true)
    },
  ],
  [
    'nobody reaches a run of another tenant, or one that is not there',
    async ({ store }) => {
      const run = someRun()
      await store.commit(creating(run))
      is(await store.post(run.id, someTenant(), item()), false)
      is(await store.post(someRun().id, run.tenant, item()), false)
      same((await store.load(run.id))?.inbox, [])
    },
  ],
  [
    'a command that was taken in is not given again, and its id stays taken',
    async ({ store }) => {
      const run = someRun()
      await store.commit(creating(run))
      await store.post(run.id, run.tenant, item('a'))
      await store.post(run.id, run.tenant, item('b'))
      await store.commit(changing(run, 1, { events: [paused()], consumed: ['item-a'] }))
      same((await store.load(run.id))?.inbox, [item('b')])
      is(await store.post(run.id, run.tenant, item('a')), false)
    },
  ],
  [
    'a command may be taken in without any event',
    async ({ store }) => {
      const run = someRun()
      await store.commit(creating(run))
      await store.post(run.id, run.tenant, item('a'))
      is((await store.commit(changing(run, 1, { consumed: ['item-a'] }))).state, 'committed')
      same((await store.load(run.id))?.inbox, [])
      is((await store.load(run.id))?.row.version, 1)
    },
  ],
  [
    'of many posts of one command at the same time, one is told that it is new',
    async ({ store }) => {
      const run = someRun()
      await store.commit(creating(run))
      const posts = Array.from({ length: 8 }, () => store.post(run.id, run.tenant, item('a')))
      is((await Promise.all(posts)).filter(Boolean).length, 1)
      is((await store.load(run.id))?.inbox.length, 1)
    },
  ],
  [
    'a command that arrives while a run is held is told to its holder with the next change',
    async ({ store }) => {
      const run = someRun()
      await store.commit(creating(run, { lease: { owner: 'p1', forMs: 60_000 } }))
      await store.post(run.id, run.tenant, item('a'))
      const result = await store.commit(changing(run, 1, { events: [paused()] }))
      same(result.state === 'committed' && result.dirty, true)
    },
  ],
]
