import { beforeAll, describe, expect, test } from 'vitest'
import { type Analyzer, createAnalyzer, type Token } from './analyze.ts'
import { loadDictionary } from './dictionary.ts'
import { normalise } from './normalise.ts'

let analyzer: Analyzer

beforeAll(async () => {
  analyzer = createAnalyzer(await loadDictionary())
})

const terms = (text: string) => analyzer.terms(text)
const pieces = (text: string) =>
  analyzer.analyze(text).tokens.map(({ start, end }) => text.slice(start, end))
const nearer = (text: string, other: string) =>
  analyzer.strangeness(other) - analyzer.strangeness(text)
const kinds = (text: string) =>
  analyzer.analyze(text).tokens.map(({ term, kind }) => `${term}:${kind}`)

describe('morphemes', () => {
  test.each(['환불을', '환불은', '환불이', '환불에서도', '환불'])('%s is 환불', (word) => {
    expect(terms(word)).toEqual(['환불'])
  })

  test('endings, copula, suffixes and punctuation are dropped', () => {
    expect(terms('선생님들에게만 알렸습니다!')).toEqual(['선생', '알리'])
  })

  test('are found where the spaces are missing', () => {
    expect(terms('아버지가방에들어가신다고말했다')).toEqual(['아버지', '방', '들어가', '말'])
  })

  test('a compound is its parts, each with its own place', () => {
    expect(terms('도서관')).toEqual(['도서', '관'])
    expect(pieces('새 도서관에')).toEqual(['새', '도서', '관'])
  })

  test('an inflected word is its stem, and its place is the whole word', () => {
    expect(terms('도와주셔서 고마웠어요')).toEqual(['돕', '주', '고맙'])
    expect(pieces('도와주셔서 고마웠어요')).toEqual(['도와', '주', '고마웠'])
  })

  test('a space before a particle-like word makes it a word of its own', () => {
    expect(terms('커피 만 잔')).toEqual(['커피', '만', '잔'])
  })

  test('a word nobody knows is kept', () => {
    expect(terms('쀍쫿을 봤다')[0]).toBe('쀍쫿')
  })

  test('Chinese characters are kept, in their unified form', () => {
    expect(terms('李 氏')).toEqual(terms('\uf9e1 氏'))
    expect(terms('李 氏')).toContain('李')
  })
})

describe('protected runs', () => {
  test('keep names, numbers and measures whole, with their parts', () => {
    expect(kinds('GPT-4o는 12.5%의 2,345개')).toEqual([
      'gpt-4o:identifier',
      'gpt:latin',
      '4o:identifier',
      '12.5%:number',
      '12.5:number',
      '2345:number',
      '개:morpheme',
    ])
  })

  test.each([
    ['Node.js', ['node.js', 'node', 'js']],
    ['run_0198', ['run_0198', 'run', '0198']],
    ['5kg', ['5kg', '5', 'kg']],
    ['10km/h', ['10km/h', '10', 'km', 'h']],
    ['RTX3080', ['rtx3080', 'rtx', '3080']],
    ['2024-01-02', ['2024-01-02', '2024', '01', '02']],
    ['C++ C# C', ['c++', 'c', 'c#', 'c', 'c']],
    ['1,2,3', ['1', '2', '3']],
    ['1,234,567.8', ['1234567.8']],
    ['don’t', ["don't", 'don', 't']],
    ['Straße Ünïcode привет', ['straße', 'ünïcode', 'привет']],
  ])('%s', (text, expected) => {
    expect(terms(text)).toEqual(expected)
  })

  test('English text is the stems of its words, as are the parts of what has a hyphen', () => {
    expect(kinds('Refunds take FIVE days.')).toEqual(
      ['refund', 'take', 'five', 'day'].map((word) => `${word}:latin`),
    )
    expect(terms('refunded refunding')).toEqual(['refund', 'refund'])
    expect(terms("policies’ policy's POLICY")).toEqual(['polici', 'polici', 'polici'])
    expect(terms('long-running jobs')).toEqual(['longrun', 'long', 'run', 'job'])
    expect(terms('E-mails, email')).toEqual(['email', 'e', 'mail', 'email'])
  })

  test.each([
    ['Node.js', 'GPT-4o', 'AWS', 'iOS', 'run_ids', 'v2.0'],
    ['APIs를', 'APIs', 'API'],
    ['useStates', 'usestates'],
  ])('a name is found by the same name: %s', (...names) => {
    for (const name of names) expect(terms(`${name}는`)).toEqual(terms(`the ${name}.`).slice(1))
  })

  test('names that are no words of English keep their letters', () => {
    expect(terms('AWS iOS DNS GPT-4o run_ids naïves')).toEqual([
      'aws',
      'ios',
      'dns',
      'gpt-4o',
      'gpt',
      '4o',
      'run_ids',
      'run',
      'ids',
      'naïves',
    ])
  })

  test('the particle after one is still seen to be a particle', () => {
    expect(terms('Kubernetes를 쓰는 API는')).toEqual(['kubernet', '쓰', 'api'])
  })

  test('a run too long for a term comes in pieces', () => {
    const lengths = terms('x'.repeat(300)).map(({ length }) => length)

    expect(lengths).toEqual([128, 128, 44])
  })
})

describe('one spelling for search', () => {
  test.each([
    ['full width', 'ＧＰＴ－４ｏ', 'GPT-4o'],
    ['decomposed Hangul', '환불 규정'.normalize('NFD'), '환불 규정'],
    ['decomposed Latin', 'café'.normalize('NFD'), 'café'],
    ['a squared unit', '5㎏', '5kg'],
    ['an invisible space', '환\u200b불', '환불'],
    ['a space that does not break', '환불\u00a0규정', '환불 규정'],
  ])('%s', (_, text, usual) => {
    expect(terms(text)).toEqual(terms(usual))
  })

  test('half-width and conjoining jamo become those of the keyboard', () => {
    expect(normalise('\uffa1\u1112\u1161\u11ab\u1112').text).toBe('ㄱ한ㅎ')
  })

  test('is reached in one step', () => {
    for (const text of TEXTS) {
      const once = normalise(text).text
      expect(normalise(once).text).toBe(once)
    }
  })
})

describe('bigrams', () => {
  test('are pairs within a run of Hangul', () => {
    expect(analyzer.bigrams('환불규정 GPT는')).toEqual(['환불', '불규', '규정', '는'])
  })

  test('are the same whatever the spaces', () => {
    expect(analyzer.bigrams('새 집 주소')).toEqual(['새집', '집주', '주소'])
    expect(analyzer.bigrams('새집 주소')).toEqual(analyzer.bigrams('새집주소'))
  })

  test('see through invisible characters and decomposition', () => {
    expect(analyzer.bigrams(`환\u200b${'불'.normalize('NFD')}`)).toEqual(['환불'])
  })
})

const TEXTS = [
  '',
  ' \n\t ',
  '오늘 주문한 GPT-4o 이용권 2,345장을 환불받고 싶어요.',
  '😀 이모지👨‍👩‍👧 사이의 ＡＢＣ１２３과 한글❤️',
  '도와주셔서 고마웠어요\r\n두 번째 줄입니다',
  '서울특별시 종로구 세종대로 12.5㎞ 지점, ℃ 단위',
  `${'값을'.normalize('NFD')} ${'café'.normalize('NFD')} İstanbul`,
  '\ud800 반쪽 \udc00 글자 \ue000 \ue001 \0 끝',
  '가'.repeat(3000),
  'ㅋ'.repeat(5000),
  '漢字かなカナ mixed 文章',
  '한국어 '.repeat(800),
  'a\u0301\u0316'.repeat(2000),
]

test('a word reads better than the same one with a typing error', () => {
  expect(nearer('도서관에서', '도저관에서')).toBeGreaterThan(1)
  expect(nearer('신청하려면', '신청하려먼')).toBeGreaterThan(1)
})

describe('any text', () => {
  test.each(TEXTS.map((text, i) => [i, text] as const))('%i: offsets point into it', (_, text) => {
    let last = 0
    for (const { term, kind, start, end } of analyzer.analyze(text).tokens) {
      expect(start).toBeGreaterThanOrEqual(last)
      expect(end).toBeGreaterThan(start)
      expect(end).toBeLessThanOrEqual(text.length)
      if (kind !== 'morpheme') {
        expect(normalise(text.slice(start, end)).text.replaceAll(',', '')).toContain(term)
      }
      expect(term).not.toBe('')
      last = kind === 'morpheme' ? start : last
    }
  })

  test('the offsets of a noun hold that noun, whatever stands before it', () => {
    for (const prefix of ['😀 ', 'ＡＢＣ ', '㎏ ', `${'값'.normalize('NFD')} `, '2,345 GPT-4o\n']) {
      const text = `${prefix}환불을 받다`
      expect(pieces(text)).toContain('환불')
    }
  })

  test('nothing to say gives nothing', () => {
    expect(['', ' \n\t ', '?!… 😀'].map(terms)).toEqual([[], [], []])
  })

  test('random units never throw', () => {
    const random = generator(7)
    for (let round = 0; round < 300; round++) {
      const units = Array.from({ length: 60 }, () => unitFrom(random))
      const text = String.fromCharCode(...units)
      expect(pieces(text)).not.toContain('')
    }
  })

  test('a long text has the tokens of its lines', () => {
    const line = '주문하신 상품의 환불 규정을 도서관에서 확인했습니다.\n'
    const times = Math.ceil(100_000 / line.length)
    const [one, many] = [terms(line), terms(line.repeat(times))]

    expect(many).toHaveLength(one.length * times)
    expect(many.slice(-one.length)).toEqual(one)
  })

  // What is quadratic in any of these takes minutes: the time limit of the test is the assertion.
  test.each([
    '가',
    'ㅋ',
    ' ',
    '!',
    '한국',
    'a',
    '1',
    '1,',
    '1a',
    'a-',
    '漢',
    '😀',
    'e\u0301',
    '\u0301',
  ])('100,000 units of %j are read to the end', (unit) => {
    const text = `${unit.repeat(100_000 / unit.length)} 환불`
    const { tokens } = analyzer.analyze(text)

    expect(tokens.every(isInside(text))).toBe(true)
    expect(tokens.at(-1)).toMatchObject({ term: '환불', end: text.length })
    expect(analyzer.bigrams(text).at(-1)).toBe('환불')
  })

  test('the same text gives the same tokens after any other', () => {
    const text = TEXTS[2] ?? ''
    const before = analyzer.analyze(text)
    for (const other of TEXTS) analyzer.analyze(other)

    expect(analyzer.analyze(text)).toEqual(before)
  })
})

function isInside(text: string) {
  return ({ start, end }: Token) => start >= 0 && end > start && end <= text.length
}

/** From the planes where accidents happen: Hangul, jamo, ASCII, halves of pairs, anything. */
function unitFrom(random: () => number): number {
  const [low, high] = RANGES[Math.floor(random() * RANGES.length)] ?? [0, 0xffff]
  return low + Math.floor(random() * (high - low))
}

const RANGES: readonly (readonly [number, number])[] = [
  [0xac00, 0xd7a4],
  [0x1100, 0x1200],
  [0x20, 0x7f],
  [0xd800, 0xe002],
  [0, 0x10000],
]

/** A small linear congruential generator (Numerical Recipes): the same numbers on every run. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
