import { type Analyzer, bigrams, type QuestionAnalyzer } from '@dure/retrieval'

export const ANALYZERS = ['words', 'particles', 'bigrams', 'morphemes', 'dure'] as const
export type AnalyzerName = (typeof ANALYZERS)[number]

export const ANALYZER_LABELS: Readonly<Record<AnalyzerName, string>> = {
  words: 'words between spaces',
  particles: 'words without particles',
  bigrams: 'pairs of characters',
  morphemes: 'morphemes',
  dure: 'morphemes and pairs (Dure)',
}

/** Ways to make terms of a text, from the plainest to ours; each is searched by the same index and rules. */
export function analyzerOf(name: AnalyzerName, ours: Analyzer): QuestionAnalyzer {
  const alone = (terms: (text: string) => string[]): QuestionAnalyzer => ({
    terms,
    bigrams: () => [],
    strangeness: () => 0,
  })
  const ways: Readonly<Record<AnalyzerName, () => QuestionAnalyzer>> = {
    words: () => alone(wordsOf),
    particles: () => alone((text) => wordsOf(text).map(withoutParticle)),
    bigrams: () => alone(bigrams),
    morphemes: () => alone((text) => ours.terms(text)),
    dure: () => ours,
  }
  return ways[name]()
}

function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}

/** Particles and some endings that often follow a noun, the longest first. */
const PARTICLES =
  '에서부터 으로부터 에게서는 이라고는 에서는 에서도 에서의 으로는 으로도 으로써 으로서 에게는 에게서 한테서 까지는 부터는 이라고 이라는 이었던 에서 에게 으로 부터 까지 처럼 보다 만큼 마다 라고 라는 이나 이란 하고 한테 께서 은 는 이 가 을 를 의 에 도 와 과 로 만 나 란'
    .split(' ')
    .toSorted((a, b) => b.length - a.length)

/** What is left of a word must have two syllables, or 나이 would be 나. */
function withoutParticle(word: string): string {
  const particle = PARTICLES.find((end) => word.endsWith(end) && word.length >= end.length + 2)
  return particle === undefined ? word : word.slice(0, -particle.length)
}
