import type { Tenant } from '@dure/contracts'
import { analyzerVersion } from '@dure/retrieval'
import type { UserDictionaries } from '../user-dictionaries/user-dictionaries.ts'
import type { PassageTerms, PassageText } from './passage-terms.ts'
import type { ThreadPool } from './threads/thread-pool.ts'

/** Analyses passages of a project; what it says goes into an index of this version. */
export interface PassageAnalyzer {
  readonly version: string
  /** @throws UnavailableError as `ThreadPool.run` */
  analyze(passages: readonly PassageText[]): Promise<readonly PassageTerms[]>
}

/** The analyzer of a project as it is now: whoever begins a document takes one for all of it. */
export type AnalyzerOfProject = (tenant: Tenant) => Promise<PassageAnalyzer>

export function createPassageAnalyzers(
  threads: ThreadPool,
  dictionaries: Pick<UserDictionaries, 'current'>,
): AnalyzerOfProject {
  return async (tenant) => {
    const words = await dictionaries.current(tenant)
    return {
      version: analyzerVersion(words?.version),
      analyze: (passages) => threads.run({ passages, words }),
    }
  }
}
