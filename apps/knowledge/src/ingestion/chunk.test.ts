import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parsedText } from '../parsing/parsed-text.ts'
import { chunkDocument as chunk, MAX_LENGTH, MAX_PASSAGES, TARGET_LENGTH } from './chunk.ts'

const chunkDocument = (text: string, mediaType: 'text/plain' | 'text/markdown') =>
  chunk(parsedText(text, mediaType))

const sentence = '환불은 받은 날부터 일주일 안에 신청할 수 있습니다.'

/** Documents of the pieces that make cutting hard. */
const markdown = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '# 제목',
        '## Sub heading ##',
        '제목\n===',
        'two lines\nand a rule\n---',
        '```js\nconst a = 1\n\n# not a heading\n```',
        '````\nnever closed',
        '| a | b |\n|---|---|\n| 1 | 2 |',
        `a | b\n--- | ---\n${'1 | 2\n'.repeat(400)}`,
        '- 항목\n- 항목',
        '> 인용',
        '',
        '   ',
        '😀'.repeat(900),
        `${sentence} `.repeat(70),
        'x'.repeat(4000),
      ),
      fc.string({ unit: 'binary', maxLength: 60 }),
    ),
    { maxLength: 12 },
  )
  .chain((blocks) =>
    fc.constantFrom('\n', '\n\n', '\r\n', '\r\n\r\n').map((gap) => blocks.join(gap)),
  )

describe('the passages of any document', () => {
  for (const mediaType of ['text/plain', 'text/markdown'] as const) {
    test(`are exact, ordered, bounded slices that lose no text (${mediaType})`, async () => {
      await fc.assert(
        fc.property(markdown, (text) => {
          let end = 0
          let left = ''
          for (const [index, passage] of chunkDocument(text, mediaType).entries()) {
            expect(passage.ordinal).toBe(index)
            expect(text.slice(passage.start, passage.end)).toBe(passage.text)
            expect(passage.text.trim()).toBe(passage.text)
            expect(passage.text.length).toBeGreaterThan(0)
            expect(passage.text.length).toBeLessThanOrEqual(MAX_LENGTH)
            expect(passage.start).toBeGreaterThanOrEqual(end)
            left += text.slice(end, passage.start)
            end = passage.end
          }
          left += text.slice(end)
          // Between passages there is white space, and in Markdown also the lines of headings.
          if (mediaType === 'text/plain') expect(left.trim()).toBe('')
          if (text.isWellFormed()) expect(left.isWellFormed()).toBe(true)
        }),
        { numRuns: 300 },
      )
    })
  }
})

describe('small passages of larger ones', () => {
  const lengths = fc
    .record({
      childChars: fc.integer({ min: 20, max: 300 }),
      times: fc.integer({ min: 2, max: 8 }),
    })
    .map(({ childChars, times }) => ({ childChars, parentChars: times * childChars }))

  test('are exact and bounded, and so are these, which are made of whole neighbours', () => {
    fc.assert(
      fc.property(markdown, lengths, (text, chunking) => {
        const { childChars, parentChars } = chunking
        const passages = chunk(parsedText(text, 'text/markdown'), chunking)
        for (const { ordinal, start, end, headings, page, parent, ...passage } of passages) {
          expect(text.slice(start, end)).toBe(passage.text)
          expect(passage.text.length).toBeLessThanOrEqual(2 * childChars)
          if (!parent) continue
          const family = passages.filter((one) => one.parent?.ordinal === parent.ordinal)
          expect(family.map((one) => one.ordinal)).toContain(ordinal)
          expect(family.length).toBeGreaterThan(1)
          expect(family[0]?.ordinal).toBe(parent.ordinal)
          expect(family.at(-1)?.end).toBe(parent.end)
          expect(parent.end - (family[0]?.start ?? 0)).toBeLessThanOrEqual(parentChars)
          expect(family.every((one) => one.page === page)).toBe(true)
          // The names of columns may come last.
          const titles = family.map((one) => one.headings.filter((title) => title !== 'a | b'))
          for (const own of titles) expect(own).toEqual(headings.filter((one) => one !== 'a | b'))
        }
      }),
      { numRuns: 200 },
    )
  })
})

describe('cutting', () => {
  test('keeps paragraphs together up to the target, and sections apart', () => {
    const text = '# A\n\nfirst\n\nsecond\n\n# B\n\nthird'

    expect(chunkDocument(text, 'text/markdown')).toMatchObject([
      { headings: ['A'], text: 'first\n\nsecond' },
      { headings: ['B'], text: 'third' },
    ])
  })

  test('keeps sections with the same title apart', () => {
    const passages = chunkDocument('# A\nfirst\n# A\nsecond', 'text/markdown')

    expect(passages.map(({ text }) => text)).toEqual(['first', 'second'])
  })

  test('knows the path of headings, without the marks around their titles', () => {
    const text =
      '# **Shop**\n## Refunds [all](http://x)\ncards\n### 기한 ###\n7일\n## Delivery\nfast'

    expect(chunkDocument(text, 'text/markdown').map(({ headings }) => headings)).toEqual([
      ['Shop', 'Refunds all'],
      ['Shop', 'Refunds all', '기한'],
      ['Shop', 'Delivery'],
    ])
  })

  test('takes an underlined line for a heading, but not the end of a paragraph', () => {
    const text = 'Title\n=====\nbody\n\nSub\n---\nmore\n\ntwo\nlines\n---\n'

    expect(chunkDocument(text, 'text/markdown')).toMatchObject([
      { headings: ['Title'], text: 'body' },
      { headings: ['Title', 'Sub'], text: 'more\n\ntwo\nlines\n---' },
    ])
  })

  test('finds no headings in a listing', () => {
    const text = '# A\n\n```sh\n# install\n\nnpm ci\n```'

    expect(chunkDocument(text, 'text/markdown')).toMatchObject([
      { headings: ['A'], text: '```sh\n# install\n\nnpm ci\n```' },
    ])
  })

  test('keeps a heading with nothing below it findable', () => {
    const text = '# Questions\n## May I smoke?\n## Pets\nNo pets.'

    expect(chunkDocument(text, 'text/markdown')).toMatchObject([
      { headings: ['Questions', 'May I smoke?'], text: '## May I smoke?' },
      { headings: ['Questions', 'Pets'], text: 'No pets.' },
    ])
  })

  test('cuts a long paragraph between sentences, also where its lines were broken', () => {
    const text = Array.from({ length: 80 }, () => sentence.replace(' 안에 ', '\n안에 ')).join(' ')

    const passages = chunkDocument(text, 'text/plain')

    expect(passages.length).toBeGreaterThan(1)
    for (const passage of passages) {
      expect(passage.text).toMatch(/^환불은[\s\S]*습니다\.$/)
      expect(passage.text.length).toBeLessThanOrEqual(TARGET_LENGTH)
    }
  })

  test('cuts a sentence that is too long between words', () => {
    const passages = chunkDocument('단어 '.repeat(1500), 'text/plain')

    expect(passages.every(({ text }) => /^단어( 단어)*$/.test(text))).toBe(true)
  })

  test('cuts a long table between rows', () => {
    const text = Array.from({ length: 200 }, (_, row) => `| ${row} | 값이 있는 칸 |`).join('\n')

    const passages = chunkDocument(text, 'text/markdown')

    expect(passages.length).toBeGreaterThan(1)
    expect(passages.every(({ text }) => /^\|[\s\S]*\|$/.test(text))).toBe(true)
  })

  describe('a long table', () => {
    const rows = Array.from({ length: 100 }, (_, row) => `| 요금제 ${row} | ${row},000원 |`)
    const table = ['| 이름 | 월 \\| 요금 |', '|---|:-:|', ...rows].join('\n')

    test.each([
      ['', undefined],
      ['in small passages', { childChars: 200, parentChars: 800 }],
    ])(
      'says in each of its parts how its columns are called, and not within it %s',
      (_, chunking) => {
        const text = `# 요금\n\n앞의 글\n\n${table}\n\n뒤의 글`
        const passages = chunk(parsedText(text, 'text/markdown'), chunking)
        const [first, ...others] = passages

        expect(first).toMatchObject({ headings: ['요금'], text: expect.stringContaining('| 이름') })
        expect(others.length).toBeGreaterThan(1)
        for (const { headings, start, end, text: words } of others) {
          expect(headings).toEqual(['요금', '이름 | 월 | 요금'])
          expect(text.slice(start, end)).toBe(words)
          expect(words).not.toContain('이름')
        }
      },
    )

    test('is one without bars at the ends of its rows, too', () => {
      const bare = ['이름 | 요금', '--- | ---', ...rows.map((row) => row.slice(2, -2))].join('\n')
      const passages = chunkDocument(`${bare}\n\n뒤의 글`, 'text/markdown')

      expect(passages.length).toBeGreaterThan(2)
      expect(passages.slice(1).every(({ headings: [names] }) => names === '이름 | 요금')).toBe(true)
      expect(passages.every(({ text }) => /^(?:이름|요금제)[\s\S]*(?:원|글)$/.test(text))).toBe(
        true,
      )
    })

    test('without a header, and a listing, say nothing', () => {
      for (const head of ['', '|  |  |\n|---|---|\n', '```\n']) {
        const passages = chunkDocument(head + rows.join('\n'), 'text/markdown')
        expect(passages.length).toBeGreaterThan(1)
        expect(passages.every(({ headings }) => headings.length === 0)).toBe(true)
      }
    })
  })

  test('does not care how deep quotations are nested', () => {
    const passages = chunkDocument('> '.repeat(50_000), 'text/markdown')

    expect(passages.length).toBeGreaterThan(0)
  })

  test('refuses more passages than a readable document has', () => {
    const text = '# a\n'.repeat(MAX_PASSAGES + 1)

    expect(() => chunkDocument(text, 'text/markdown')).toThrow(
      expect.objectContaining({ code: 'document.too-many-passages' }),
    )
  })
})
