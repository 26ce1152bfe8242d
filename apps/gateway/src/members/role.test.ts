import { SCOPES } from '@dure/contracts'
import { expect, test } from 'vitest'
import { mayGrant, ROLES, scopesOfRole } from './role.ts'

test('each role may do all that the next one may', () => {
  for (const [index, role] of ROLES.entries()) {
    const next = ROLES[index + 1]
    if (next) expect(scopesOfRole(role)).toEqual(expect.arrayContaining([...scopesOfRole(next)]))
  }
  const aboveAll = SCOPES.filter((scope) => !scopesOfRole('owner').includes(scope))
  expect(aboveAll).toEqual(['organizations:create'])
})

test.each([
  ['developer', 'organizations:write'],
  ['developer', 'audit-logs:read'],
  ['developer', 'knowledge:read-all'],
  ['operator', 'workflows:write'],
  ['operator', 'api-keys:write'],
  ['operator', 'secrets:read'],
  ['viewer', 'runs:write'],
  ['viewer', 'api-keys:read'],
  ['viewer', 'models:use'],
] as const)('a %s lacks %s', (role, scope) => {
  expect(scopesOfRole(role)).not.toContain(scope)
})

test('nobody gives a role that is more than they are, and only owners make owners', () => {
  for (const granter of ROLES) {
    const identity = { scopes: [...scopesOfRole(granter)], roles: [granter] }
    const given = ROLES.filter((role) => mayGrant(identity, role))
    expect(given).toEqual(ROLES.slice(ROLES.indexOf(granter)))
  }
  expect(mayGrant({ scopes: [...SCOPES] }, 'owner')).toBe(false)
  expect(mayGrant({ scopes: [] }, 'viewer')).toBe(false)
})
