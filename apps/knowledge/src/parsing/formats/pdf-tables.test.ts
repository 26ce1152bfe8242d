import { describe, expect, test } from 'vitest'
import { outlineOf, parse } from '../testing/parse.ts'
import { article, type Print, pdf } from '../testing/pdf.ts'

const SIZE = 10

/** Each letter of the font is as wide as it is high. */
const rightAt = (x: number, text: string) => x - text.length * SIZE

/** Texts in columns; those that are numbers end at the column, the others begin there. */
function printed(rows: readonly (readonly string[])[], top: number, { step = 16 } = {}): Print[] {
  return rows.flatMap((row, at) =>
    row.flatMap((text, column): Print[] => {
      if (text === '') return []
      const x = 50 + column * 160
      return [[/^\d/.test(text) ? rightAt(x + 90, text) : x, top - at * step, SIZE, text]]
    }),
  )
}

const outline = async (...pages: readonly (readonly Print[])[]) =>
  outlineOf(await parse('a.pdf', pdf(pages)))
const PRICES = [
  ['품목', '규격', '가격'],
  ['아메리카노', '보통', '4,500'],
  ['라테', '큰 잔', '5,000'],
  ['유자차', '보통', '12,000'],
]
const PRICE_TABLE =
  '| 품목 | 규격 | 가격 |\n| --- | --- | --- |\n| 아메리카노 | 보통 | 4,500 |\n| 라테 | 큰 잔 | 5,000 |\n| 유자차 | 보통 | 12,000 |'
const SENTENCE = '환불은 받은 날부터 일주일 안에 신청'

describe('a table of a PDF', () => {
  test('is rows of cells between the paragraphs around it', async () => {
    const page: Print[] = [
      [50, 780, 18, '가격표'],
      [50, 740, SIZE, `${SENTENCE}할 수 있습니다.`],
      ...printed(PRICES, 700),
      [50, 620, SIZE, `${SENTENCE}하지 않으면 돌려받지 못합니다.`],
    ]

    expect(await outline(page)).toEqual([
      `가격표 > p. 1: ${SENTENCE}할 수 있습니다.`,
      `가격표 > p. 1: ${PRICE_TABLE}`,
      `가격표 > p. 1: ${SENTENCE}하지 않으면 돌려받지 못합니다.`,
    ])
  })

  test('is the same when it is printed column by column', async () => {
    const cells = printed(PRICES, 700)
    const columns = [0, 1, 2].flatMap((at) => cells.filter((_cell, index) => index % 3 === at))

    expect(await outline(columns)).toEqual([`p. 1: ${PRICE_TABLE}`])
  })

  test('has the line above it beside it when that says the unit', async () => {
    const page: Print[] = [
      [50, 716, SIZE, '음료'],
      [rightAt(460, '(단위: 원)'), 716, SIZE, '(단위: 원)'],
      ...printed(PRICES, 700),
    ]

    expect(await outline(page)).toEqual(['p. 1: 음료 (단위: 원)', `p. 1: ${PRICE_TABLE}`])
  })

  test('has cells of several lines, at the top or in the middle of their rows', async () => {
    const at = (y: number, ...cells: readonly string[]) => printed([cells], y)
    const rows = [
      at(700, '구분', '내용', '기한'),
      at(676, '일반', '받은 날부터 센다', '7일'),
      at(664, '', '공휴일은 빼고', ''),
      at(634, '', '주문할 때부터', ''),
      at(628, '예약', '', '10일'),
      at(622, '', '보낼 때까지 센다', ''),
      at(596, '도서', '뜯지 않았을 때', '3일'),
    ]

    expect(await outline(rows.flat())).toEqual([
      'p. 1: | 구분 | 내용 | 기한 |\n| --- | --- | --- |\n| 일반 | 받은 날부터 센다 공휴일은 빼고 | 7일 |\n| 예약 | 주문할 때부터 보낼 때까지 센다 | 10일 |\n| 도서 | 뜯지 않았을 때 | 3일 |',
    ])
  })

  test('keeps cells that are empty where they are', async () => {
    const rows = [
      ['지점', '월요일', '화요일'],
      ['강남', '', '9시'],
      ['부산', '10시', ''],
      ['제주', '', '11시'],
    ]

    expect(await outline(printed(rows, 700))).toEqual([
      'p. 1: | 지점 | 월요일 | 화요일 |\n| --- | --- | --- |\n| 강남 |  | 9시 |\n| 부산 | 10시 |  |\n| 제주 |  | 11시 |',
    ])
  })

  test('that goes on on the next page has the names of its columns there', async () => {
    const more = [
      ['식혜', '보통', '3,000'],
      ['수정과', '작은 잔', '3,500'],
    ]

    expect(await outline(printed(PRICES, 200), printed(more, 780))).toEqual([
      `p. 1: ${PRICE_TABLE}`,
      'p. 2: | 품목 | 규격 | 가격 |\n| --- | --- | --- |\n| 식혜 | 보통 | 3,000 |\n| 수정과 | 작은 잔 | 3,500 |',
    ])
  })

  test('in a column of an article is found there alone', async () => {
    const left = [
      ['품목', '가격'],
      ['라테', '5,000'],
      ['유자차', '12,000'],
      ['식혜', '3,000'],
    ]
    const page = [
      ...article(780, 12),
      ...left.flatMap(([name = '', price = ''], at): Print[] => [
        [50, 588 - at * 16, SIZE, name],
        [rightAt(270, price), 588 - at * 16, SIZE, price],
      ]),
      ...article(588, 4).slice(4),
    ]

    const blocks = await outline(page)

    expect(blocks).toContain(
      'p. 1: | 품목 | 가격 |\n| --- | --- |\n| 라테 | 5,000 |\n| 유자차 | 12,000 |\n| 식혜 | 3,000 |',
    )
    expect(blocks.join('').match(/오른쪽 단/g)).toHaveLength(16)
  })
})

describe('no table', () => {
  const untouched = async (page: readonly Print[]) => {
    const blocks = (await outline(page)).join('\n')
    expect(blocks).not.toMatch(/\|/)
    return blocks
  }

  test('are two columns of prose', async () => {
    const blocks = await untouched(article(780, 14))

    expect(blocks.lastIndexOf('왼쪽')).toBeLessThan(blocks.indexOf('오른쪽'))
  })

  test('are two columns of questions, whose lines end anywhere', async () => {
    const question = (x: number) =>
      [20, 9, 14, 7, 19, 12, 8, 17].map((length, at): Print => {
        const text = `${'①②③④⑤⑥⑦⑧'[at]} ${'가나다라마바사아자차'.repeat(2).slice(0, length)}`
        return [x, 700 - at * 16, SIZE, text]
      })

    await untouched([...question(50), ...question(310)])
  })

  test('is a page of contents', async () => {
    const entries = ['총칙', '환불의 조건', '배송', '문의']
    await untouched(
      entries.flatMap((title, at): Print[] => [
        [50, 700 - at * 16, SIZE, `제${at + 1}장 ${title} ${'.'.repeat(20 - title.length)}`],
        [rightAt(500, `${at * 7}`), 700 - at * 16, SIZE, `${at * 7}`],
      ]),
    )
  })

  test('are contents without leaders, formulas with numbers and lines of a program', async () => {
    const two = (rows: readonly (readonly [string, string])[], top: number) =>
      rows.flatMap(([left, right], at): Print[] => [
        [50, top - at * 16, SIZE, left],
        [rightAt(500, right), top - at * 16, SIZE, right],
      ])

    await untouched([
      ...two(
        [
          ['제1장 총칙', '3'],
          ['제2장 환불', '7'],
          ['제3장 배송', '12'],
        ],
        780,
      ),
      ...two(
        [
          ['E = mc', '(1)'],
          ['F = ma', '(2)'],
          ['a = b + c', '(3)'],
        ],
        680,
      ),
      ...two(
        [
          ['1', 'let a = 1'],
          ['2', 'a += 2'],
          ['3', 'print(a)'],
        ],
        580,
      ),
      ...two(
        [
          ['int', 'first;'],
          ['char', 'second;'],
          ['long', 'third;'],
        ],
        480,
      ),
      ...two(
        [
          ['[Kim26]', '환불에 대하여'],
          ['[Lee25]', '배송'],
          ['[Park24]', '문의'],
        ],
        380,
      ),
    ])
  })

  test('are names of a form, marks of a list and justified lines', async () => {
    const pairs = (names: readonly string[], top: number) =>
      names.flatMap((name, at): Print[] => [
        [50, top - at * 16, SIZE, name],
        [120, top - at * 16, SIZE, `${SENTENCE.slice(0, 5 + at * 3)}`],
      ])
    const justified = [0, 1, 2, 3].flatMap((row): Print[] => {
      const words = ['환불은', '받은', '날부터', '일주일', '안에']
      const gaps = [12, 11, 14, 13][row] ?? 0
      let x = 50
      return words.slice(row % 2).map((word, at) => {
        const print: Print = [x, 400 - row * 16, SIZE, word]
        x += word.length * SIZE + gaps + (at % 2) * row * 3
        return print
      })
    })

    await untouched([
      ...pairs(['이름:', '주소:', '전화:', '사유:'], 700),
      ...pairs(['1.', '2.', '3.', '4.'], 600),
      ...pairs(['•', '•', '•', '가.'], 500),
      ...justified,
    ])
  })

  test('is what stands beside something else by chance', async () => {
    await untouched([
      [50, 800, SIZE, '수신: 고객센터'],
      [400, 800, SIZE, '2026년 3월'],
      [50, 784, SIZE, '참조: 물류'],
      [400, 784, SIZE, '제12호'],
      [50, 700, SIZE, SENTENCE],
    ])
  })

  test('is a page with more words than anybody reads', async () => {
    const page = Array.from(
      { length: 5100 },
      (_, at): Print => [20 + (at % 50) * 11, 830 - Math.floor(at / 50) * 8, 4, '가'],
    )

    await untouched(page)
  })
})
