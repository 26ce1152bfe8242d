import { describe, expect, test } from 'vitest'
import { findJsonProblem } from './json-scan.ts'

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const keys = (count: number) =>
  `{${Array.from({ length: count }, (_none, at) => `"k${at}":0`).join()}}`

describe('JSON with a problem', () => {
  test.each([
    ['65 levels', nested(65), 'request.too-deep', '#'],
    ['65 levels of objects', `${'{"a":'.repeat(65)}1${'}'.repeat(65)}`, 'request.too-deep', '#'],
    ['10,001 keys', keys(10_001), 'request.too-many-keys', '#'],
    [
      '10,001 keys in several objects',
      `[${keys(5000)},${keys(5001)}]`,
      'request.too-many-keys',
      '#',
    ],
    ['a key twice', '{"a":{"b":1},"a":2}', 'request.duplicate-key', '#/a'],
    [
      'a key in two spellings',
      String.raw`{"x":[0,{"a":1,"\u0061":2}]}`,
      'request.duplicate-key',
      '#/x/1/a',
    ],
    ['a NUL', String.raw`{"a/b":{"c~d":"x\u0000"}}`, 'request.unusable-text', '#/a~1b/c~0d'],
    ['a NUL in a key', String.raw`{"a\u0000":1}`, 'request.unusable-text', '#/a%00'],
    ['half of a pair', String.raw`["ok","\ud83d"]`, 'request.unusable-text', '#/1'],
    ['the wrong half first', String.raw`"\ude00\ud83d"`, 'request.unusable-text', '#'],
    ['1e999', '{"a":[1,1e999]}', 'request.number-too-large', '#/a/1'],
    ['-1E400', '-1E400', 'request.number-too-large', '#'],
    ['400 digits', `[${'9'.repeat(400)}]`, 'request.number-too-large', '#/0'],
  ])('such as %s is told with its place', (_what, json, code, pointer) => {
    expect(findJsonProblem(json)).toMatchObject({ code, pointer })
  })
})

describe('JSON without a problem', () => {
  test.each([
    ['64 levels', nested(64)],
    ['10,000 keys', keys(10_000)],
    ['a million items', `[${'0,'.repeat(999_999)}0]`],
    [
      'brackets, quotes and NUL as text',
      String.raw`{"[{":"\"}]\\","\\u0000":"\\u0000 \\\" , : 1e999"}`,
    ],
    ['the same key in other objects', '[{"a":{"a":1}},{"a":1}]'],
    ['a key as a value', '{"a":"a","b":"a"}'],
    ['a whole pair', String.raw`"\ud83d\ude00 😀"`],
    ['numbers of all kinds', '[0,-1,1.5e308,1E-999,12345678901234567890123,-0.0]'],
    ['names of prototypes', '{"constructor":1,"toString":2,"hasOwnProperty":3}'],
  ])('such as %s is taken', (_what, json) => {
    JSON.parse(json)
    expect(findJsonProblem(json)).toBeUndefined()
  })

  test.each([
    '',
    '{',
    '"',
    String.raw`"\u00`,
    String.raw`{"\u":1}`,
    ']]]',
    '}{',
    ',,',
    '-',
    '1e',
    '{"a" "b"}',
  ])('and what is none, such as %j, is left to the parser', (json) => {
    expect(() => JSON.parse(json)).toThrow()
    expect(findJsonProblem(json)).toBeUndefined()
  })
})
