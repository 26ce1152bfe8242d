import { beforeAll, describe, expect, test } from 'vitest'
import { candidatesOf } from './candidates.ts'
import { type Analyzer, createAnalyzer } from './korean/analyze.ts'
import { loadDictionary } from './korean/dictionary.ts'
import { createLexicalIndex } from './lexical/bm25-index.ts'
import { questionTerms } from './question.ts'

let analyzer: Analyzer

beforeAll(async () => {
  analyzer = createAnalyzer(await loadDictionary())
})

function indexOf(...texts: readonly string[]) {
  const index = createLexicalIndex()
  for (const text of texts) {
    index.add({
      id: text,
      documentId: text,
      morphemes: analyzer.terms(text),
      bigrams: analyzer.bigrams(text),
      headingMorphemes: [],
    })
  }
  return index
}

const asked = (text: string, ...passages: string[]) =>
  questionTerms(text, { analyzer, index: indexOf(...passages) })

describe('a question', () => {
  test('counts its terms', () => {
    const { morphemes, bigrams } = asked('책과 책')

    expect([...morphemes]).toEqual([['책', 2]])
    expect([...bigrams]).toEqual([
      ['책과', 1],
      ['과책', 1],
    ])
  })

  test('is what it asks about, not that it asks', () => {
    expect([...asked('도서관은 언제 무엇을 빌려 주나요?').morphemes.keys()]).toEqual([
      '도서',
      '관',
      '빌리',
      '주',
    ])
    expect([...asked('Where is the library?').morphemes.keys()]).toEqual(['librari'])
    expect([...asked("What's the policy of WHO and IT?").morphemes.keys()]).toEqual([
      'polici',
      'who',
      'it',
    ])
  })

  test('in Korean may ask about what is a word without a meaning elsewhere', () => {
    expect([...asked('IT 부서는 어디').morphemes.keys()]).toEqual(['it', '부서'])
    expect([...asked('Where is 서울역?').morphemes.keys()]).toEqual(['서울', '역'])
  })

  test('in English finds what has another form of its words, and nothing by those that every text has', () => {
    const passages = [
      'Refunds are paid within the week.',
      'The office is in the city.',
      '환불 규정',
    ]
    const found = (text: string) => {
      const index = indexOf(...passages)
      const terms = questionTerms(text, { analyzer, index })
      return candidatesOf(index, terms, { limit: 10, minScore: 0 }).map(({ id }) => id)
    }

    expect(found('How is a refund being refunded?')).toEqual([passages[0]])
    expect(found('Where in the world is it?')).toEqual([])
  })

  test('that only asks is taken as it is', () => {
    expect([...asked('Who is it?').morphemes.keys()]).toEqual(['who', 'is', 'it'])
    expect([...asked('언제 어디?').morphemes.keys()]).toEqual(['언제', '어디'])
  })

  test('that seems to be mistyped asks for both, each with half of the weight', () => {
    const { morphemes, bigrams } = asked('회윈증', '회원증 신청', '회원증 없이는 안 됩니다')

    expect(morphemes.get('회원')).toBe(0.5)
    expect(bigrams.get('회윈')).toBe(0.5)
    expect(bigrams.get('회원')).toBe(0.5)
  })

  test('that is mistyped finds what was meant, before what looks like it', () => {
    const index = indexOf('회원증은 도서관에서 신청합니다', '증권 회사의 신청서', '마을 회관')
    const terms = questionTerms('회윈증 신청', { analyzer, index })
    const [first] = candidatesOf(index, terms, { limit: 10, minScore: 0 })

    expect(first).toMatchObject({ id: '회원증은 도서관에서 신청합니다', isGuess: false })
  })
})
