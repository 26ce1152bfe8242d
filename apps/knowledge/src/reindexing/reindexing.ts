import type { KnowledgeBaseId, Tenant } from '@dure/contracts'
import { ConflictError, InvalidInputError, NotFoundError } from '@dure/kernel'

export const STATUSES = ['running', 'done', 'failed', 'cancelled'] as const

/** Vectors of a base by another model, made beside those by which it is searched. */
export interface Reindexing {
  readonly knowledgeBaseId: KnowledgeBaseId
  readonly embeddingModel: string
  readonly status: (typeof STATUSES)[number]
  /** Passages that have a new vector. */
  readonly doneCount: number
  /** Passages there were when it began: more may have come. */
  readonly totalCount: number
  readonly error: { readonly code: string; readonly message: string } | undefined
  /** When it goes on; undefined: it does not wait. */
  readonly nextAt: Date | undefined
  readonly createdAt: Date
  readonly updatedAt: Date
}

export interface BaseKey {
  readonly tenant: Tenant
  readonly knowledgeBaseId: KnowledgeBaseId
}

export function reindexingNotFound(): NotFoundError {
  return new NotFoundError('reindex.not-found', 'The knowledge base was never indexed anew')
}

export function alreadyUnderWay(): ConflictError {
  return new ConflictError(
    'reindex.already-under-way',
    'The knowledge base is being indexed anew: wait until that is done, or cancel it with DELETE',
  )
}

export function notUnderWay(): ConflictError {
  return new ConflictError(
    'reindex.not-under-way',
    'It has ended already: there is nothing to cancel',
  )
}

/** Rows of an engine have the vector in them: they would have to be there twice. */
export function notWithEngine(): InvalidInputError {
  return new InvalidInputError(
    'reindex.not-with-engine',
    'With an engine outside (RETRIEVAL_STORE), vectors cannot be made side by side: make another knowledge base',
  )
}
