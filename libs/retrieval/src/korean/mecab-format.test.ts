import { expect, test } from 'vitest'
import { parseConnections, parseHeader, parseSpacePenalties, parseTags } from './mecab-format.ts'

test('a file that is no dictionary, or a torn one, is refused', () => {
  expect(() => parseHeader(new ArrayBuffer(72), 200)).toThrow('not a MeCab dictionary')
})

test('a matrix that is shorter than it says is refused', () => {
  const file = new ArrayBuffer(12)
  new Uint16Array(file).set([2, 3])

  expect(() => parseConnections(file)).toThrow('torn')
})

test('a matrix is its costs, row after row', () => {
  const file = new ArrayBuffer(8)
  new Int16Array(file).set([2, 1, -5, 7])

  expect(parseConnections(file)).toEqual({ costs: new Int16Array([-5, 7]), rows: 2, columns: 1 })
})

test('penalties are pairs of a tag id and a cost', () => {
  const penalties = parseSpacePenalties('a = 1\nleft-space-penalty-factor = 100,3000,120,6000\n')

  expect([penalties[100], penalties[120], penalties[150]]).toEqual([3000, 6000, 0])
})

test('only ids of single morphemes have a tag', () => {
  const tags = parseTags('*,*,*,*,Inflect,EC,*,* 200\nNNG,*,*,*,*,*,*,* 150\n')

  expect([...tags]).toEqual([[150, 'NNG']])
})
