import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testSecretsKeys, testTenant } from '../testing/index.ts'
import { createEnvelope, type Place, type Sealed } from './envelope.ts'

const PLACE: Place = {
  tenant: testTenant(),
  resource: 'secret:sec_1',
  version: 1,
  bound: ['https://api.example.com'],
}
const KEYS = testSecretsKeys('new', 'old')
const OLD_ALONE = KEYS.split(',')[1] ?? ''
const envelope = createEnvelope(KEYS)
const unreadable = expect.objectContaining({ code: 'secret.unreadable', kind: 'unavailable' })

describe('an envelope', () => {
  test('gives back whatever was put in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.nat(), (secret, version) => {
        const place = { ...PLACE, version }
        expect(envelope.open(envelope.seal(secret, place), place)).toBe(secret)
      }),
    )
  })

  test('is different each time, and shows nothing of what is in it', () => {
    const secret = 'correct horse battery staple'
    const [one, other] = [envelope.seal(secret, PLACE), envelope.seal(secret, PLACE)]

    expect(one.payload).not.toEqual(other.payload)
    expect(one.wrappedKey).not.toEqual(other.wrappedKey)
    expect(one.payload.includes('horse')).toBe(false)
    expect(one.payload).toHaveLength(12 + secret.length + 16)
    expect(one.wrappedKey).toHaveLength(12 + 32 + 16)
  })

  test('cannot be opened when any byte of it differs', () => {
    const sealed = envelope.seal('a secret', PLACE)
    for (const field of ['payload', 'wrappedKey'] as const) {
      for (let at = 0; at < sealed[field].length; at += 1) {
        const bytes = Buffer.from(sealed[field])
        bytes[at] = (bytes[at] ?? 0) ^ 1
        expect(() => envelope.open({ ...sealed, [field]: bytes }, PLACE)).toThrow(unreadable)
      }
      for (const end of [0, 11, 27, sealed[field].length - 1]) {
        const cut = { ...sealed, [field]: sealed[field].subarray(0, end) }
        expect(() => envelope.open(cut, PLACE)).toThrow(unreadable)
      }
    }
  })

  test.each([
    [
      'the organization',
      { tenant: { ...testTenant(), organizationId: testTenant('2').organizationId } },
    ],
    ['the project', { tenant: { ...testTenant(), projectId: testTenant('2').projectId } }],
    ['the resource', { resource: 'secret:sec_2' }],
    ['the version', { version: 2 }],
    ['what it is bound to', { bound: ['https://evil.example'] }],
    ['that it is bound at all', { bound: [] }],
  ])('cannot be opened in a place where %s differs', (_what, changes: Partial<Place>) => {
    const sealed = envelope.seal('a secret', PLACE)

    expect(() => envelope.open(sealed, { ...PLACE, ...changes })).toThrow(unreadable)
  })

  test('takes no parts of another envelope, not even of the same place', () => {
    const [one, other] = [envelope.seal('one', PLACE), envelope.seal('other', PLACE)]

    expect(() => envelope.open({ ...one, wrappedKey: other.wrappedKey }, PLACE)).toThrow(unreadable)
    expect(() => envelope.open({ ...one, payload: other.payload }, PLACE)).toThrow(unreadable)
    expect(() => envelope.open({ ...one, payload: one.wrappedKey }, PLACE)).toThrow(unreadable)
  })
})

describe('keys of the installation', () => {
  const old = createEnvelope(OLD_ALONE).seal('an old secret', PLACE)
  const moved = (): Sealed => ({ ...old, ...envelope.rewrap(old, PLACE) })

  test('that are not the current one still open what they closed', () => {
    expect(old.keyId).toBe('old')
    expect(envelope.open(old, PLACE)).toBe('an old secret')
    expect(envelope.seal('a new one', PLACE).keyId).toBe('new')
  })

  test('are changed without touching what is encrypted', () => {
    const { keyId, payload } = moved()

    expect(keyId).toBe('new')
    expect(payload).toBe(old.payload)
    expect(createEnvelope(KEYS.split(',')[0] ?? '').open(moved(), PLACE)).toBe('an old secret')
    expect(() => createEnvelope(OLD_ALONE).open(moved(), PLACE)).toThrow(unreadable)
  })

  test('are bound to their id: one under the name of another opens nothing', () => {
    const renamed = createEnvelope(OLD_ALONE.replace('old:', 'new:'))

    expect(() => renamed.open({ ...old, keyId: 'new' }, PLACE)).toThrow(unreadable)
    expect(() => envelope.open({ ...old, keyId: 'gone' }, PLACE)).toThrow(/key gone is not in/)
  })

  test.each([
    ['have one id', 'a:', 'a:'],
    ['are too short', 'a:', 'b:AA'],
  ])('are refused when they %s, without showing one', (_what, first, second) => {
    const key = Buffer.alloc(32, 7).toString('base64')
    const keys = `${first}${key},${second}${second.endsWith('AA') ? '' : key}`

    expect(() => createEnvelope(keys)).toThrow(TypeError)
    expect(() => createEnvelope(keys)).not.toThrow(key)
  })
})
