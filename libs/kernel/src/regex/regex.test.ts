import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RegexError } from './parse.ts'
import { compileRegex } from './regex.ts'

/** What JavaScript says, which is right and may take forever. */
function expected(source: string, text: string, flags = 'u') {
  const found = new RegExp(source, flags).exec(text)
  return found ? { start: found.index, end: found.index + found[0].length } : undefined
}

describe('a regular expression', () => {
  test.each([
    ['abc', 'xxabcx'],
    ['a|ab', 'ab'],
    ['ab|a', 'ab'],
    ['a*', 'baaa'],
    ['a+?', 'aaa'],
    ['a{2,3}', 'aaaa'],
    ['a{2,3}?', 'aaaa'],
    ['(?:ab)+c', 'ababc'],
    ['(?<year>\\d{4})-(\\d\\d)', '환불은 2026-11 부터'],
    ['[가-힣]+', 'a환불b'],
    ['[^a-c\\d]', 'abc1x'],
    ['\\p{Script=Hangul}+', 'refund 환불'],
    ['\\P{L}', 'ab1'],
    ['^$', ''],
    ['^b', 'ab'],
    ['\\bcat\\b', 'a concat cat.'],
    ['\\Bcat', 'a concat cat.'],
    ['.+', 'one\ntwo'],
    ['\\u{1f600}x', 'a😀x'],
    ['[\\]\\-a]+', ']-a'],
    ['(?:|a)+', 'aaa'],
    ['(?:a*)*b', 'aaab'],
    ['x?y??z', 'xyz'],
    ['\\.\\*\\/\\x41', '.*/A'],
  ])('%s finds in %j what JavaScript finds', (source, text) => {
    expect(compileRegex(source).find(text)).toEqual(expected(source, text))
  })

  test.each([
    ['REFUND', 'a refund'],
    ['[a-z]+', 'ABC'],
    ['straße', 'STRASSE'],
    ['[^a]', 'A'],
  ])('%s finds it in %j whatever its case', (source, text) => {
    const found = compileRegex(source, { ignoreCase: true }).find(text)
    expect(found).toEqual(expected(source, text, 'ui'))
  })

  test('goes on after a place', () => {
    const regex = compileRegex('\\d+')
    const first = regex.find('a1 b22')
    expect(regex.find('a1 b22', first?.end)).toEqual({ start: 4, end: 6 })
  })

  test('finds all places, and stops when it may take no more steps', () => {
    const steps = { left: 1000 }
    const places = compileRegex('\\d+|x*').findAll('a1 b22', steps)
    expect(places).toEqual([
      { start: 1, end: 2 },
      { start: 4, end: 6 },
    ])
    expect(steps.left).toBeLessThan(1000)
    expect(compileRegex('a').findAll('b'.repeat(100), { left: 50 })).toBeUndefined()
  })

  test('of any form finds something where JavaScript finds something', () => {
    const atom = fc.constantFrom('a', 'b', '.', '[ab]', '[^a]', '\\b', '^', '$', '\\w')
    const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
      pattern: fc.oneof(
        { depthSize: 'small' },
        atom,
        fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => `${a}${b}`),
        fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => `(?:${a}|${b})`),
        fc
          .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '*?', '+?', '??', '{1,2}', '{2}'))
          .map(([a, q]) => `(?:${a})${q}`),
      ),
    }))
    fc.assert(
      fc.property(pattern, fc.stringMatching(/^[ab \n]{0,12}$/), (source, text) => {
        // How far an optional part of no length goes is a matter of its own in JavaScript.
        expect(compileRegex(source).find(text)?.start).toBe(expected(source, text)?.start)
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    ['(a+)+$', 'a'.repeat(20_000)],
    ['(a|a)*b', 'a'.repeat(20_000)],
    ['(?:a?){200}a{200}', 'a'.repeat(200)],
    ['(.*)(.*)(.*)(.*)x', 'a'.repeat(20_000)],
  ])('%s ends, however long others would look', (source, text) => {
    const found = compileRegex(source).find(`${text}!`)
    expect(found === undefined || found.end <= text.length).toBe(true)
  })

  test.each([
    ['(a', /not closed/],
    ['a)', /closes no group/],
    ['[a', /not closed/],
    ['a**', /repeats what is repeated/],
    ['*a', /without a meaning/],
    ['(?=a)', /looks around/],
    ['(?<!a)', /looks around/],
    ['(a)\\1', /refers to a group/],
    ['\\k<a>', /refers to a group/],
    ['\\q', /means nothing/],
    ['a\\', /backslash/],
    ['[z-a]', /range/],
    ['a{3,2}', /at least/],
    ['a{1001}', /repeats more than/],
    ['a{x}', /no number/],
    ['(?:a{100}){100}', /too large/],
    ['\\p{Nothing}', /Unicode/],
    ['\\u{110000}', /hexadecimal/],
    ['('.repeat(60), /nested/],
  ])('%s is refused', (source, message) => {
    expect(() => compileRegex(source)).toThrow(RegexError)
    expect(() => compileRegex(source)).toThrow(message)
  })
})
