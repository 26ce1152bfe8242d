import { expect, test } from 'vitest'
import { columnNames, isDelimiterRow } from './markdown-table.ts'

test.each([
  ['| a | b |\n|---|---|\n| 1 | 2 |', 'a | b'],
  ['a | b\r\n:-- | --:\r\n1 | 2', 'a | b'],
  ['| one |\n| --- |', 'one'],
  ['| a \\| b | |\n|---|---|', 'a | b'],
  ['| a | b |', ''],
  ['| a | b |\n| 1 | 2 |', ''],
  ['a\n---', ''],
  ['|  |  |\n|---|---|', ''],
  ['', ''],
])('%j has the columns %j', (table, names) => {
  expect(columnNames(table)).toBe(names)
})

test('a header that is no header for readers is cut off', () => {
  expect(columnNames(`| ${'😀'.repeat(1000)} |\n|---|`)).toSatisfy(
    (names: string) => names.length <= 500 && names.isWellFormed(),
  )
})

test('a line of delimiters is told apart in no time, however it ends', () => {
  expect(isDelimiterRow(`|${'---|'.repeat(400)}`)).toBe(true)
  expect(isDelimiterRow(`|${'---|'.repeat(400)}x`)).toBe(false)
  expect(isDelimiterRow(`|${'-'.repeat(1_000_000)}|`)).toBe(false)
})
