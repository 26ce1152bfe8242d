import type { KnowledgeBaseId } from '@dure/contracts'
import { ConflictError, InvalidInputError, NotFoundError } from '@dure/kernel'
import type { Chunking } from '../ingestion/chunking.ts'

/** The unit of search: its documents are ranked against each other. */
export interface KnowledgeBase {
  readonly id: KnowledgeBaseId
  readonly name: string
  /** Makes the vectors of its passages; undefined: it is searched by words alone. */
  readonly embeddingModel: string | undefined
  /** What its vectors count for in a search by both, from 0 to 1; words count for the rest. */
  readonly vectorWeight: number
  /** How a search by both makes one list of two. */
  readonly fusion: 'weighted' | 'rrf'
  /** What scores less is never found; a search may ask for more. */
  readonly minScore: number
  /** Whether a reranker, where one is configured, has the last word. */
  readonly rerank: boolean
  /** How its documents are cut; undefined: what is found is given. */
  readonly chunking: Chunking | undefined
  readonly createdAt: Date
}

/** What may be changed at any time. */
export type Settings = Pick<
  KnowledgeBase,
  'name' | 'vectorWeight' | 'fusion' | 'minScore' | 'rerank'
> & { readonly chunking: Chunking | null }

/** @throws InvalidInputError `knowledge-base.invalid-chunking` */
export function usableChunking(chunking: Chunking | null | undefined): Chunking | undefined {
  if (!chunking || chunking.childChars * 2 <= chunking.parentChars) return chunking ?? undefined
  throw new InvalidInputError(
    'knowledge-base.invalid-chunking',
    'What is given must have room for two of what is found: let `parentChars` be twice `childChars`, or more',
    [{ pointer: '#/chunking/parentChars', message: 'is less than twice childChars' }],
  )
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

export function baseChanged(): ConflictError {
  const message = 'It is not what you have seen: get it again'
  return new ConflictError('knowledge-base.changed', message)
}

/** All passages would need new vectors, and until they have them, questions would not meet them. */
export function modelIsFixed(): InvalidInputError {
  return new InvalidInputError(
    'knowledge-base.model-is-fixed',
    'The model of a knowledge base is not changed in place, as its passages have vectors by it: make new ones beside them with POST …/reindex',
    [{ pointer: '#/embeddingModel', message: 'cannot be changed' }],
  )
}
