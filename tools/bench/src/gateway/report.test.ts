import { expect, test } from 'vitest'
import { gatewayChart } from './chart.ts'
import { gatewayTable } from './report.ts'

const row = {
  name: 'dure',
  does: 'everything',
  requestsPerSecond: 1000,
  p50Micros: 900,
  p99Micros: 2500,
  cpuMicrosPerRequest: 50,
  rssMb: 180,
}

test('the chart begins with who needs least', () => {
  const chart = gatewayChart([row, { ...row, name: 'a & b', cpuMicrosPerRequest: 20 }])
  expect(chart.indexOf('a &amp; b')).toBeGreaterThan(0)
  expect(chart.indexOf('a &amp; b')).toBeLessThan(chart.indexOf('>dure<'))
})

test('the table has a line for each contender, with all its figures', () => {
  const [, line] = gatewayTable([row]).split('\n')
  expect(line?.split(/\s{2,}/)).toEqual([
    'dure',
    '1000',
    '900',
    '2500',
    '50.0',
    '180',
    'everything',
  ])
})
