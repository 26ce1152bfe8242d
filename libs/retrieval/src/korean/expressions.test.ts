import { expect, test } from 'vitest'
import { compactExpressions, partsOf } from './expressions.ts'

/** left id, right id, tag id, cost, feature offset (two), unused (two) */
const record = (tagId: number, feature: number) => [
  ...[0, 0, tagId, 0, feature & 0xffff, feature >>> 16],
  ...[0, 0],
]
const SINGLE = 150

function expressionsOf(lines: readonly string[]) {
  const features = new TextEncoder().encode(lines.map((line) => `${line}\0`).join(''))
  let start = 0
  const records = lines.flatMap((line) => {
    const one = record(line.startsWith('NNG,*') ? SINGLE : SINGLE + 1, start)
    start += new TextEncoder().encode(line).length + 1
    return one
  })
  return compactExpressions({ tokens: Uint16Array.from(records), features }, (id) => id === SINGLE)
}

test('expressions are kept of words that are several morphemes', () => {
  const made = expressionsOf([
    'NNG,*,F,나무,*,*,*,*',
    'NNG,Compound,T,눈물,Compound,*,*,눈/NNG/*+물/NNG/*',
    'VV,short',
    'VV+EC,*,F,도와,Inflect,VV,EC,돕/VV/*+아/EC/*',
  ])

  expect([0, 1, 2, 3].map((token) => partsOf(made, token))).toEqual([
    [],
    [
      { text: '눈', tag: 'NNG', at: 0 },
      { text: '물', tag: 'NNG', at: 1 },
    ],
    [],
    [
      { text: '돕', tag: 'VV', at: 0 },
      { text: '아', tag: 'EC', at: 1 },
    ],
  ])
})

test('each is found, however many there are', () => {
  const made = expressionsOf(
    Array.from({ length: 100 }, (_, n) =>
      n % 3 === 0 ? 'NNG,*,F,나무,*,*,*,*' : `NNG,+,F,말,Compound,*,*,말/NNG/*+${n}/SN/*`,
    ),
  )

  const found = Array.from({ length: 100 }, (_, token) => partsOf(made, token)[1]?.text)
  expect(found).toEqual(found.map((_, n) => (n % 3 === 0 ? undefined : `${n}`)))
})
