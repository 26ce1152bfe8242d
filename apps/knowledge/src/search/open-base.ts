import type { KnowledgeBaseId, Tenant } from '@dure/contracts'
import {
  type QuestionAnalyzer,
  type QuestionAnalyzerParts,
  questionAnalyzer,
} from '../analysis/question-analyzer.ts'
import type { BaseSearch, RetrievalStore } from '../stores/retrieval-store.ts'
import type { SearchableBase } from './store.ts'

/** A base as it is searched, and who reads questions for it. */
export interface OpenBase {
  readonly id: KnowledgeBaseId
  readonly index: BaseSearch
  readonly reader: QuestionAnalyzer
}

export interface OpenBaseParts extends QuestionAnalyzerParts {
  readonly passages: Pick<RetrievalStore, 'open'>
}

export async function openBase(
  parts: OpenBaseParts,
  tenant: Tenant,
  [id, base]: readonly [KnowledgeBaseId, SearchableBase],
): Promise<OpenBase> {
  const { generation, analyzerVersion, wordsVersion: current } = base
  const analyzerFor = (version: string | null) =>
    questionAnalyzer(parts, tenant, { version, current })
  const [index, likely] = await Promise.all([
    parts.passages.open(tenant, id, generation),
    analyzerFor(analyzerVersion),
  ])
  // Since its row was read, it may have got other terms.
  const { analyzerVersion: actual = null } = index
  return { id, index, reader: actual === analyzerVersion ? likely : await analyzerFor(actual) }
}
