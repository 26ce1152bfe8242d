import type { ProtectedRun } from './protect.ts'
import { TOKEN_SIZE } from './tokens.ts'
import { type UserDictionary, userToken, wordsAt } from './user-words.ts'
import type { ExtraWord, ExtraWords } from './viterbi.ts'

/** A piece of a masked text, in which each protected run is one character. */
export interface MaskedBlock {
  readonly text: string
  /** Where it begins in the text that is not masked, and its first run. */
  readonly from: number
  readonly runs: readonly ProtectedRun[]
  readonly nextRun: number
}

/** The words of a project that may stand in a block. None begins or ends within a run. */
export function userWordsIn(words: UserDictionary, text: string, block: MaskedBlock): ExtraWords {
  const places = placesOf(block)
  const found = new Map<number, ExtraWord[]>()
  for (let start = 0; start < block.text.length; start++) {
    wordsAt(words, text, places[start] as number, (word, endPlace) => {
      let end = start + 1
      while ((places[end] as number) < endPlace) end++
      if (places[end] !== endPlace) return
      const [packed = 0, cost = 0] = words.tokens.subarray(TOKEN_SIZE * word)
      const here = found.get(start) ?? []
      here.push({ end, token: userToken(word), packed, cost })
      found.set(start, here)
    })
  }
  return found
}

/** Where each character of the block, and its end, is in the text that is not masked. */
function placesOf({ text, from, runs, nextRun }: MaskedBlock): number[] {
  const places: number[] = []
  let place = from
  let run = nextRun
  for (let at = 0; at < text.length; at++) {
    places.push(place)
    const here = runs[run]
    if (here?.start === place) {
      place = here.end
      run++
    } else place++
  }
  places.push(place)
  return places
}
