import { hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createRandom, type DictionaryWord, dictionaryWords, loadDictionary } from '@dure/retrieval'
import { UsageError } from '../usage-error.ts'
import { weighted } from './zipf.ts'

/** Passages of a text, each of which is like no other. */
export interface TextSource {
  readonly name: string
  passage(): string
}

/** Of the words of a kind, the most frequent ones. */
const NOUNS = 60_000
const VERBS = 20_000
const NAMES = 5000
const SENTENCES = 6
/** So that there are about as many different morphemes in two million bytes as in Korean Wikipedia: 31,000. */
const EXPONENT = 1.15

const SYLLABLES = /^[가-힣]{2,}$/
/** Particles after a vowel, after a consonant, and after both. */
const AFTER_VOWEL = '는 가 를 와 로 는 가 를'.split(' ')
const AFTER_CONSONANT = '은 이 을 과 으로 은 이 을'.split(' ')
const AFTER_BOTH = '의 에 에서 도 까지 부터 만 에서는 에도 의 에 에서'.split(' ')
const HANGUL = 0xac00
const TAILS = 28

/**
 * Made-up Korean sentences of the words of the dictionary, with the frequencies of a language: nouns with their particles, verbs with
 * their endings, now and then a Latin name or a number. The same ones for the same seed.
 */
export async function generatedText(seed: number): Promise<TextSource> {
  const source = createRandom(seed)
  const random = () => source.below(2 ** 32) / 2 ** 32
  const between = (least: number, most: number) => least + source.below(most - least + 1)
  const oneOf = (words: readonly string[]) => words[source.below(words.length)] ?? ''
  words ??= wordsOfKinds()
  const kinds = await words
  const drawn = (some: readonly string[]) => weighted(some, random, EXPONENT)
  const [common, proper] = [drawn(kinds.common), drawn(kinds.proper)]
  const [last, linking] = [drawn(kinds.last), drawn(kinds.linking)]
  const noun = () => (source.below(4) === 0 ? proper() : common())
  const letter = () => String.fromCharCode(0x61 + source.below(26))
  const name = weighted(
    Array.from({ length: NAMES }, () => Array.from({ length: between(3, 9) }, letter).join('')),
    random,
    EXPONENT,
  )

  function number(): string {
    const [whole, kind] = [between(1, 99_999), source.below(4)]
    if (kind === 0) return whole.toLocaleString('en-US')
    if (kind === 1) return `${whole % 100}.${between(1, 9)}%`
    return kind === 2 ? `${1900 + (whole % 130)}년` : `${whole % 1000}개`
  }

  function particleOf(word: string): string {
    if (source.below(2) === 0) return oneOf(AFTER_BOTH)
    const hasTail = (word.charCodeAt(word.length - 1) - HANGUL) % TAILS > 0
    return oneOf(hasTail ? AFTER_CONSONANT : AFTER_VOWEL)
  }

  function wordInside(): string {
    const kind = source.below(100)
    if (kind < 6) return number()
    if (kind < 11) return name()
    if (kind < 14) return `(${noun()})`
    if (kind < 26) return linking()
    // Nouns often follow each other, with a space or without one.
    const before = kind < 48 ? `${noun()}${kind < 40 ? ' ' : ''}` : ''
    const own = noun()
    return before + own + particleOf(own)
  }

  const sentence = () =>
    [...Array.from({ length: between(4, 12) }, wordInside), `${last()}.`].join(' ')
  return {
    name: 'generated',
    passage: () => Array.from({ length: SENTENCES }, sentence).join(' '),
  }
}

interface Kinds {
  readonly common: readonly string[]
  readonly proper: readonly string[]
  /** Verbs that end a sentence, and others. */
  readonly last: readonly string[]
  readonly linking: readonly string[]
}

let words: Promise<Kinds> | undefined

async function wordsOfKinds(): Promise<Kinds> {
  const found: Readonly<Record<keyof Kinds, DictionaryWord[]>> = {
    ...{ common: [], proper: [], last: [], linking: [] },
  }
  for (const word of dictionaryWords(await loadDictionary())) {
    const kind = SYLLABLES.test(word.text) ? kindOf(word) : undefined
    if (kind) found[kind].push(word)
  }
  return {
    common: frequent(found.common, NOUNS),
    proper: frequent(found.proper, NOUNS),
    last: frequent(found.last, VERBS),
    linking: frequent(found.linking, VERBS),
  }
}

function kindOf({ text, tag }: DictionaryWord): keyof Kinds | undefined {
  if (tag === 'NNG') return 'common'
  if (tag === 'NNP') return 'proper'
  if (tag !== undefined) return undefined
  if (text.endsWith('다')) return 'last'
  return /[고며는]$/.test(text) ? 'linking' : undefined
}

/** Many have the same cost: which of these come first must not depend on how they are written. */
function frequent(found: readonly DictionaryWord[], count: number): string[] {
  const keyed = found.map(({ text, cost }) => ({ text, cost, key: hash('md5', text) }))
  const sorted = keyed.sort((a, b) => a.cost - b.cost || (a.key < b.key ? -1 : 1))
  return [...new Set(sorted.map(({ text }) => text))].slice(0, count)
}

/** The texts of `corpus.jsonl`, from its beginning again after its end. @throws UsageError when it has none */
export async function folderText(folder: string): Promise<TextSource> {
  const texts: string[] = []
  const path = join(folder, 'corpus.jsonl')
  for await (const line of createInterface({ input: createReadStream(path) })) {
    if (line.trim() === '') continue
    const { text }: { text?: unknown } = JSON.parse(line)
    if (typeof text === 'string' && text !== '') texts.push(text)
  }
  if (texts.length === 0) throw new UsageError(`${path} has no texts`)
  let at = 0
  return { name: folder, passage: () => texts[at++ % texts.length] ?? '' }
}
