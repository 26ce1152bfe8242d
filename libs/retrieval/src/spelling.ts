import { normalise } from './korean/normalise.ts'
import { neighboursOf } from './korean/syllable.ts'

/** What is known of the language and of the passages that are searched. */
export interface SpellingKnowledge {
  /** How many passages there are. */
  readonly chunks: number
  /** In how many of them two syllables stand side by side. */
  holders(bigram: string): number
  /** @see Analyzer.strangeness */
  strangeness(text: string): number
}

/** Longer questions have enough words that are right, and would take long. */
const MAX_LENGTH = 200
/** Pairs of syllables in fewer passages than one of so many make their syllables suspect. */
const RARE = 10_000
/** Candidates per syllable, the most frequent in the passages first, that the dictionary is asked about. */
const MAX_CANDIDATES = 6
/** Syllables on either side of a suspect one that its reading may depend on. */
const WINDOW = 6
/** Logarithm of the odds that a syllable is right, before anything is known of its neighbours. */
const TRUST = 6
/** What a pair that was never seen counts for. */
const UNSEEN = 0.3

/**
 * A question with its probable typing errors mended, or undefined where there are none.
 *
 * A noisy channel (Kernighan, Church and Gale, A spelling correction program based on a noisy channel
 * model, COLING 1990) with one kind of error: a syllable with one wrong jamo. The source is a product
 * of two witnesses, how often the pairs of syllables occur in the passages and how well the word
 * reads by the dictionary; both must prefer the other spelling, and together by more than `TRUST`.
 * Of two neighbours only the better one is mended.
 */
export function respell(text: string, knowledge: SpellingKnowledge): string | undefined {
  const characters = Array.from(normalise(text).text)
  if (characters.length > MAX_LENGTH || knowledge.chunks === 0) return undefined
  const corrections = characters
    .flatMap((_, at) => correctionAt(characters, at, knowledge) ?? [])
    .sort((a, b) => b.gain - a.gain)
  if (corrections.length === 0) return undefined
  const mended = new Set<number>()
  const result = [...characters]
  for (const { at, syllable } of corrections) {
    const isNextToOne = [before(characters, at), after(characters, at)].some((neighbour) =>
      mended.has(neighbour),
    )
    if (isNextToOne) continue
    mended.add(at)
    result[at] = syllable
  }
  return result.join('')
}

interface Correction {
  readonly at: number
  readonly syllable: string
  /** Logarithm of the odds for it. */
  readonly gain: number
}

type Text = readonly string[]

function correctionAt(
  text: Text,
  at: number,
  knowledge: SpellingKnowledge,
): Correction | undefined {
  const syllable = text[at] ?? ''
  const previous = text[before(text, at)] ?? ''
  const next = text[after(text, at)] ?? ''
  if (!isSyllable(syllable)) return undefined
  const pairsOf = (middle: string) => [
    ...(isSyllable(previous) ? [knowledge.holders(previous + middle)] : []),
    ...(isSyllable(next) ? [knowledge.holders(middle + next)] : []),
  ]
  const isRare = (count: number) => count * RARE < knowledge.chunks
  const own = pairsOf(syllable)
  if (!own.some(isRare)) return undefined
  const familiarity = (counts: readonly number[]) =>
    counts.reduce((sum, count) => sum + Math.log(count + UNSEEN), 0)
  const ownFamiliarity = familiarity(own)
  const candidates = neighboursOf(syllable)
    .map((other) => ({ other, gain: familiarity(pairsOf(other)) - ownFamiliarity }))
    .filter(({ gain }) => gain > 0)
    .sort((a, b) => b.gain - a.gain)
    .slice(0, MAX_CANDIDATES)
  return bestReading(candidates, { text, at, knowledge })
}

interface Place {
  readonly text: Text
  readonly at: number
  readonly knowledge: SpellingKnowledge
}

function bestReading(
  candidates: readonly { readonly other: string; readonly gain: number }[],
  { text, at, knowledge }: Place,
): Correction | undefined {
  if (candidates.length === 0) return undefined
  const [start, end] = wordAround(text, at)
  const reading = (syllable: string) =>
    knowledge.strangeness([...text.slice(start, at), syllable, ...text.slice(at + 1, end)].join(''))
  const own = reading(text[at] ?? '')
  let best: Correction | undefined
  for (const { other, gain: familiarity } of candidates) {
    const betterReading = own - reading(other)
    const gain = familiarity + betterReading
    if (betterReading < 0 || gain <= (best?.gain ?? TRUST)) continue
    best = { at, syllable: other, gain }
  }
  return best
}

function wordAround(text: Text, at: number): [start: number, end: number] {
  let start = at
  while (start > 0 && text[start - 1] !== ' ' && at - start < WINDOW) start--
  let end = at + 1
  while (end < text.length && text[end] !== ' ' && end - at <= WINDOW) end++
  return [start, end]
}

/** The place before this one, across a space. */
function before(text: Text, at: number): number {
  return text[at - 1] === ' ' ? at - 2 : at - 1
}

function after(text: Text, at: number): number {
  return text[at + 1] === ' ' ? at + 2 : at + 1
}

function isSyllable(character: string): boolean {
  return character >= '가' && character <= '힣'
}
