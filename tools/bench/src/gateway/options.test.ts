import { expect, test } from 'vitest'
import { UsageError } from '../usage-error.ts'
import { parseGatewayOptions } from './options.ts'

test('without options, all contenders are measured in six rounds of four seconds', () => {
  expect(parseGatewayOptions([])).toEqual({
    only: null,
    probes: [],
    rounds: 6,
    seconds: 4,
    connections: 32,
    json: null,
    chart: false,
  })
})

test('contenders are named one after the other', () => {
  expect(parseGatewayOptions(['--only', 'dure,nginx']).only).toEqual(['dure', 'nginx'])
})

test.each([['--rounds', '0'], ['--seconds', 'x'], ['--nothing']])(
  'what cannot be meant is answered with the usage: %s %s',
  (...args) => {
    expect(() => parseGatewayOptions(args)).toThrow(UsageError)
  },
)
