import { DIGITS_MARK, LETTERS_MARK } from './char-info.ts'
import type { Dictionary } from './dictionary.ts'
import type { Word } from './lattice.ts'
import { type ProtectedRun, protectedRuns } from './protect.ts'
import { userWordsIn } from './user-matches.ts'
import { partEnds, type UserDictionary, userWordOf } from './user-words.ts'
import { createSegmenter } from './viterbi.ts'

/** Hears what a text is made of, in its order. Offsets are those of the normalised text. */
export interface ReadingListener {
  /** A run that no analysis may cut. */
  run(run: ProtectedRun): void
  /** Any other word; its offsets are those of `block`, which begins at `from`. */
  word(word: Word, block: string, from: number): void
  /** A word of the project, and where each of its parts ends. */
  userWord(word: Word, start: number, ends: readonly number[]): void
}

export interface Reading {
  /** @param words of the project, if it has any */
  read(text: string, words: UserDictionary | undefined, listener: ReadingListener): void
  /** What it costs to read a short text: the less, the more it is like the texts that the dictionary is of. */
  cost(text: string, words: UserDictionary | undefined): number
}

/** Reads normalised texts. */
export function createReading(dictionary: Dictionary): Reading {
  const segmenter = createSegmenter(dictionary)

  return {
    read(text, words, listener) {
      const runs = protectedRuns(text)
      // A mark is one character where the run it stands for may be many: what follows is shifted.
      let shift = 0
      let nextRun = 0
      for (const { text: block, start } of blocks(mask(text, runs))) {
        const own = { text: block, from: start + shift, runs, nextRun }
        const extras = words && userWordsIn(words, text, own)
        for (const word of segmenter.words(block, extras)) {
          const from = start + shift
          const begin = from + word.start
          const userWord = userWordOf(word.token)
          const run = runs[nextRun]
          if (words && userWord >= 0) {
            const ends = partEnds(words, userWord).map((at) => begin + at)
            const end = ends.at(-1) ?? begin
            listener.userWord(word, begin, ends)
            for (let inner = run; inner && inner.start < end; inner = runs[++nextRun]) {
              shift += inner.end - inner.start - 1
            }
          } else if (run?.start === begin) {
            listener.run(run)
            shift += run.end - run.start - 1
            nextRun++
          } else listener.word(word, block, from)
        }
      }
    },

    cost(text, words) {
      const block = { text, from: 0, runs: [], nextRun: 0 }
      return segmenter.cost(text, words && userWordsIn(words, text, block))
    },
  }
}

function mask(text: string, runs: readonly ProtectedRun[]): string {
  const pieces: string[] = []
  let done = 0
  for (const { kind, start, end } of runs) {
    pieces.push(text.slice(done, start), kind === 'number' ? DIGITS_MARK : LETTERS_MARK)
    done = end
  }
  return pieces.join('') + text.slice(done)
}

/** Long enough for a sentence; it bounds the memory of the lattice. */
const MAX_BLOCK = 1024

/** Lines; longer ones are cut at their last space within the bound, or where the bound is. */
function* blocks(text: string): Generator<{ readonly text: string; readonly start: number }> {
  let start = 0
  while (start < text.length) {
    const end = blockEnd(text, start)
    yield { text: text.slice(start, end), start }
    start = end
  }
}

function blockEnd(text: string, start: number): number {
  const line = text.slice(start, start + MAX_BLOCK)
  const feed = line.indexOf('\n')
  if (feed >= 0) return start + feed + 1
  if (start + MAX_BLOCK >= text.length) return text.length
  const space = line.lastIndexOf(' ')
  if (space > 0) return start + space
  const isPair = /[\ud800-\udbff]$/.test(line)
  return start + MAX_BLOCK - (isPair ? 1 : 0)
}
