import {
  FIELDS,
  type FieldName,
  fractionOf,
  identifiersIn,
  inverseDocumentFrequency,
  type LexicalHit,
  type LexicalSearch,
  type TermWeights,
  WEIGHTS,
} from '@dure/retrieval'
import type { AskedTerm, AskedTerms, FoundByTerms } from './engine.ts'
import type { Statistics } from './statistics.ts'
import { keysOf, perField, termKey } from './terms.ts'

type Asked = Parameters<LexicalSearch['search']>[0]

/** Searches among the rows that an engine has found, with the scores that the embedded index gives them. */
export function searchAmong(rows: readonly FoundByTerms[], statistics: Statistics): LexicalSearch {
  return {
    search(asked) {
      const weights = askedOf(asked, statistics)
      return rows
        .map((row) => hitOf(row, weights, statistics))
        .filter(({ score, contributions }) => {
          const leads = FIELDS.some((name) => name !== 'bigram' && contributions[name] > 0)
          return score > 0 && score >= (asked.minScore ?? 0) && (!asked.mustShareMorpheme || leads)
        })
        .toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
        .slice(0, Math.max(0, asked.topK))
    },
  }
}

/** What each term of a question counts for: by its field, its rarity and its place in the question. */
export function askedOf(
  { morphemes, bigrams }: Pick<Asked, 'morphemes' | 'bigrams'>,
  statistics: Statistics,
): AskedTerms {
  const exact = new Map(identifiersIn(morphemes.keys()).map((term) => [term, 1]))
  const asked = { morpheme: morphemes, bigram: bigrams, heading: morphemes, exact }
  return perField((name, at) => known(asked[name], WEIGHTS[at] ?? 0, { name, statistics }))
}

function known(
  terms: TermWeights,
  fieldWeight: number,
  { name, statistics: { size, fields } }: { name: FieldName; statistics: Statistics },
): Map<string, AskedTerm> {
  const weighted = new Map<string, AskedTerm>()
  for (const [term, weight] of terms) {
    const key = termKey(term)
    const holders = fields[name].holders.get(key) ?? 0
    if (holders === 0) continue
    const rarity = inverseDocumentFrequency(holders, size)
    weighted.set(key, { weight: fieldWeight * weight, rarity })
  }
  return weighted
}

function hitOf(
  { id, documentId, terms }: FoundByTerms,
  asked: AskedTerms,
  { size, fields }: Statistics,
): LexicalHit {
  const contributions = perField((name) =>
    sumOf(keysOf(terms[name]), asked[name], fields[name].length / size),
  )
  const score = FIELDS.reduce((sum, name) => sum + contributions[name], 0)
  return { id, documentId, score, contributions }
}

/** BM25, in the order of the question, as the embedded index adds up. */
function sumOf(
  keys: readonly string[],
  asked: ReadonlyMap<string, AskedTerm>,
  averageLength: number,
): number {
  const frequencies = new Map<string, number>()
  for (const key of keys) {
    if (asked.has(key)) frequencies.set(key, (frequencies.get(key) ?? 0) + 1)
  }
  let sum = 0
  for (const [key, { weight, rarity }] of asked) {
    const frequency = frequencies.get(key) ?? 0
    if (frequency > 0) sum += weight * rarity * fractionOf(frequency, keys.length, averageLength)
  }
  return sum
}
