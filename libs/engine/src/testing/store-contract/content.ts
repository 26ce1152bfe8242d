import { strictEqual as is, deepStrictEqual as same } from 'node:assert'
import { changing, creating, hex, paused, someRun, someTenant, type Vector } from './fixture.ts'

export const CONTENT: readonly Vector[] = [
  [
    'a snapshot stands for the events before it, for those who have none of them',
    async ({ store }) => {
      const run = someRun()
      await store.commit(creating(run))
      await store.commit(changing(run, 1, { events: [paused(), paused('usr_2')] }))
      await store.saveSnapshot(run.id, 2, { z: 1, a: [2] })
      const fresh = await store.load(run.id)
      same(fresh?.snapshot, { version: 2, state: { z: 1, a: [2] } })
      same(fresh?.events, [paused('usr_2')])
      const known = await store.load(run.id, 1)
      is(known?.snapshot, undefined)
      is(known?.events.length, 2)
    },
  ],
  [
    'an older snapshot does not take the place of a newer one',
    async ({ store }) => {
      const run = someRun()
      await store.commit(creating(run))
      await store.commit(changing(run, 1, { events: [paused()] }))
      await store.saveSnapshot(run.id, 2, 'newer')
      await store.saveSnapshot(run.id, 1, 'older')
      same((await store.load(run.id))?.snapshot, { version: 2, state: 'newer' })
    },
  ],
  [
    'content is found by its hash, by its tenant alone',
    async ({ store }) => {
      const [mine, theirs] = [someTenant(), someTenant()]
      const [one, other] = [hex(64), hex(64)]
      const content = { z: '한국어', a: [null, 1.5] }
      const payloads = [{ hash: one, json: JSON.stringify(content) }]
      await store.writePayloads(mine, payloads)
      await store.writePayloads(mine, payloads)
      const found = await store.readPayloads(mine, [one, other])
      same([...found.keys()], [one])
      is(JSON.stringify(found.get(one)), JSON.stringify(content))
      is((await store.readPayloads(theirs, [one])).size, 0)
    },
  ],
]
