/**
 * The singular of an English plural in lower case, or undefined where it looks like none. It need
 * not be a word: it only has to be the same for both.
 *
 * Source: Harman, How effective is suffixing?, JASIS 42(1), 1991: the S stemmer.
 */
export function singularOf(word: string): string | undefined {
  if (!/^[a-z]{3,}s$/.test(word)) return undefined
  if (/[^ea]ies$/.test(word)) return `${word.slice(0, -3)}y`
  if (/(?:[^aeo]es|[^usea]s)$/.test(word)) return word.slice(0, -1)
  return undefined
}
