import type { KnowledgeBaseId } from '@dure/contracts'
import { InvalidInputError, NotFoundError } from '@dure/kernel'

/** The unit of search: its documents are ranked against each other. */
export interface KnowledgeBase {
  readonly id: KnowledgeBaseId
  readonly name: string
  /** Makes the vectors of its passages; undefined: it is searched by words alone. */
  readonly embeddingModel: string | undefined
  /** What its vectors count for in a search by both, from 0 to 1; words count for the rest. */
  readonly vectorWeight: number
  readonly createdAt: Date
}

/** The same answer for one that is not there and for one of somebody else. */
export function knowledgeBaseNotFound(): NotFoundError {
  return new NotFoundError('knowledge-base.not-found', 'There is no such knowledge base')
}

export function unknownEmbeddingModel(configured: string): InvalidInputError {
  const offer = configured === '' ? 'none' : `${configured}, or null for none`
  return new InvalidInputError(
    'knowledge-base.unknown-embedding-model',
    `This installation has another model for vectors: ${offer}`,
    [{ pointer: '#/embeddingModel', message: 'is not the model of this installation' }],
  )
}
