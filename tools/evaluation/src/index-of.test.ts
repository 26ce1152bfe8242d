import { candidatesOf, createLexicalIndex, createRandom, questionTerms } from '@dure/retrieval'
import { expect, test } from 'vitest'
import type { Passage } from './data-set.ts'
import { indexOf, rankedIds } from './index-of.ts'

const SYLLABLES = '가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허'

/** Words between spaces are enough of an analyzer here. */
const analyzer = {
  terms: (text: string) => text.split(' ').filter((word) => word !== ''),
  bigrams: () => [],
  strangeness: () => 0,
}

function passagesOf(count: number): Passage[] {
  const random = createRandom(7)
  const syllable = () => SYLLABLES[random.below(SYLLABLES.length)] ?? ''
  const word = () => syllable() + syllable()
  return Array.from({ length: count }, (_, at) => ({
    id: `d${at}`,
    title: word(),
    text: Array.from({ length: 20 }, word).join(' '),
  }))
}

test('many passages become few sealed segments, say how far they are, and are found as in one segment', async () => {
  const passages = passagesOf(20_001)
  const told: string[] = []

  const { lexical, ...corpus } = await indexOf(analyzer, passages, (text) => told.push(text))

  const together = createLexicalIndex({ chunksPerSegment: passages.length })
  for (const { id, title, text } of passages) {
    const [morphemes, headingMorphemes] = [analyzer.terms(text), analyzer.terms(title)]
    together.add({ id, documentId: id, morphemes, bigrams: [], headingMorphemes })
  }
  expect(told).toEqual(['20000 of 20001 passages'])
  expect(lexical.size).toBe(passages.length)
  // 2,048 chunks a segment, four of which become one.
  expect(lexical.parts()?.length).toBeLessThanOrEqual(5)
  for (const query of ['가나 다라', '마바', '허퍼 터커 처저'] as const) {
    const terms = questionTerms(query, { analyzer, index: together })
    const expected = candidatesOf(together, terms, { limit: 100, minScore: 0 }).map(({ id }) => id)
    const asked = { query, mode: 'keyword', vector: undefined } as const
    expect(expected).toHaveLength(100)
    expect(await rankedIds({ ...corpus, lexical }, asked)).toEqual(expected)
  }
})
