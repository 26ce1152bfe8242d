import { describe, expect, test } from 'vitest'
import {
  hwp,
  hwpControl,
  hwpPages,
  hwpParagraph,
  hwpTable,
  hwpx,
  hwpxPages,
  hwpxParagraph,
} from '../testing/hancom.ts'
import { outlineOf, parse } from '../testing/parse.ts'

/** A paragraph as both forms have it. */
interface Paragraph {
  readonly text: string
  readonly tops?: readonly number[]
  /** Of its lines. */
  readonly height?: number
  readonly begins?: 'page' | 'column'
  /** It lies below its first line. */
  readonly table?: { readonly height: number }
}

const words = (text: string) => `<hp:t>${text}</hp:t>`

function asHwp(paragraphs: readonly Paragraph[], columns?: number): Uint8Array {
  return hwp(
    paragraphs.flatMap(({ text, table, ...laid }, at) => [
      ...hwpParagraph(text, laid),
      ...(at === 0 ? hwpPages({ ...(columns && { columns }) }) : []),
      ...(table ? hwpTable(CELLS, 1, { between: table.height }) : []),
    ]),
  )
}

function asHwpx(paragraphs: readonly Paragraph[], columns?: number): Uint8Array {
  return hwpx([
    paragraphs
      .map(({ text, table, ...laid }, at) => {
        const first = at === 0 ? hwpxPages({ ...(columns && { columns }) }) : ''
        return hwpxParagraph(`${first}${table ? tableOf(table.height) : ''}${words(text)}`, 0, laid)
      })
      .join(''),
  ])
}

const CELLS = [
  { at: [0, 0], text: '결제' },
  { at: [1, 0], text: '기간' },
  { at: [0, 1], text: '카드' },
  { at: [1, 1], text: '3일' },
] as const

function tableOf(height: number): string {
  const cell = ({ at: [column, row], text }: (typeof CELLS)[number]) =>
    `<hp:tc><hp:subList>${hwpxParagraph(words(text), 0, { tops: [0] })}</hp:subList>
      <hp:cellAddr colAddr="${column}" rowAddr="${row}"/><hp:cellSpan colSpan="1" rowSpan="1"/><hp:cellSz width="1" height="1"/></hp:tc>`
  return `<hp:tbl textWrap="TOP_AND_BOTTOM"><hp:sz height="${height}"/><hp:pos treatAsChar="0" vertRelTo="PARA"/>
    <hp:tr>${CELLS.slice(0, 2).map(cell).join('')}</hp:tr><hp:tr>${CELLS.slice(2).map(cell).join('')}</hp:tr></hp:tbl>`
}

describe.each([
  ['a.hwp', asHwp],
  ['a.hwpx', asHwpx],
])('pages of %s', (name, file) => {
  const read = async (paragraphs: readonly Paragraph[], columns?: number) => {
    const document = await parse(name, file(paragraphs, columns))
    return { count: document.pageCount, outline: outlineOf(document) }
  }

  test('begin where a line lies higher than the one before it, or where a paragraph says so', async () => {
    const { count, outline } = await read([
      { text: '첫 쪽', tops: [0] },
      { text: '다음 쪽까지', tops: [57_000, 58_600, 0] },
      { text: '둘째 쪽', tops: [1600] },
      { text: '셋째 쪽', tops: [3200], begins: 'page' },
      { text: '넷째 쪽', tops: [0] },
    ])

    expect(count).toBe(4)
    expect(outline).toEqual([
      'p. 1: 첫 쪽',
      'p. 1: 다음 쪽까지',
      'p. 2: 둘째 쪽',
      'p. 3: 셋째 쪽',
      'p. 4: 넷째 쪽',
    ])
  })

  test('have as many columns as there are', async () => {
    const { outline } = await read(
      [
        { text: '왼쪽', tops: [0, 58_000] },
        { text: '오른쪽', tops: [0, 58_000] },
        { text: '둘째 쪽', tops: [0] },
        { text: '그 오른쪽', tops: [0], begins: 'column' },
        { text: '셋째 쪽', tops: [0], begins: 'page' },
        { text: '그 왼쪽', tops: [1600] },
      ],
      2,
    )

    expect(outline.map((block) => block.slice(0, 4))).toEqual([
      'p. 1',
      'p. 1',
      'p. 2',
      'p. 2',
      'p. 3',
      'p. 3',
    ])
  })

  test('end within a table that is higher than the room below its line', async () => {
    const { count, outline } = await read([
      { text: '앞', tops: [0] },
      { text: '표', tops: [1600], table: { height: 130_000 } },
      { text: '뒤', tops: [14_000] },
      { text: '낮은 표', tops: [15_600], table: { height: 8000 } },
      { text: '같은 쪽', tops: [24_000] },
    ])

    expect(count).toBe(3)
    expect(outline.filter((block) => !block.includes('|'))).toEqual([
      'p. 1: 앞',
      'p. 1: 표',
      'p. 3: 뒤',
      'p. 3: 낮은 표',
      'p. 3: 같은 쪽',
    ])
  })

  test('end where a line is at the place of one that is as high as a table', async () => {
    const { count } = await read([
      { text: '표', tops: [0], height: 40_000 },
      { text: '다음 쪽', tops: [0] },
      { text: '같은 쪽', tops: [1600] },
    ])

    expect(count).toBe(2)
  })

  test.each<[string, Paragraph[], number?]>([
    ['a paragraph was not laid out', [{ text: '가', tops: [0] }, { text: '나' }]],
    [
      'all lines are at one place',
      [
        { text: '가', tops: [0] },
        { text: '나', tops: [0] },
      ],
    ],
    [
      'a line is below the page',
      [
        { text: '가', tops: [0] },
        { text: '나', tops: [63_000] },
      ],
    ],
    [
      'a table is cut so often that nobody can say how often',
      [
        { text: '가', tops: [0], table: { height: 600_000 } },
        { text: '나', tops: [9000] },
      ],
    ],
  ])('are not known when %s', async (_what, paragraphs) => {
    const { count, outline } = await read(paragraphs)

    expect(count).toBeUndefined()
    expect(outline.join()).not.toContain('p. ')
  })
})

describe('lines', () => {
  test('of cells, notes and heads in HWPX are not those of the page', async () => {
    const within = (text: string) => hwpxParagraph(words(text), 0, { tops: [0, 1600] })
    const note = `<hp:ctrl><hp:footNote><hp:subList>${within('각주')}</hp:subList></hp:footNote></hp:ctrl>`
    const head = `<hp:ctrl><hp:header><hp:subList>${within('머리말')}</hp:subList></hp:header></hp:ctrl>`
    const section = [
      hwpxParagraph(`${hwpxPages()}${head}${words('하나')}`, 0, { tops: [20_000] }),
      hwpxParagraph(`${words('둘')}${note}`, 0, { tops: [40_000] }),
      hwpxParagraph(words('셋'), 0, { tops: [0] }),
    ].join('')
    const next = hwpxParagraph(`${hwpxPages()}${words('다음 구역')}`, 0, { tops: [1600] })

    const document = await parse('a.hwpx', hwpx([section, next]))

    expect(outlineOf(document)).toEqual([
      'p. 1: 하나',
      'p. 1: 각주',
      'p. 1: 둘',
      'p. 2: 셋',
      'p. 3: 다음 구역',
    ])
    expect(document.pageCount).toBe(3)
  })

  test('of cells and notes in HWP are not those of the page', async () => {
    const content = hwp([
      ...hwpParagraph('하나', { tops: [20_000] }),
      ...hwpPages(),
      ...hwpParagraph('둘', { tops: [40_000] }),
      hwpControl('fn  '),
      ...hwpParagraph('각주', { level: 2, tops: [0, 1600] }),
      ...hwpParagraph('셋', { tops: [0] }),
    ])

    expect(outlineOf(await parse('a.hwp', content))).toEqual([
      'p. 1: 하나',
      'p. 1: 둘',
      'p. 1: 각주',
      'p. 2: 셋',
    ])
  })

  test('on more pages than a document may have are refused', async () => {
    const content = hwp([
      ...hwpParagraph('가', { tops: [9000] }),
      ...hwpParagraph('나', { tops: [0] }),
    ])

    await expect(parse('a.hwp', content, { maxPages: 1 })).rejects.toMatchObject({
      code: 'document.too-many-pages',
    })
  })
})
