import { expect, test } from 'vitest'
import { chartOf } from './chart.ts'
import type { Row } from './row.ts'

const row: Row = {
  ...{ scenario: 'seq10', kind: 'pure', concurrency: 16, runs: 200, runsPerSecond: 900 },
  ...{ p50Ms: 16, p99Ms: 25, p50StepMs: 1.6, foreignCpuShare: 0 },
  ...{ sqlRoundTripsPerRun: 1, redisCommandsPerRun: 1, walBytesPerRun: 1, cpuMicrosPerStep: 1 },
}

test('bars are as long as their values, the highest fills the width', () => {
  const half = { ...row, kind: 'durable', runsPerSecond: 450 }

  const widths = [
    ...chartOf([row, half], { withReference: false }).matchAll(/<rect.* width="(\d+)"/g),
  ]

  expect(widths.map(([, width]) => Number(width))).toEqual([480, 240])
})

test('peers that were measured before are marked as such, and left out when they were measured now', () => {
  expect(chartOf([row], { withReference: true })).toContain('measured elsewhere, same shape')
  expect(chartOf([row], { withReference: false })).not.toContain('class="reference"')
})

test('only what had as many clients as the references is in it', () => {
  const one = { ...row, concurrency: 1, runsPerSecond: 111 }

  expect(chartOf([one, row], { withReference: true })).not.toContain('>111<')
})
