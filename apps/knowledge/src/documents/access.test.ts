import { callerOf, type Identity, type Scope } from '@dure/contracts'
import { expect, test } from 'vitest'
import { accessOf, maySee, readerOf } from './access.ts'

const caller = (more: object = {}) =>
  callerOf({
    ...{ principalId: 'usr_ana', roles: ['viewer'], scopes: ['knowledge:read'] as Scope[] },
    ...more,
  } as Identity)

test.each([
  ['everybody', 'anybody', ['everybody'], true],
  ['a member', 'this member', ['user:usr_ana'], true],
  ['a member', 'another one', ['user:usr_bo'], false],
  ['a role', 'who has it', ['role:owner', 'role:viewer'], true],
  ['a group', 'a caller of no group', ['group:viewer'], false],
  ['nobody', 'anybody', [], false],
])('what is for %s is seen by %s as it should', (_whom, _who, access, isSeen) => {
  expect(maySee(readerOf(caller()), access)).toBe(isSeen)
})

test('a key is known by itself, and by the principal that it speaks for', () => {
  expect(
    callerOf({ ...caller(), principalId: 'svc_1', keyId: 'key_1', scopes: [] } as never),
  ).toEqual({
    principals: ['user:svc_1', 'key:key_1'],
    seesAll: false,
  })
  expect(caller({ principalId: 'key_1', roles: [] }).principals).toEqual([
    'user:key_1',
    'key:key_1',
  ])
})

test('whoever asks for a person sees what both may see', () => {
  const reader = readerOf(caller(), { user: 'bo', groups: ['sales'] })

  expect(maySee(reader, ['everybody'])).toBe(true)
  expect(maySee(reader, ['user:usr_ana'])).toBe(false)
  expect(maySee(reader, ['user:bo'])).toBe(false)
  expect(maySee(reader, ['user:bo', 'role:viewer'])).toBe(true)
  expect(maySee(readerOf(caller(), {}), ['role:viewer'])).toBe(false)
})

test('who sees all may see for a person alone', () => {
  const all = caller({ scopes: ['knowledge:read-all'] })

  expect(maySee(readerOf(all), [])).toBe(true)
  expect(maySee(readerOf(all, { groups: ['sales'] }), ['group:sales'])).toBe(true)
  expect(maySee(readerOf(all, { user: 'bo' }), ['user:usr_ana'])).toBe(false)
})

test('a name is one name, whichever system spelled it', () => {
  const decomposed = '영업'.normalize('NFD')
  const access = accessOf([`group:${decomposed}`, 'group:영업', 'everybody'], readerOf(caller()))

  expect(access).toEqual(['everybody', 'group:영업'])
  const all = caller({ scopes: ['knowledge:read-all'] })
  expect(maySee(readerOf(all, { groups: [decomposed] }), ['group:영업'])).toBe(true)
})
