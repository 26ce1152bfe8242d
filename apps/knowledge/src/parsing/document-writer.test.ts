import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createDocumentWriter } from './document-writer.ts'
import { PARSE_LIMITS } from './parsed.ts'
import { outlineOf } from './testing/parse.ts'

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom('환불', 'a|b', '```\ncode', '\0', '\ud800', '# not a heading', ' '),
)
const piece = fc.oneof(
  fc.tuple(fc.constant('heading' as const), fc.integer({ min: -1, max: 9 }), text),
  fc.tuple(fc.constant('paragraph' as const), text),
  fc.tuple(fc.constant('listing' as const), text),
  fc.tuple(
    fc.constant('table' as const),
    fc.array(fc.array(text, { maxLength: 4 }), { maxLength: 4 }),
    fc.constantFrom('first-row', 'none', 'guess'),
  ),
  fc.tuple(fc.constant('page' as const), fc.integer({ min: 1, max: 9 })),
)

describe('what parsers write', () => {
  test('is well-formed text, and its blocks are ordered slices of it', async () => {
    await fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const writer = createDocumentWriter(PARSE_LIMITS)
        writer.paragraph('start')
        for (const [name, ...values] of pieces) {
          ;(writer[name] as (...values: unknown[]) => void)(...values)
        }
        const document = writer.end()
        expect(document.text.isWellFormed()).toBe(true)
        expect(document.text).not.toContain('\0')
        let last = -1
        for (const { start, end } of document.blocks) {
          expect(start).toBeGreaterThan(last)
          expect(document.text.slice(start, end).trim()).not.toBe('')
          last = end
        }
      }),
      { numRuns: 300 },
    )
  })

  test('knows the headings above each piece, and keeps one that nothing stands under', () => {
    const writer = createDocumentWriter(PARSE_LIMITS)
    writer.paragraph('before')
    writer.heading(1, '규정')
    writer.heading(3, '환불')
    writer.page(2)
    writer.paragraph('일주일')
    writer.heading(2, 'Nothing')
    writer.heading(1, 'End')

    expect(outlineOf(writer.end())).toEqual([
      'p. 1: before',
      '규정 > 환불 > p. 2: 일주일',
      '규정 > Nothing > p. 2: ## Nothing',
      'End > p. 2: # End',
    ])
  })

  test('repeats the header in each part of a long table, and cuts between rows', () => {
    const writer = createDocumentWriter(PARSE_LIMITS)
    const rows = Array.from({ length: 100 }, (_, row) => [`${row}`, 'value '.repeat(8)])
    writer.table([['번호', '값'], ...rows], 'first-row')

    const parts = outlineOf(writer.end())

    expect(parts.length).toBeGreaterThan(2)
    for (const part of parts)
      expect(part).toMatch(/^: \| 번호 \| 값 \|\n\| --- \| --- \|\n(\| \d+ \|.*\n?)+$/)
    expect(parts.join('\n').match(/^\| \d+ /gm)).toHaveLength(100)
  })

  test.each([
    ['document.empty', () => undefined],
    [
      'document.empty',
      (writer: ReturnType<typeof createDocumentWriter>) => writer.table([['', ' ']], 'guess'),
    ],
    [
      'document.too-many-pages',
      (writer: ReturnType<typeof createDocumentWriter>) => writer.page(2001),
    ],
  ])('ends with %s', (code, write) => {
    const writer = createDocumentWriter(PARSE_LIMITS)

    expect(() => {
      write(writer)
      writer.end()
    }).toThrow(expect.objectContaining({ code }))
  })

  test('ends when there is more text than a document may have', () => {
    const writer = createDocumentWriter({ ...PARSE_LIMITS, maxTextLength: 1000 })

    expect(() => {
      for (let count = 0; count < 1000; count++) writer.paragraph('more and more')
    }).toThrow(expect.objectContaining({ code: 'document.too-much-text' }))
  })
})
