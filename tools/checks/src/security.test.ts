import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT, read } from './repository.ts'

/** Of the attacks that `conformance.test.ts` runs. */
const registry = read('tools/conformance/src/attacks/index.ts')
const rows = read('docs/security.md')
  .split('\n')
  .filter((line) => /^\| A\d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))

/** What a whole installation is tried with: none of these may lose its row. */
const OF_THE_EDGE = [20, ...range(28, 42), ...range(51, 54), 59, 60]

test('every attack on the edge has its row', () => {
  const numbers = new Set(rows.map(([, name = '']) => Number(name.slice(1))))
  expect(OF_THE_EDGE.filter((number) => !numbers.has(number))).toEqual([])
})

test('every attack stands once in docs/security.md, in the order of the numbers', () => {
  const numbers = rows.map(([, name = '']) => Number(name.slice(1)))

  expect(numbers.length).toBeGreaterThan(25)
  expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b))
})

test.each(rows.map(([, name = '', , tests = '']) => [name, tests] as const))(
  '%s has a test that exists',
  (_name, tests) => {
    const files = [...tests.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file)

    expect(files).not.toEqual([])
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([])
    const isRun = (file: string) => file.endsWith('.test.ts') || registry.includes(basename(file))
    expect(files.filter((file) => !isRun(file))).toEqual([])
  },
)

test('every attack that is tried against a whole system stands there, under its number', () => {
  const tried = [...registry.matchAll(/from '.\/(a(\d+)-[^']+)'/g)]
  const missing = tried.filter(([, file = '', number]) => {
    const tests = rows.find(([, name]) => name === `A${number}`)?.[3] ?? ''
    return !tests.includes(`attacks/${file}`)
  })

  expect(tried.length).toBeGreaterThan(10)
  expect(missing).toEqual([])
})

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at)
}
