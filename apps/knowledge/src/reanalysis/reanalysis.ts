import type { KnowledgeBaseId } from '@dure/contracts'
import { ConflictError, InvalidInputError, NotFoundError } from '@dure/kernel'

export const STATUSES = ['running', 'done', 'failed', 'cancelled'] as const

/** Terms of a base by another analyzer, made beside those by which it is searched. */
export interface Reanalysis {
  readonly knowledgeBaseId: KnowledgeBaseId
  /** Of the rules and words that make them. */
  readonly analyzerVersion: string
  readonly status: (typeof STATUSES)[number]
  /** Passages that have got new terms. */
  readonly doneCount: number
  /** Passages there were when it began: more may have come, and some may have had them. */
  readonly totalCount: number
  readonly error: { readonly code: string; readonly message: string } | undefined
  readonly createdAt: Date
  readonly updatedAt: Date
}

export function reanalysisNotFound(): NotFoundError {
  return new NotFoundError(
    'reanalysis.not-found',
    'The knowledge base has the terms that it was made with',
  )
}

export function alreadyUnderWay(): ConflictError {
  return new ConflictError(
    'reanalysis.already-under-way',
    'Terms are being made, or removed: wait until that is done, or cancel it with DELETE',
  )
}

export function notUnderWay(): ConflictError {
  return new ConflictError(
    'reanalysis.not-under-way',
    'It has ended already: there is nothing to cancel',
  )
}

/** Rows of an engine have the terms in them: its documents are made anew one by one instead, by themselves. */
export function notWithEngine(): InvalidInputError {
  return new InvalidInputError(
    'reanalysis.not-with-engine',
    'With an engine outside (RETRIEVAL_STORE), documents are analysed anew by themselves, one after the other',
  )
}
