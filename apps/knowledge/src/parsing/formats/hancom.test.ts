import { describe, expect, test } from 'vitest'
import type { ParseLimits } from '../parsed.ts'
import {
  CONTROL,
  compoundFile,
  hwp,
  hwpControl,
  hwpParagraph,
  hwpTable,
  hwpx,
  hwpxParagraph,
  record,
} from '../testing/hancom.ts'
import { outlineOf, parse } from '../testing/parse.ts'

const failure = (content: Uint8Array, limits: Partial<ParseLimits> = {}) =>
  parse('a.hwp', content, limits).then(
    () => 'no failure',
    ({ code }: { code: string }) => code,
  )
const text = '환불은 일주일 안에'

describe('HWP', () => {
  test('has headings by the outline, words without controls, tables by the places of cells', async () => {
    const content = hwp([
      ...hwpParagraph('환불 규정', { shape: 1 }),
      ...hwpParagraph(`표는${CONTROL} 아래에\u0009\0\0\0\0\0\0\u0009있다\u000a다음 줄`),
      ...hwpTable([
        { at: [0, 0], text: '결제', span: [2, 1] },
        { at: [2, 0], text: '기간' },
        { at: [0, 1], text: '카드', span: [1, 2] },
        { at: [1, 1], text: '국내' },
        { at: [2, 1], text: '3일' },
        { at: [1, 2], text: '해외' },
        { at: [2, 2], text: '7일' },
      ]),
      ...hwpParagraph('예외', { shape: 2 }),
      ...hwpParagraph('긴 글 '.repeat(1000)),
    ])

    const outline = outlineOf(await parse('a.hwp', content))

    expect(outline.slice(0, 2)).toEqual([
      '환불 규정: 표는 아래에\t있다\n다음 줄',
      '환불 규정: | 결제 | 결제 | 기간 |\n| --- | --- | --- |\n| 카드 | 국내 | 3일 |\n| 카드 | 해외 | 7일 |',
    ])
    expect(outline[2]).toMatch(/^환불 규정 > 예외: 긴 글/)
  })

  test('is read when it is not compressed', async () => {
    expect(outlineOf(await parse('a.hwp', hwp(hwpParagraph(text), { properties: 0 })))).toEqual([
      `: ${text}`,
    ])
  })

  test('has neither headers nor comments, and has notes and tables within tables', async () => {
    const inner = hwpTable(
      [
        { at: [0, 0], text: '안' },
        { at: [1, 0], text: '쪽' },
      ],
      3,
    )
    const content = hwp([
      ...hwpParagraph(text),
      hwpControl('head'),
      ...hwpParagraph('머리말', { level: 2 }),
      hwpControl('fn  '),
      ...hwpParagraph('각주', { level: 2 }),
      ...hwpTable([{ at: [0, 0], text: '하나' }]),
      ...inner,
      ...hwpParagraph('끝'),
    ])

    expect(outlineOf(await parse('a.hwp', content))).toEqual([
      `: ${text}`,
      ': 각주',
      ': 하나 안 쪽',
      ': 끝',
    ])
  })

  test.each([
    ['document.encrypted', hwp(hwpParagraph(text), { properties: 1 | 2 })],
    ['document.distribution-only', hwp(hwpParagraph(text), { properties: 1 | 4 })],
    ['document.encrypted', compoundFile({ '/EncryptedPackage': 'x', '/EncryptionInfo': 'x' })],
    ['document.unsupported-format', compoundFile({ '/WordDocument': 'x' })],
    ['document.unsupported-format', compoundFile({ '/FileHeader': 'something else' })],
    ['document.empty', hwp(hwpParagraph(''))],
    ['document.damaged', hwp([], { section: record(67, 0, new Uint8Array(50)).subarray(0, 20) })],
  ])('ends with %s: %#', async (code, content) => {
    expect(await failure(content)).toBe(code)
  })

  test('is damaged when it is cut off or changed anywhere, and never more than that', async () => {
    const whole = hwp([...hwpParagraph(text), ...hwpTable([{ at: [0, 0], text }])])
    const allowed =
      /^no failure$|^document\.(?:damaged|empty|encrypted|distribution-only|unsupported-format|too-many-parts|inflates-too-much)$/
    expect(await failure(whole.subarray(0, 1000))).toBe('document.damaged')
    for (let at = 8; at < whole.length; at += 7) {
      const changed = Buffer.from(whole)
      changed[at] = (changed[at] ?? 0) ^ 0xff
      expect(await failure(changed), `byte ${at}`).toMatch(allowed)
    }
  })

  test('ends when a chain of sectors is a ring', async () => {
    const ring = Buffer.from(hwp(hwpParagraph('글'.repeat(9000)), { properties: 0 }))
    const fat = 512 * (1 + ring.readUInt32LE(76))
    // Every sector is followed by itself.
    for (let sector = 0; sector < 100; sector++) ring.writeUInt32LE(sector, fat + sector * 4)

    expect(await failure(ring)).toBe('document.damaged')
  })

  test('does not inflate without end', async () => {
    const bomb = hwp([], { section: new Uint8Array(60_000_000) })

    expect(await failure(bomb)).toBe('document.inflates-too-much')
  })

  test('with rows far apart is a table of the rows that are there', async () => {
    const content = hwp([
      ...hwpParagraph(text),
      ...hwpTable([
        { at: [0, 0], text: 'a' },
        { at: [65_535, 65_535], text: 'b', span: [65_535, 65_535] },
      ]),
    ])

    expect((await parse('a.hwp', content)).text.length).toBeLessThan(2000)
  })
})

describe('HWPX', () => {
  test('is the same in the newer form', async () => {
    const cell = (column: number, row: number, words: string, span = 'colSpan="1" rowSpan="1"') =>
      `<hp:tc><hp:subList>${hwpxParagraph(`<hp:t>${words}</hp:t>`)}</hp:subList>
       <hp:cellAddr colAddr="${column}" rowAddr="${row}"/><hp:cellSpan ${span}/></hp:tc>`
    const table = `<hp:tbl><hp:tr>${cell(0, 0, '결제')}${cell(1, 0, '기간')}</hp:tr>
      <hp:tr>${cell(0, 1, '카드', 'colSpan="1" rowSpan="2"')}${cell(1, 1, '3일')}</hp:tr><hp:tr>${cell(1, 2, '7일')}</hp:tr></hp:tbl>`
    const header = `<hp:ctrl><hp:header>${hwpxParagraph('<hp:t>머리말</hp:t>')}</hp:header></hp:ctrl>`
    const first = `${hwpxParagraph('<hp:t>환불 규정</hp:t>', 1)}
      ${hwpxParagraph(`${header}<hp:t>일주일<hp:tab/>안에<hp:lineBreak/>다음 <hp:deleteBegin/>지운 <hp:deleteEnd/>줄</hp:t>`)}${hwpxParagraph(table)}`
    const content = hwpx([first, hwpxParagraph('<hp:t>둘째 구역</hp:t>', 2)])

    const document = await parse('a.hwpx', content)

    expect(document.metadata).toEqual({ title: '제목', author: '김작가', language: 'ko' })
    expect(outlineOf(document)).toEqual([
      '환불 규정: 일주일\t안에\n다음 줄',
      '환불 규정: | 결제 | 기간 |\n| --- | --- |\n| 카드 | 3일 |\n| 카드 | 7일 |',
      '환불 규정 > 둘째 구역: ## 둘째 구역',
    ])
  })

  test.each([
    ['document.encrypted', { 'META-INF/manifest.xml': '<m><f><encryption-data/></f></m>' }],
    ['document.damaged', { 'Contents/content.hpf': '<package/>' }],
    ['document.has-doctype', { 'Contents/section0.xml': '<!DOCTYPE x><sec/>' }],
    ['document.empty', { 'Contents/section0.xml': '<sec/>' }],
  ])('ends with %s', async (code, parts) => {
    expect(await failure(hwpx([hwpxParagraph('<hp:t>글</hp:t>')], parts))).toBe(code)
  })
})
