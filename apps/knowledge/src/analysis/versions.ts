import { ANALYZER_VERSION } from '@dure/retrieval'

// A version is `ko-4`, or with words of a project `ko-4+0f…`: `analyzerVersion` in libs/retrieval.

/** Of the rules alone. */
export function rulesOf(version: string | null | undefined): string | undefined {
  return version?.split('+')[0]
}

/** Of the words of a project; null: there are none. */
export function wordsOf(version: string): string | null {
  return version.split('+')[1] ?? null
}

/** Whether this process has the rules of an analyzer. */
export function isOurs(version: string): boolean {
  return rulesOf(version) === ANALYZER_VERSION
}
