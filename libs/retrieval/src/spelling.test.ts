import { beforeAll, describe, expect, test } from 'vitest'
import { type Analyzer, createAnalyzer } from './korean/analyze.ts'
import { loadDictionary } from './korean/dictionary.ts'
import { respell, type SpellingKnowledge } from './spelling.ts'

let analyzer: Analyzer

beforeAll(async () => {
  analyzer = createAnalyzer(await loadDictionary())
})

const PASSAGES = [
  '도서관에서 책을 빌리려면 회원증이 필요합니다.',
  '회원증은 도서관 안내대에서 신청합니다.',
  '빌린 책은 두 주 안에 도서관으로 돌려주세요.',
  '책을 늦게 돌려주면 그날만큼 빌릴 수 없습니다.',
  '마을 회관은 아침 아홉 시에 문을 엽니다.',
]

/** Of these passages, as often as they are there. */
function knowledgeOf(passages: readonly string[]): SpellingKnowledge & { asked: string[] } {
  const pairs = passages.map((passage) => new Set(analyzer.bigrams(passage)))
  const asked: string[] = []
  return {
    asked,
    chunks: passages.length,
    holders: (bigram) => pairs.filter((own) => own.has(bigram)).length,
    strangeness(text) {
      asked.push(text)
      return analyzer.strangeness(text)
    },
  }
}

const respelt = (text: string) => respell(text, knowledgeOf(PASSAGES))

describe('a typing error is mended', () => {
  test.each([
    ['in the middle of a word', '도저관에서 빌린 책', '도서관에서 빌린 책'],
    ['in two words', '도저관 회윈증', '도서관 회원증'],
    ['without spaces', '도서관회윈증신청', '도서관회원증신청'],
    ['in a decomposed text', '도저관'.normalize('NFD'), '도서관'],
  ])('%s', (_where, text, expected) => {
    expect(respelt(text)).toBe(expected)
  })
})

describe('nothing is mended', () => {
  test.each([
    ['what the passages have', '도서관에서 책을 빌리려면'],
    ['what the dictionary knows, though the passages do not', '우주 망원경'],
    ['what neither knows, and nothing is near', '뽀삐뽀롱'],
    ['what is not Korean', 'libary card 12'],
    ['nothing', ''],
    ['a lone syllable', '쵀'],
    ['a question that is too long', `도저관${' 책'.repeat(100)}`],
  ])('%s', (_what, text) => {
    expect(respelt(text)).toBeUndefined()
  })

  test('where there are no passages', () => {
    expect(respell('도저관', knowledgeOf([]))).toBeUndefined()
  })
})

test('a frequent pair needs no second look, a pair that is rare among many does', () => {
  const many = (holders: number): SpellingKnowledge => ({
    chunks: 1_000_000,
    holders: (bigram) => (['도서', '서관'].includes(bigram) ? 500_000 : holders),
    strangeness: (text) => analyzer.strangeness(text),
  })

  expect(respell('도저관', many(99))).toBe('도서관')
  expect(respell('도저관', many(100))).toBeUndefined()
})

test('the dictionary is asked about few spellings, however long the question', () => {
  const knowledge = knowledgeOf(PASSAGES)

  respell('쵀쿼'.repeat(100), knowledge)

  expect(knowledge.asked.length).toBeLessThanOrEqual(200 * 7)
  expect(Math.max(0, ...knowledge.asked.map(({ length }) => length))).toBeLessThanOrEqual(13)
})
