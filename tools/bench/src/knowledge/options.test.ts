import { expect, test } from 'vitest'
import { optionsOf, ROWS } from './options.ts'

test('without options all rows are measured, the longest one last', () => {
  const { rows, chunks, chart } = optionsOf([])

  expect([...rows]).toEqual(ROWS)
  expect([...rows].at(-1)).toBe('hybrid')
  expect([chunks, chart]).toEqual([{ lexical: 300_000, hybrid: 1_000_000 }, false])
})

test('rows and their size can be chosen', () => {
  expect(optionsOf(['--quick']).rows.has('hybrid')).toBe(false)
  expect([...optionsOf(['--only', 'open,lexical']).rows]).toEqual(['open', 'lexical'])
  expect(optionsOf(['--chunks', '1000']).chunks).toEqual({ lexical: 1000, hybrid: 1000 })
  expect(optionsOf(['--texts', 'ko', '--json', 'a.json'])).toMatchObject({
    texts: 'ko',
    json: 'a.json',
  })
})

test.each([
  [['--chunks', '0'], 'from 1 to'],
  [['--chunks', 'many'], 'from 1 to'],
  [['--only', 'speed'], 'no row speed'],
  [['--only', 'open', '--quick'], '--only'],
  [['--only', 'open', '--chart'], '--only'],
  [['--fast'], '--fast'],
])('%j is refused, with the usage', (args, message) => {
  expect(() => optionsOf(args)).toThrow(message)
  expect(() => optionsOf(args)).toThrow('usage: npm run bench')
})
