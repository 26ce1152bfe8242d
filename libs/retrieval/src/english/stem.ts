import { stem } from 'porter2'

/** Shorter ones are names more often than forms of words: `aws`, `ios`, `dns`. Longer ones are no words. */
const WORD = /^[a-z]{4,40}$/

/**
 * What the forms of an English word in lower case have in common; any other word is its own stem. It need not be a word: it
 * only has to be the same for all of them.
 *
 * Source: Porter, The English (Porter2) stemming algorithm, https://snowballstem.org/algorithms/english/stemmer.html
 */
export function stemOf(word: string): string {
  return WORD.test(word) ? stem(word) : word
}
