import { describe, expect, test } from 'vitest'
import { wordsOf } from './words.ts'

const shared = (one: string, other: string) => {
  const words = new Set(wordsOf(one))
  return wordsOf(other).filter((word) => words.has(word))
}

describe('words of a text', () => {
  test.each([
    ['환불을 받았다', '환불', ['환불']],
    ['환불이 늦다', '환불은 언제', ['환불']],
    ['제주도에서 산다', '제주도', ['제주']],
    ['집을 샀다', '집에서', ['집']],
    ['사과를 좋아함', '사과', ['사과']],
    ['고양이 이름', '고양이를', ['고양']],
    ['매운 음식을 좋아합니다', '무슨 음식 좋아해요?', ['음식', '좋아']],
    ['배송 지연', '배송지연을', ['배송', '지연']],
    ['API를 쓴다', 'api', ['api']],
    ['東京に住む', '東京', ['東京']],
    ['Two addresses and prices', 'the address, price?', ['address', 'pric']],
    ['cities', 'City', ['city']],
  ])('%s and %s share %j', (kept, asked, words) => {
    expect(shared(kept, asked)).toEqual(words)
  })

  test.each([
    ['은행에서 일한다', '학교에서'],
    ['집에서 쉰다', '회사에서'],
    ['API를 쓴다', 'SDK를'],
    ['the order of the day', 'what is it of'],
  ])('%s and %s share nothing, whatever their particles', (kept, asked) => {
    expect(shared(kept, asked)).toEqual([])
  })

  test('are the same in every form of Unicode', () => {
    expect(wordsOf('환불'.normalize('NFD'))).toEqual(['환불'])
    expect(wordsOf('ＡＢＣ')).toEqual(['abc'])
  })

  test('are bounded, however long the text', () => {
    const text = Array.from({ length: 5000 }, (_, at) => `w${at}`).join(' ')
    expect(wordsOf(text)).toHaveLength(1000)
    expect(wordsOf('가'.repeat(1_000_000))).toEqual(['가가'])
  })
})
