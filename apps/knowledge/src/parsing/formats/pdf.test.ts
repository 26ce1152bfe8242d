import { describe, expect, test } from 'vitest'
import { outlineOf, parse } from '../testing/parse.ts'
import { type Print, pdf } from '../testing/pdf.ts'

const failure = (content: Uint8Array) =>
  parse('a.pdf', content).then(
    () => 'no failure',
    ({ code }: { code: string }) => code,
  )
const SENTENCE = '환불은 받은 날부터 일주일 안에 신청할 수 있습니다.'
const body = (y: number, text = SENTENCE): Print => [50, y, 11, text]

describe('a PDF', () => {
  test('is paragraphs by pages, with headings where the letters are larger', async () => {
    const document = await parse(
      'a.pdf',
      pdf([
        [
          [50, 780, 24, '환불 규정'],
          body(740),
          body(725, '둘째 줄 text 123'),
          body(680, '다른 문단입니다.'),
          [50, 640, 16, '카드'],
          body(610),
        ],
        [body(780, '다음 쪽입니다.')],
      ]),
    )

    expect(document.pageCount).toBe(2)
    expect(document.metadata).toEqual({ title: '환불 안내', author: 'Kim', language: 'ko-KR' })
    expect(outlineOf(document)).toEqual([
      `환불 규정 > p. 1: ${SENTENCE}\n둘째 줄 text 123`,
      '환불 규정 > p. 1: 다른 문단입니다.',
      `환불 규정 > 카드 > p. 1: ${SENTENCE}`,
      '환불 규정 > 카드 > p. 2: 다음 쪽입니다.',
    ])
  })

  test('has neither the heads and feet of its pages nor their numbers', async () => {
    const pages = Array.from({ length: 6 }, (_, index): Print[] => [
      [50, 810, 9, '고객센터 규정집'],
      body(700, `${'가나다라마바'[index]} ${SENTENCE}`),
      [290, 30, 9, `- ${index + 1} -`],
    ])

    const { text, pageCount } = await parse('a.pdf', pdf(pages))

    expect(pageCount).toBe(6)
    expect(text.split('\n\n')).toHaveLength(6)
    expect(text).not.toMatch(/규정집|- \d -/)
  })

  test('has no headings when its letters are of many sizes', async () => {
    const sizes = [30, 26, 22, 18, 14, 10]
    const page = sizes.map((size, at): Print => [50, 800 - at * 60, size, SENTENCE])

    const { blocks } = await parse('a.pdf', pdf([page]))

    expect(blocks.every(({ headings }) => headings.length === 0)).toBe(true)
  })

  test('joins what is printed on one line, with spaces where there is room', async () => {
    const page: Print[] = [
      [50, 700, 10, '결제'],
      [150, 700, 10, '기간'],
      [170, 700, 10, '(일)'],
    ]

    expect(outlineOf(await parse('a.pdf', pdf([page])))).toEqual(['p. 1: 결제 기간(일)'])
  })

  test('runs nothing and follows nothing that it names', async () => {
    const action = '<< /S /JavaScript /JS (app.alert\\(1\\)) >>'
    const catalog = `/OpenAction ${action} /AA << /WC << /S /URI /URI (http://127.0.0.1:1/) >> >>`

    expect(await failure(pdf([[body(700)]], { catalog }))).toBe('no failure')
  })

  test.each([
    [
      'document.encrypted',
      pdf([[body(700)]], {
        trailer: `/Encrypt 10 0 R /ID [<${'00'.repeat(16)}> <${'00'.repeat(16)}>]`,
        objects: [
          `<< /Filter /Standard /V 2 /R 3 /Length 128 /P -1 /O <${'11'.repeat(32)}> /U <${'22'.repeat(32)}> >>`,
        ],
      }),
    ],
    ['document.damaged', pdf([[body(700)]]).subarray(0, 900)],
    ['document.damaged', Buffer.from('%PDF-1.7\nnothing of a PDF\n%%EOF')],
    ['document.empty', pdf([[]])],
  ])('ends with %s: %#', async (code, content) => {
    expect(await failure(content)).toBe(code)
  })

  test('with more pages than a document may have is refused', async () => {
    const result = parse('a.pdf', pdf([[body(700)], [body(700)], [body(700)]]), { maxPages: 2 })

    await expect(result).rejects.toMatchObject({ code: 'document.too-many-pages' })
  })

  test('whose bytes are changed anywhere is damaged or read, and nothing else', async () => {
    const whole = pdf([[[50, 780, 24, '환불'], body(700)]])
    for (let at = 9; at < whole.length; at += 61) {
      const changed = Buffer.from(whole)
      changed[at] = (changed[at] ?? 0) ^ 0xff
      expect(await failure(changed), `byte ${at}`).toMatch(
        /^no failure$|^document\.(?:damaged|empty|encrypted)$/,
      )
    }
  })
})
