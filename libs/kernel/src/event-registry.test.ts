import { expect, test } from 'vitest'
import { createEventRegistry, type EventVersions, NewerEventError } from './index.ts'

interface Moved {
  readonly type: 'moved' | 'left'
  readonly to?: { readonly city: string; readonly country: string }
}

const moved: EventVersions = {
  version: 3,
  upcasters: [
    ({ town, ...rest }) => ({ ...rest, city: town }),
    ({ city, ...rest }) => ({ ...rest, to: { city, country: 'KR' } }),
  ],
}
const registry = createEventRegistry<Moved>({ moved, left: { version: 1, upcasters: [] } })

const now = { type: 'moved', to: { city: '전주', country: 'KR' } }

test.each([
  [1, { type: 'moved', town: '전주' }],
  [2, { type: 'moved', schemaVersion: 2, city: '전주' }],
  [3, { ...now, schemaVersion: 3 }],
])('an event of version %i is read as one of the newest version', (_version, stored) => {
  const before = structuredClone(stored)
  expect(registry.read(stored as never)).toEqual(now)
  expect(stored).toEqual(before)
})

test('an event is stored with its version, and without one when that is 1', () => {
  const stored = registry.write(now as Moved)
  expect(stored).toEqual({ ...now, schemaVersion: 3 })
  expect(registry.read(stored)).toEqual(now)
  const left: Moved = { type: 'left' }
  expect(registry.write(left)).toBe(left)
  expect(registry.read(left)).toBe(left)
})

test.each([
  ['of a newer version', { ...now, schemaVersion: 4 }, 4],
  ['of a newer version of what never changed here', { type: 'left', schemaVersion: 2 }, 2],
  ['of a type that a newer build has added', { type: 'returned' }, 1],
  ['whose type is a name that every object knows', { type: 'constructor' }, 1],
])('an event %s is refused for now', (_what, stored, schemaVersion) => {
  const reading = () => registry.read(stored as never)
  expect(reading).toThrow(NewerEventError)
  expect(reading).toThrow(
    expect.objectContaining({
      code: 'event.newer-schema',
      kind: 'unavailable',
      transient: true,
      details: { type: stored.type, schemaVersion },
    }),
  )
})

test('a version without its upcasters is no version', () => {
  const broken = { moved: { ...moved, version: 4 } }
  expect(() => createEventRegistry(broken)).toThrow('moved has version 4 and 2 upcasters')
})

test('what was computed from events is known by their versions', () => {
  expect(createEventRegistry({ left: { version: 1, upcasters: [] } }).fingerprint).toBe('')
  expect(registry.fingerprint).toBe(' moved=3')
})
