import { beforeAll, expect, test } from 'vitest'
import { type Analyzer, createAnalyzer } from './analyze.ts'
import { type Dictionary, loadDictionary } from './dictionary.ts'
import { createUserDictionary } from './user-words.ts'

let dictionary: Dictionary
let analyzer: Analyzer

beforeAll(async () => {
  dictionary = await loadDictionary()
  analyzer = createAnalyzer(dictionary)
})

const rows = (text: string, by = analyzer) =>
  by
    .explain(text)
    .words.map(({ surface, origin, tag, terms }) => [surface, origin, tag, terms.join(' ')])

test('particles and endings are shown, and that they are left out', () => {
  expect(rows('환불을 받고')).toEqual([
    ['환불', 'dictionary', 'NNG', '환불'],
    ['을', 'dictionary', 'J', ''],
    ['받', 'dictionary', 'VV', '받'],
    ['고', 'dictionary', 'E', ''],
  ])
})

test('an inflected word has its morphemes and its stem, a compound its parts', () => {
  const [inflected] = analyzer.explain('도와').words
  expect(inflected).toMatchObject({ lemma: '돕', tag: 'VV+EC', terms: ['돕'] })
  expect(inflected?.parts[0]).toEqual({ text: '돕', tag: 'VV' })

  const [compound] = analyzer.explain('도서관').words
  expect(compound).toMatchObject({ lemma: '도서관', terms: ['도서', '관'] })
  expect(compound?.parts.map(({ text }) => text)).toEqual(['도서', '관'])
})

test('what is not cut, and what nobody knows, says so', () => {
  expect(rows('GPT-4o 12.5% 쀍쫿')).toEqual([
    ['gpt-4o', 'protected', 'SL', 'gpt-4o gpt 4o'],
    ['12.5%', 'protected', 'SN', '12.5% 12.5'],
    ['쀍쫿', 'unknown', expect.any(String), '쀍쫿'],
  ])
})

test('words of the project say so, with their parts', () => {
  const words = createUserDictionary(dictionary, 'v1', [
    { surface: '세종시청', parts: ['세종', '시청'], tag: 'NNP' },
    { surface: 'T맵', parts: [], tag: 'NNP' },
  ])

  expect(rows('세종시청 T맵', analyzer.withWords(words))).toEqual([
    ['세종시청', 'user', 'NNP', '세종 시청'],
    ['t맵', 'user', 'NNP', 't맵'],
  ])
})

test('its terms are those of the index, and its places those of the text', () => {
  for (const text of [
    '오늘 주문한 ＧＰＴ－４ｏ 이용권 2,345장을 환불받고 싶어요.',
    `${'값을'.normalize('NFD')} 도와주셔서\n고마웠어요 😀 5㎏`,
  ]) {
    const { words } = analyzer.explain(text)

    expect(words.flatMap(({ terms }) => terms)).toEqual(analyzer.terms(text))
    expect(
      words.map(({ start, end }) => analyzer.explain(text.slice(start, end)).normalised),
    ).toEqual(words.map(({ surface }) => surface))
  }
})
