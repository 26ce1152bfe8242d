import type { Tenant } from '@dure/contracts'
import type { Analyzer } from '@dure/retrieval'
import type { UserDictionaries } from '../user-dictionaries/user-dictionaries.ts'
import { isOurs, wordsOf } from './versions.ts'

export interface QuestionAnalyzerParts {
  readonly analyzer: () => Analyzer
  readonly dictionaries: Pick<UserDictionaries, 'of'>
}

/** Reads questions to an index. */
export interface QuestionAnalyzer {
  readonly analyzer: Analyzer
  /** Whether its terms are those that the index has; else it is the next best. */
  readonly isExact: boolean
}

/**
 * The analyzer that has made the terms of an index, so that questions meet them, whatever the words of the project are by now.
 *
 * @param version of the terms; null: they may be of several, and the analyzer of now is the best for them
 * @param current version of the words, as they are now
 */
export async function questionAnalyzer(
  { analyzer, dictionaries }: QuestionAnalyzerParts,
  tenant: Tenant,
  { version, current }: { readonly version: string | null; readonly current: string | null },
): Promise<QuestionAnalyzer> {
  const words = await dictionaries.of(tenant, version === null ? current : wordsOf(version))
  const own = words ? analyzer().withWords(words) : analyzer()
  return {
    analyzer: own,
    isExact: version === null || (isOurs(version) && own.version === version),
  }
}
