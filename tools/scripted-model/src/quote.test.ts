import { describe, expect, test } from 'vitest'
import { bestQuotes, passagesOf, questionOf } from './quote.ts'

const CONTEXT = `[1] 환불 규정 › 기간
환불은 구매일로부터 14일 안에 신청할 수 있습니다. 배송비는 고객이 부담합니다.

[2] 회원 안내
회원 등급은 매달 1일에 다시 정해집니다.`

describe('the passages of a prompt', () => {
  test('are its numbered parts, without the question that follows', () => {
    expect(passagesOf(`자료:\n\n${CONTEXT}\n\n질문: 환불은 언제까지 되나요?`)).toEqual([
      {
        number: 1,
        text: '환불 규정 › 기간\n환불은 구매일로부터 14일 안에 신청할 수 있습니다. 배송비는 고객이 부담합니다.',
      },
      { number: 2, text: '회원 안내\n회원 등급은 매달 1일에 다시 정해집니다.' },
    ])
  })

  test('do not contain a question that stands there without a label', () => {
    const passages = passagesOf(`${CONTEXT}\n\n환불은 언제까지 되나요?`)

    expect(passages.at(-1)?.text).toBe('회원 안내\n회원 등급은 매달 1일에 다시 정해집니다.')
  })

  test('may have several paragraphs', () => {
    expect(passagesOf('What now?\n\n[1] First.\n\nSecond.')).toEqual([
      { number: 1, text: 'First.\n\nSecond.' },
    ])
  })

  test('are none where nothing is numbered', () => {
    expect(passagesOf('Write a poem about [1] and [2].')).toEqual([])
  })
})

describe('the question of a prompt', () => {
  test.each([
    ['a label', `${CONTEXT}\n\nQuestion: How long?\n\nAnswer briefly.`, 'How long?'],
    ['a Korean label', `질문: 얼마인가요?\n\n${CONTEXT}`, '얼마인가요?'],
    ['a question mark', `얼마인가요?\n\n${CONTEXT}\n\n짧게 답하세요.`, '얼마인가요?'],
    ['being the last paragraph', `${CONTEXT}\n\nTell me about refunds`, 'Tell me about refunds'],
  ])('is known by %s', (_by, prompt, question) => {
    expect(questionOf(prompt)).toBe(question)
  })
})

describe('the best quotes', () => {
  test('are the sentences that resemble the question, with the number of their passage', () => {
    expect(bestQuotes(passagesOf(CONTEXT), '환불 신청은 며칠 안에 할 수 있나요?')).toEqual([
      { number: 1, sentence: '환불은 구매일로부터 14일 안에 신청할 수 있습니다.' },
    ])
  })

  test('come best first and at most three', () => {
    const passages = [1, 2, 3, 4, 5].map((number) => ({ number, text: `Fee ${number} is due.` }))

    const quotes = bestQuotes(
      [...passages, { number: 6, text: 'The late fee is due.' }],
      'late fee',
    )

    expect(quotes.map(({ number }) => number)).toEqual([6])
    expect(bestQuotes(passages, 'fee').map(({ number }) => number)).toEqual([1, 2, 3])
  })

  test('never are a title, however well it fits', () => {
    const quotes = bestQuotes(
      [{ number: 1, text: '환불 기간\n환불은 14일 안에 됩니다.' }],
      '환불 기간',
    )

    expect(quotes).toEqual([{ number: 1, sentence: '환불은 14일 안에 됩니다.' }])
  })

  test('never are a question, as the headings of an FAQ are', () => {
    const faq = 'faq.md > 환불은 언제 되나요?\n환불은 언제 되나요? 환불은 14일 안에 됩니다.'

    expect(bestQuotes([{ number: 1, text: faq }], '환불은 언제 되나요?')).toEqual([
      { number: 1, sentence: '환불은 14일 안에 됩니다.' },
    ])
  })

  test('are none when nothing is shared', () => {
    expect(bestQuotes(passagesOf(CONTEXT), 'xyz')).toEqual([])
  })
})
