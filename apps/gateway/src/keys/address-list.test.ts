import { describe, expect, test } from 'vitest'
import { addressTest, cidrProblem, isWithin } from './address-list.ts'

describe('a list of addresses', () => {
  const isFrom = addressTest(['203.0.113.0/24', '2001:db8::/32', '192.0.2.7/32'])

  test.each([
    ['203.0.113.9', true],
    ['203.0.114.9', false],
    ['192.0.2.7', true],
    ['192.0.2.8', false],
    ['2001:db8:1::1', true],
    ['2001:db9::1', false],
    // How Node names an IPv4 client of a socket that listens on both.
    ['::ffff:203.0.113.9', true],
    ['::ffff:cb00:7109', true],
    ['', false],
    ['not an address', false],
    ['203.0.113.9, 10.0.0.1', false],
  ])('holds %j: %s', (address, holds) => {
    expect(isFrom?.(address)).toBe(holds)
  })

  test('that is empty holds back nobody', () => {
    expect(addressTest([])).toBeUndefined()
  })
})

test.each(['10.0.0.0/8', '0.0.0.0/0', '::/0', '2001:db8::/32', '10.1.2.3/32'])(
  '%s is a CIDR',
  (cidr) => {
    expect(cidrProblem(cidr)).toBeUndefined()
  },
)

test.each([
  '10.0.0.0',
  '10.0.0.0/33',
  '10.0.0.0/-1',
  '10.0.0.0/8/8',
  '010.0.0.1/8',
  '0x7f.1/8',
  '10.1/8',
  '2001:db8::/129',
  '::ffff:10.0.0.0/104',
  'localhost/8',
  '',
  '/8',
])('%j is none', (cidr) => {
  expect(cidrProblem(cidr)).toEqual(expect.any(String))
})

test.each([
  ['10.1.0.0/16', ['10.0.0.0/8'], true],
  ['10.0.0.0/8', ['10.0.0.0/8'], true],
  ['10.0.0.0/7', ['10.0.0.0/8'], false],
  ['10.0.0.0/8', ['10.0.0.0/9', '10.128.0.0/9'], false],
  ['11.0.0.0/8', ['10.0.0.0/8', '2001:db8::/32'], false],
  ['2001:db8:1::/48', ['10.0.0.0/8', '2001:db8::/32'], true],
  ['::/0', ['0.0.0.0/0'], false],
] as const)('%s within %j: %s', (inner, outer, within) => {
  expect(isWithin(inner, outer)).toBe(within)
})
