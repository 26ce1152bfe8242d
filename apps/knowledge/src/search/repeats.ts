import type { SearchHit } from '@dure/contracts'

/**
 * Without passages that say the same under the same headings as a better one: identical files under several names would
 * take the places of what else there is.
 *
 * @param hits best first
 */
export function withoutRepeats(hits: readonly SearchHit[]): SearchHit[] {
  const said = new Set<string>()
  return hits.filter(({ headings, text }) => {
    const words = JSON.stringify([headings, text])
    if (said.has(words)) return false
    said.add(words)
    return true
  })
}
