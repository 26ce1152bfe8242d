import { expect, test } from 'vitest'
import { UsageError } from '../usage-error.ts'
import { parseEngineOptions } from './options.ts'

test('without options, everything is measured', () => {
  expect(parseEngineOptions([])).toMatchObject({
    scenarios: ['seq10', 'fan20'],
    kinds: ['pure', 'durable', 'remote'],
    concurrencies: [1, 16, 64],
    runs: null,
  })
})

test('each option leaves only what it names', () => {
  const args = ['--only', 'seq10', '--kind', 'remote', '--concurrency', '16', '--runs', '200']

  expect(parseEngineOptions(args)).toMatchObject({
    scenarios: ['seq10'],
    kinds: ['remote'],
    concurrencies: [16],
    runs: 200,
  })
})

test.each([[['--only', 'seq11']], [['--concurrency', '0']], [['--runs', 'many']], [['--unknown']]])(
  '%j is refused',
  (args) => {
    expect(() => parseEngineOptions(args)).toThrow(UsageError)
  },
)
