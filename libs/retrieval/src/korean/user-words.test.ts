import { beforeAll, describe, expect, test } from 'vitest'
import { ANALYZER_VERSION, type Analyzer, createAnalyzer } from './analyze.ts'
import { type Dictionary, loadDictionary } from './dictionary.ts'
import { createUserDictionary, type UserWord, wordsAt } from './user-words.ts'

let dictionary: Dictionary
let plain: Analyzer

beforeAll(async () => {
  dictionary = await loadDictionary()
  plain = createAnalyzer(dictionary)
})

type Given = string | Partial<UserWord>

function wordOf(given: Given): UserWord {
  const word = { surface: '', parts: [], tag: 'NNG' as const }
  return typeof given === 'string' ? { ...word, surface: given } : { ...word, ...given }
}

const dictionaryOf = (words: readonly Given[]) =>
  createUserDictionary(dictionary, 'v1', words.map(wordOf))
const withWords = (...words: Given[]) => plain.withWords(dictionaryOf(words))

describe('words of a project', () => {
  test.each([
    ['카공', '카공하고 왔어요', ['카공', '오']],
    ['갓생', '갓생을 살아요', ['갓생', '살']],
    ['T맵', 'T맵은 T맵에서', ['t맵', 't맵']],
    ['2차전지', '2차전지를 샀다', ['2차전지', '사']],
    ['카카오T', '카카오T로 갔다', ['카카오t', '가']],
    ['3·1운동', '3·1운동이 일어났다', ['3·1운동', '일어나']],
    ['e편한세상', 'e편한세상에 살았다', ['e편한세상', '살']],
    ['Node.js', 'node.js는', ['node.js']],
  ])('%s is one word in %s', (word, text, expected) => {
    const analyzer = withWords(word)

    expect(analyzer.terms(text)).toEqual(expected)
    expect(plain.terms(text)).not.toEqual(expected.slice(0, 1))
  })

  test('with parts are found by these, each in its own place', () => {
    const analyzer = withWords({ surface: '세종시청사', parts: ['세종', '시청사'] })
    const text = '새 세종시청사에서'

    const { tokens } = analyzer.analyze(text)

    expect(tokens.slice(1).map(({ term, kind }) => [term, kind])).toEqual([
      ['세종', 'user'],
      ['시청사', 'user'],
    ])
    expect(tokens.slice(1).map(({ start, end }) => text.slice(start, end))).toEqual([
      '세종',
      '시청사',
    ])
  })

  test('come before the same words of the dictionary', () => {
    expect(plain.terms('도서관에')).toEqual(['도서', '관'])
    expect(withWords('도서관').terms('도서관에')).toEqual(['도서관'])
    expect(withWords({ surface: '도서관', parts: ['도', '서관'] }).terms('도서관에')).toEqual([
      '도',
      '서관',
    ])
  })

  test('do not tear longer words apart', () => {
    expect(withWords('배민').terms('지배민주주의')).toEqual(plain.terms('지배민주주의'))
    expect(withWords('배민').terms('배민으로 시켰다')).toContain('배민')
  })

  test('of several, the longest is read', () => {
    const analyzer = withWords('카공', '카공족', '족')

    expect(analyzer.terms('카공족이 카공을')).toEqual(['카공족', '카공'])
  })

  test('do not begin or end within a name or a number', () => {
    expect(withWords('맵T').terms('지도맵TV')).toContain('tv')
    expect(withWords('4호').terms('14호선')).toContain('14')
  })

  test('are found whatever their case, width and composition', () => {
    const analyzer = withWords('Ｔ맵')

    for (const text of ['t맵', 'T맵', `T${'맵'.normalize('NFD')}`]) {
      expect(analyzer.terms(text)).toEqual(['t맵'])
    }
  })

  test('have places in the text as it was given', () => {
    const text = `😀 2,345 ＡＢＣ ${'값'.normalize('NFD')} T맵과 GPT-4o`
    const found = withWords('T맵').analyze(text).tokens

    const [token] = found.filter(({ kind }) => kind === 'user')
    expect(text.slice(token?.start, token?.end)).toBe('T맵')
    expect(found.slice(-3).map(({ term }) => term)).toEqual(['gpt-4o', 'gpt', '4o'])
  })

  test('read better than what is nearly one of them', () => {
    const analyzer = withWords('카공족')

    expect(analyzer.strangeness('카공족은')).toBeLessThan(plain.strangeness('카공족은'))
    expect(analyzer.strangeness('카공족은')).toBeLessThan(analyzer.strangeness('카공죽은'))
  })

  test('change the version, and nothing else about the analyzer they are given to', () => {
    const before = plain.terms('카공하고')

    expect(withWords('카공').version).toBe(`${ANALYZER_VERSION}+v1`)
    expect(plain.version).toBe(ANALYZER_VERSION)
    expect(plain.terms('카공하고')).toEqual(before)
  })

  test('that nobody uses change nothing', () => {
    const texts = ['환불을 신청했어요', 'GPT-4o는 12.5%의 2,345개', '도와주셔서 고마웠어요']
    const analyzer = withWords('쀍쫿', 'Zzz맵')

    expect(texts.map((text) => analyzer.analyze(text))).toEqual(
      texts.map((text) => plain.analyze(text)),
    )
  })

  test('are in shared memory, so that threads need no copy', () => {
    const { units, starts, tokens, cuts } = dictionaryOf(['카공'])

    for (const { buffer } of [units, starts, tokens, cuts]) {
      expect(buffer).toBeInstanceOf(SharedArrayBuffer)
    }
  })
})

test('every word that stands at a place is found, and no other', () => {
  const surfaces = ['가', '가나', '가나다', '가나라', '나', '나다', '다a', '다a1']
  const words = dictionaryOf(surfaces)
  const text = '가나다a1가나가'

  const found = Array.from(text, (_, at) => {
    const ends: string[] = []
    wordsAt(words, text, at, (_word, end) => ends.push(text.slice(at, end)))
    return ends
  })

  expect(found).toEqual(
    Array.from(text, (_, at) => surfaces.filter((word) => text.startsWith(word, at))),
  )
})
