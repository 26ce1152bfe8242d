import { describe, expect, test } from 'vitest'
import { outlineOf, parse } from '../testing/parse.ts'
import { article, type Print, pdf, type Rule } from '../testing/pdf.ts'

const SIZE = 10
const SENTENCE = '환불은 받은 날부터 일주일 안에 신청'
const outline = async (page: readonly (Print | Rule)[]) =>
  outlineOf(await parse('a.pdf', pdf([page])))

describe('a ruled table of a PDF', () => {
  const across = (y: number, from = 50, to = 450): Rule => [from, y, to, y]
  const down = (x: number, from: number, to: number): Rule => [x, from, x, to]

  test('has the cells that its lines make, whatever stands in them', async () => {
    const page: (Print | Rule)[] = [
      [50, 780, SIZE, '고객센터'],
      ...[760, 700, 640].map((y) => across(y)),
      across(730, 150),
      ...[50, 150, 450].map((x) => down(x, 640, 760)),
      down(300, 640, 730),
      // Over two rows, over two columns, and lines of one cell that are as far apart as the rows.
      [60, 726, SIZE, '환불'],
      [200, 742, SIZE, '기한과 방법'],
      [160, 712, SIZE, '국내 주문'],
      [310, 716, SIZE, '7일 안에'],
      [310, 704, SIZE, '신청한다'],
      [60, 664, SIZE, '교환'],
      [160, 680, SIZE, '받은 날부터'],
      [160, 650, SIZE, '세어서 30일'],
      [310, 664, SIZE, '보낸다'],
    ]

    expect(await outline(page)).toEqual([
      'p. 1: 고객센터',
      'p. 1: | 환불 | 기한과 방법 | 기한과 방법 |\n| --- | --- | --- |\n| 환불 | 국내 주문 | 7일 안에 신청한다 |\n| 교환 | 받은 날부터 세어서 30일 | 보낸다 |',
    ])
  })

  test('may be open at its sides, and have two columns of long texts', async () => {
    const long = (at: number) => `${'가나다라마바'[at]} ${SENTENCE}`
    const page: (Print | Rule)[] = [
      ...[700, 670, 640].map((y) => across(y, 50, 550)),
      down(300, 640, 700),
      ...[0, 1, 2, 3].map((at): Print => [at % 2 ? 310 : 55, at < 2 ? 682 : 652, SIZE, long(at)]),
    ]

    expect(await outline(page)).toEqual([
      `p. 1: | ${long(0)} | ${long(1)} |\n| --- | --- |\n| ${long(2)} | ${long(3)} |`,
    ])
  })

  test('has rows of numbers that no line divides', async () => {
    const cells = [
      ['연도', '국내', '해외'],
      ['2024', '4,500', '120'],
      ['2025', '5,000', '(34)'],
    ]
    const page: (Print | Rule)[] = [
      ...[700, 680, 640].map((y) => across(y)),
      ...[50, 150, 300, 450].map((x) => down(x, 640, 700)),
      ...cells.flatMap((row, at) =>
        row.map((text, column): Print => [60 + column * 120, 686 - at * 18, SIZE, text]),
      ),
    ]

    expect(await outline(page)).toEqual([
      'p. 1: | 연도 | 국내 | 해외 |\n| --- | --- | --- |\n| 2024 | 4,500 | 120 |\n| 2025 | 5,000 | (34) |',
    ])
  })

  test('is none when it is a frame, a rule between columns or a chart', async () => {
    const page: (Print | Rule)[] = [
      ...article(780, 14),
      ...[800, 540].map((y) => across(y, 40, 560)),
      ...[40, 300, 560].map((x) => down(x, 540, 800)),
      ...[400, 380, 360, 340, 320].map((y) => across(y)),
      ...[50, 150, 250, 350, 450].map((x) => down(x, 320, 400)),
      [60, 385, SIZE, '2026'],
      [260, 325, SIZE, '2027'],
    ]

    expect((await outline(page)).join()).not.toContain('|')
  })
})
