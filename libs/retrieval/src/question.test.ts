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
    expect([...asked('Where is the library?').morphemes.keys()]).toEqual(['is', 'the', 'library'])
  })

  test('that only asks is taken as it is', () => {
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
