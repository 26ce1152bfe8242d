import { createEventRegistry, NewerEventError } from '@dure/kernel'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withTransaction } from '../postgres/transaction.ts'
import { createEventStore, type EventStore } from './event-store.ts'
import { sealEvents } from './sealer.ts'
import { type EventDatabase, eventDatabase } from './testing/event-database.ts'

/** Three releases of a service: a name, then two names, then a list of names. */
const steps = [
  ({ name, ...rest }: Readonly<Record<string, unknown>>) => {
    const [family, ...given] = String(name).split(' ')
    return { ...rest, family, given: given.join(' ') }
  },
  ({ family, given, ...rest }: Readonly<Record<string, unknown>>) => ({
    ...rest,
    names: [family, given],
  }),
]
const EVENTS = [
  { type: 'named', name: '김 하늘', by: 'usr_1' },
  { type: 'named', family: '이', given: '바다', by: 'usr_2' },
  { type: 'named', names: ['박', '나무'], by: 'usr_3' },
]

let db: EventDatabase
let releases: readonly EventStore[]
beforeAll(async () => {
  db = await eventDatabase()
  releases = [0, 1, 2].map((raised) =>
    createEventStore({
      pool: db.pool,
      source: 'agent',
      registry: createEventRegistry({
        named: { version: raised + 1, upcasters: steps.slice(0, raised) },
        ended: { version: 1, upcasters: [] },
      }),
    }),
  )
  for (const [n, store] of releases.entries()) {
    const events = [EVENTS[n] ?? { type: 'ended' }]
    await withTransaction(db.pool, (client) =>
      store.append(client, { stream: 'people', expectedVersion: n, events, tenant: db.tenant }),
    )
  }
})
afterAll(() => db.drop())

test('a stream that three releases wrote is read by the last one as its own', async () => {
  const read = await releases[2]?.read('people')
  expect(read?.map(({ version, type, data }) => [version, type, data])).toEqual([
    [1, 'named', { by: 'usr_1', names: ['김', '하늘'] }],
    [2, 'named', { by: 'usr_2', names: ['이', '바다'] }],
    [3, 'named', { by: 'usr_3', names: ['박', '나무'] }],
  ])
})

test('an older release reads on until it meets what it does not know, and then leaves it', async () => {
  const [first, second] = releases
  expect(await first?.read('people', { limit: 1 })).toMatchObject([{ data: { name: '김 하늘' } }])
  expect(await second?.read('people', { limit: 2 })).toMatchObject([
    { data: { family: '김', given: '하늘' } },
    { data: { family: '이', given: '바다' } },
  ])
  await expect(first?.read('people', { limit: 2 })).rejects.toBeInstanceOf(NewerEventError)
  await expect(second?.read('people')).rejects.toMatchObject({
    transient: true,
    details: { type: 'named', schemaVersion: 3 },
  })
})

test('any release says them on as they were recorded, with their version', async () => {
  await sealEvents(db.pool, 100)
  const page = await releases[0]?.readSealed({ afterG: 0, limit: 10 })
  expect(page?.map(({ event: { schemaVersion, data } }) => [schemaVersion, data])).toEqual(
    EVENTS.map(({ type: _, ...data }, n) => [n === 0 ? undefined : n + 1, data]),
  )
})

test('an event of a type that a release does not have is not written by it', async () => {
  const events = [{ type: 'unheard-of' }]
  const writing = withTransaction(db.pool, (client) =>
    (releases[2] as EventStore).append(client, {
      ...{ stream: 'people', expectedVersion: 3, events, tenant: db.tenant },
    }),
  )
  await expect(writing).rejects.toThrow('There is no event unheard-of')
})
