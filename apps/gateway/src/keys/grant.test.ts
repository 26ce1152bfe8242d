import { SCOPES } from '@dure/contracts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressTest } from './address-list.ts'
import { excessOf, type Grant, grantOf } from './grant.ts'

const anyScopes = fc.subarray([...SCOPES])
const anyDate = fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
const anyCidrs = fc.uniqueArray(
  fc.constantFrom('10.0.0.0/8', '10.1.0.0/16', '10.1.2.0/24', '192.0.2.0/24', '::/0', '0.0.0.0/0'),
)
const anyGrant: fc.Arbitrary<Grant> = fc.record({
  scopes: anyScopes,
  roles: fc.subarray(['owner', 'admin', 'finance']),
  expiresAt: fc.option(anyDate, { nil: undefined }),
  allowedCidrs: anyCidrs,
})
const ADDRESSES = ['10.9.9.9', '10.1.9.9', '10.1.2.9', '192.0.2.9', '198.51.100.1', '2001:db8::1']

describe('a key', () => {
  test('that its maker may make can do nothing that the maker cannot', () => {
    fc.assert(
      fc.property(anyGrant, anyGrant, (maker, grant) => {
        if (excessOf(grant, maker).length > 0) return
        expect(grant.scopes.filter((scope) => !maker.scopes.includes(scope))).toEqual([])
        if (!maker.roles.includes('owner')) {
          expect(maker.roles).toEqual(expect.arrayContaining([...grant.roles]))
        }
        const end = (one: Grant) => one.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY
        expect(end(grant)).toBeLessThanOrEqual(end(maker))
        const from = (one: Grant) => {
          const isFrom = addressTest(one.allowedCidrs)
          return ADDRESSES.filter((address) => isFrom?.(address) ?? true)
        }
        expect(from(maker)).toEqual(expect.arrayContaining(from(grant)))
      }),
    )
  })

  test('that asks for nothing but scopes of its maker is as its maker in the rest', () => {
    fc.assert(
      fc.property(anyGrant, (maker) => {
        expect(excessOf(grantOf({ scopes: maker.scopes }, maker), maker)).toEqual([])
      }),
    )
  })

  test('that would be stronger is refused at each field where it is', () => {
    const maker: Grant = {
      scopes: ['runs:read'],
      roles: ['finance'],
      expiresAt: new Date(1000),
      allowedCidrs: ['10.0.0.0/8'],
    }
    const wanted: Grant = {
      scopes: ['runs:read', 'runs:write'],
      roles: ['finance', 'owner'],
      expiresAt: undefined,
      allowedCidrs: ['10.1.0.0/16', '11.0.0.0/8'],
    }
    expect(excessOf(wanted, maker).map(({ pointer }) => pointer)).toEqual([
      '#/scopes/1',
      '#/roles/1',
      '#/expiresAt',
      '#/allowedCidrs/1',
    ])
    const [everywhere] = excessOf({ ...maker, allowedCidrs: [] }, maker)
    expect(everywhere?.pointer).toBe('#/allowedCidrs')
  })
})
