import type { Template, Wording } from './template.ts'

/** One template, and how much of a question it answers: 0 is nothing, and there is no most. */
export interface Ranked {
  readonly template: Template
  readonly score: number
}

const WEIGHTS = { keywords: 2, title: 2, description: 1 } as const
const MAX_QUERY = 2000

/**
 * Templates by what they share with a text, in Korean or English, best first; of equals the gallery's
 * order counts. Hangul is compared by pairs of syllables, so that particles and spaces do not matter,
 * and Latin words by their beginning; what many templates have counts little. An empty text ranks
 * nothing: all of them score 0.
 */
export function rankTemplates(gallery: readonly Template[], text: string): Ranked[] {
  const asked = piecesOf(text.slice(0, MAX_QUERY))
  const known = gallery.map(weighedPieces)
  const rarity = (piece: string) => {
    const holders = known.filter((pieces) => pieces.has(piece)).length
    return holders === 0 ? 0 : Math.log(1 + gallery.length / holders)
  }
  const rarities = new Map([...asked].map((piece) => [piece, rarity(piece)]))
  return gallery
    .map((template, index) => {
      const pieces = known[index] ?? new Map<string, number>()
      let score = 0
      for (const [piece, rare] of rarities) score += rare * (pieces.get(piece) ?? 0)
      return { template, score }
    })
    .toSorted((one, other) => other.score - one.score)
}

function weighedPieces({ title, description, keywords }: Template): Map<string, number> {
  const pieces = new Map<string, number>()
  const add = (text: string, weight: number) => {
    for (const piece of piecesOf(text)) pieces.set(piece, Math.max(weight, pieces.get(piece) ?? 0))
  }
  add(bothOf(description), WEIGHTS.description)
  add(bothOf(title), WEIGHTS.title)
  add([...keywords.ko, ...keywords.en].join(' . '), WEIGHTS.keywords)
  return pieces
}

const bothOf = ({ ko, en }: Wording) => `${ko} . ${en}`

/** Says nothing of what is wanted. */
const STOP_WORDS = new Set(
  'a an and are as at be by each every for from give i in into is it me my of on one or please that the them then this to want when with workflow'.split(
    ' ',
  ),
)

function piecesOf(text: string): Set<string> {
  const pieces = new Set<string>()
  for (const [word] of text
    .normalize('NFC')
    .toLowerCase()
    .matchAll(/\p{Script=Hangul}+|[a-z0-9]+/gu)) {
    if (/^[a-z0-9]/.test(word)) {
      if (!STOP_WORDS.has(word)) pieces.add(stemOf(word))
    } else if (word.length === 1) pieces.add(word)
    else for (let at = 0; at + 2 <= word.length; at += 1) pieces.add(word.slice(at, at + 2))
  }
  return pieces
}

/** `summaries`, `summarize` and `summary` begin alike; so do few words that mean different things. */
function stemOf(word: string): string {
  return word.length <= 4
    ? word.replace(/s$/, '')
    : word.replace(/(?:ing|ed|es|s)$/, '').slice(0, 6)
}
