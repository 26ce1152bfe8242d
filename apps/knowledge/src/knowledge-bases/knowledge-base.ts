import type { KnowledgeBaseId } from '@dure/contracts'
import { NotFoundError } from '@dure/kernel'

/** The unit of search: its documents are ranked against each other. */
export interface KnowledgeBase {
  readonly id: KnowledgeBaseId
  readonly name: string
  readonly createdAt: Date
}

/** The same answer for one that is not there and for one of somebody else. */
export function knowledgeBaseNotFound(): NotFoundError {
  return new NotFoundError('knowledge-base.not-found', 'There is no such knowledge base')
}
