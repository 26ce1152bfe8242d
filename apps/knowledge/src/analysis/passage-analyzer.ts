import type { Tenant } from '@dure/contracts'
import { analyzerVersion } from '@dure/retrieval'
import type { UserDictionaries } from '../user-dictionaries/user-dictionaries.ts'
import type { PassageTerms, PassageText } from './passage-terms.ts'
import type { ThreadPool } from './threads/thread-pool.ts'
import { isOurs, wordsOf } from './versions.ts'

/** Analyses passages of a project; what it says goes into an index of this version. */
export interface PassageAnalyzer {
  readonly version: string
  /** @throws UnavailableError as `ThreadPool.run` */
  analyze(passages: readonly PassageText[]): Promise<readonly PassageTerms[]>
}

/** Of some version, with the rules of this process and the words of the project. */
export type AnalyzerOfVersion = (tenant: Tenant, version: string) => Promise<PassageAnalyzer>

export function createPassageAnalyzers(
  threads: ThreadPool,
  dictionaries: Pick<UserDictionaries, 'of'>,
): AnalyzerOfVersion {
  return async (tenant, version) => {
    const words = await dictionaries.of(tenant, wordsOf(version))
    return {
      version: analyzerVersion(words?.version),
      analyze: (passages) => threads.run({ passages, words }),
    }
  }
}

/** Which analyzers the passages of a base are for. */
export interface WantedAnalyzers {
  /** By whose terms it is searched; null: by those of several. */
  readonly inUse: string | null
  /** Whose terms are made for all its passages, to be searched by next; null: there are none. */
  readonly next: string | null
  /** Version of the words of the project, as they are now; null: there are none. */
  readonly words: string | null
}

/** Versions that this process can make for the passages of a base, the one that counts first; one at least. */
export function versionsFor({ inUse, next, words }: WantedAnalyzers): string[] {
  const made = [inUse, next].filter((version) => version !== null).filter(isOurs)
  return made.length > 0 ? [...new Set(made)] : [analyzerVersion(words ?? undefined)]
}
