import type { KnowledgeBaseId, Tenant } from '@dure/contracts'
import { withDeadline } from '@dure/kernel'
import { type Analysis, type Analyzer, type Explanation, respeltQuestion } from '@dure/retrieval'
import { knowledgeBaseNotFound } from '../knowledge-bases/knowledge-base.ts'
import type { SearchStore } from '../search/store.ts'
import type { RetrievalStore } from '../stores/retrieval-store.ts'
import type { UserDictionaries } from '../user-dictionaries/user-dictionaries.ts'

/** What becomes of a text when it is a passage, or a question. */
export interface TextAnalysis extends Analysis, Explanation {
  readonly analyzerVersion: string
  readonly bigrams: readonly string[]
  /** As a question it would be searched in this spelling, too; null: it looks right. */
  readonly respelling: string | null
}

export interface TextAnalysisService {
  /**
   * @throws NotFoundError `knowledge-base.not-found`
   * @throws UnavailableError `search.index-behind` @throws DeadlineExceededError `search.timed-out`
   */
  analyze(tenant: Tenant, id: KnowledgeBaseId, text: string): Promise<TextAnalysis>
}

export interface TextAnalysisDependencies {
  readonly store: Pick<SearchStore, 'bases'>
  readonly passages: Pick<RetrievalStore, 'open'>
  readonly analyzer: () => Analyzer
  readonly dictionaries: Pick<UserDictionaries, 'of'>
}

const DEADLINE = { timeoutMs: 30_000, code: 'search.timed-out', what: 'The analysis' } as const

export function createTextAnalysisService(parts: TextAnalysisDependencies): TextAnalysisService {
  return {
    analyze: (tenant, id, text) =>
      withDeadline(DEADLINE, async () => {
        const base = (await parts.store.bases(tenant, [id])).get(id)
        if (!base) throw knowledgeBaseNotFound()
        const words = await parts.dictionaries.of(tenant, base.wordsVersion)
        const analyzer = words ? parts.analyzer().withWords(words) : parts.analyzer()
        const index = await parts.passages.open(tenant, id, base.generation)
        return {
          analyzerVersion: analyzer.version,
          ...analyzer.explain(text),
          ...analyzer.analyze(text),
          bigrams: analyzer.bigrams(text),
          respelling: respeltQuestion(text, { analyzer, index }) ?? null,
        }
      }),
  }
}
