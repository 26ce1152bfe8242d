import { categoryOf, LETTERS_MARK } from './char-info.ts'
import type { Dictionary } from './dictionary.ts'
import { jamoOf } from './syllable.ts'
import { kindAt, lastOfKey, leftOf, pack, rightOf, tagIdOf, type WordKind } from './tokens.ts'
import { findKey, NOWHERE } from './trie.ts'

/** What a word may be: a common noun, a name, an adverb. */
export const USER_TAGS = ['NNG', 'NNP', 'MAG'] as const
export type UserTag = (typeof USER_TAGS)[number]

/**
 * Words of the dictionary after which particles stand as after a new word: one that ends in a
 * consonant, one that ends in a vowel. Names of places and of people have classes of their own; that
 * of common nouns is the widest.
 */
const LIKE: Readonly<Record<UserTag, readonly [closed: string, open: string, tag: string]>> = {
  NNG: ['사람', '나무', 'NNG'],
  NNP: ['사람', '나무', 'NNG'],
  MAG: ['가장', '매우', 'MAG'],
}

/**
 * A frequent word of the dictionary costs about 0, two words beside each other some thousands: a new
 * word is read as one, but does not tear a longer word of the dictionary apart (`배민` in 지배민주주의).
 * By the length, so that of several new words the longest is read.
 */
const COST_PER_CHARACTER = -500
/** What the same word may cost less in the dictionary because it connects better. */
const MARGIN = 3000

/** Says how a word of a project stands between others: what it connects to, and its cost. */
export function createUserKinds(dictionary: Dictionary) {
  const { tokens, tags } = dictionary
  const idOf = new Map(Array.from(tags, ([id, tag]) => [tag, id] as const))
  const foreign = dictionary.unknownWords[
    categoryOf(dictionary.characters[LETTERS_MARK.charCodeAt(0)] ?? 0)
  ] as WordKind

  function kindsOf(surface: string): WordKind[] {
    const first = findKey(dictionary.trie, surface)
    if (first === NOWHERE) return []
    const length = lastOfKey(tokens, first) + 1 - first
    return Array.from({ length }, (_, at) => kindAt(tokens, first + at))
  }

  /** @throws Error where the dictionary lacks the word that others are to be like */
  function like(surface: string, tag: string): number {
    const kind = kindsOf(surface).find(({ packed }) => tags.get(tagIdOf(packed)) === tag)
    if (kind === undefined) throw new Error(`The dictionary has no ${surface}/${tag}`)
    return kind.packed
  }

  return (surface: string, tag: UserTag): WordKind => {
    const [closed, open, tagOfBoth] = LIKE[tag]
    const left = leftOf(like(open, tagOfBoth))
    const last = surface.slice(-1)
    const isHangul = last >= '가' && last <= '힣'
    const model = isHangul && jamoOf(last)[2] > 0 ? closed : open
    const right = rightOf(isHangul ? like(model, tagOfBoth) : foreign.packed)
    return {
      packed: pack(left, right, idOf.get(tag) ?? 0),
      cost: Math.min(
        COST_PER_CHARACTER * surface.length,
        ...kindsOf(surface).map(({ cost }) => cost - MARGIN),
      ),
    }
  }
}
