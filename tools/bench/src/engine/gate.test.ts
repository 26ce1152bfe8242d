import { expect, test } from 'vitest'
import { bestOf, gateProblems, gatesFrom } from './gate.ts'
import type { Row } from './row.ts'

const row: Row = {
  ...{ scenario: 'seq10', kind: 'pure', concurrency: 16, runs: 200, runsPerSecond: 900 },
  ...{ p50Ms: 16, p99Ms: 25, p50StepMs: 1.6, foreignCpuShare: 0 },
  ...{ sqlRoundTripsPerRun: 10, redisCommandsPerRun: 20, walBytesPerRun: 10_000 },
  cpuMicrosPerStep: 200,
}
const REFERENCE = 1000
const gates = gatesFrom([row], REFERENCE)

test('what is as it was, or 15 % more, passes', () => {
  expect(gateProblems([row], gates, REFERENCE)).toEqual([])
  expect(gateProblems([{ ...row, walBytesPerRun: 11_500 }], gates, REFERENCE)).toEqual([])
})

test.each([
  ['sqlRoundTripsPerRun', 12],
  ['redisCommandsPerRun', 25],
  ['walBytesPerRun', 12_000],
  ['cpuMicrosPerStep', 320],
] as const)('%s that has risen by more than its slack is told', (figure, value) => {
  const problems = gateProblems([{ ...row, [figure]: value }], gates, REFERENCE)

  expect(problems).toEqual([expect.stringContaining(`${figure} is ${value}`)])
})

test('a machine that is half as fast may take twice the CPU, and nothing else', () => {
  const slow = { ...row, cpuMicrosPerStep: 400 }

  expect(gateProblems([slow], gates, 2 * REFERENCE)).toEqual([])
  expect(gateProblems([slow], gates, REFERENCE)).toHaveLength(1)
})

test('CPU is not compared while others use the machine, and everything else is', () => {
  const loud = { ...row, foreignCpuShare: 0.3, cpuMicrosPerStep: 400, walBytesPerRun: 12_000 }

  expect(gateProblems([loud], gates, REFERENCE)).toEqual([
    expect.stringContaining('walBytesPerRun is 12000'),
  ])
})

test('of two measurements, each figure counts at its best', () => {
  const [best] = bestOf(
    [{ ...row, foreignCpuShare: 0.3, cpuMicrosPerStep: 400, walBytesPerRun: 12_000 }],
    [{ ...row, cpuMicrosPerStep: 320 }],
  )

  expect(best).toEqual({ ...row, cpuMicrosPerStep: 320 })
  expect(bestOf([row], [{ ...row, concurrency: 1 }])).toEqual([row])
})

test('gates that are of other rows do not let everything through', () => {
  expect(gateProblems([{ ...row, concurrency: 1 }], gates, REFERENCE)).toEqual([
    'none of the measured rows has a gate',
  ])
})
