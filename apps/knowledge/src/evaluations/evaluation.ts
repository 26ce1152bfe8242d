import {
  DocumentId,
  type EvaluationId,
  type Filter,
  type KnowledgeBaseId,
  type Tenant,
} from '@dure/contracts'
import { ConflictError, type FieldProblem, InvalidInputError, NotFoundError } from '@dure/kernel'
import type { FittedWeight, QueryMetrics, SearchMode } from '@dure/retrieval'
import { type Static, Type } from 'typebox'

export const STATUSES = ['queued', 'running', 'done', 'failed'] as const
export type Status = (typeof STATUSES)[number]

/** A search or more for each: with 14 of them per query, 2,000 take minutes. */
export const MAX_QUERIES = 2000
const MAX_LABELS = 50
/** What is kept per base: its rows go with it, in one statement. */
export const MAX_EVALUATIONS = 20
/** Fewer say too little for a weight to be fitted to them. */
export const MIN_QUERIES_TO_FIT = 50
/** Tried for a fit: a finer step is within the noise of some hundred labels. */
export const WEIGHTS = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1] as const

const grade = {
  grade: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 10, description: 'How well it answers. Absent: 1' }),
  ),
}
const only = { additionalProperties: false }

export const Label = Type.Union([
  Type.Object({ documentId: DocumentId, ...grade }, only),
  Type.Object({ chunkId: Type.String({ pattern: '^chk_[0-9a-f]{32}$' }), ...grade }, only),
  Type.Object({ text: Type.String({ minLength: 2, maxLength: 2000 }), ...grade }, only),
])
export type Label = Static<typeof Label>

export const LabelledQuery = Type.Object(
  {
    query: Type.String({ minLength: 1, maxLength: 4000, examples: ['환불은 언제 되나요?'] }),
    relevant: Type.Array(Label, {
      minItems: 1,
      maxItems: MAX_LABELS,
      description: 'What answers it: a document, a passage, or whatever passage has this text',
    }),
  },
  only,
)
export type LabelledQuery = Static<typeof LabelledQuery>

/** What one query gave, in each mode. */
export interface QueryResult {
  readonly scores: Readonly<Partial<Record<SearchMode, QueryMetrics>>>
  /** nDCG@10 with each of `WEIGHTS`; absent: none is to be fitted. */
  readonly byWeight?: readonly number[]
}

export interface ModeScores extends QueryMetrics {
  readonly mode: SearchMode
  /** They bound nDCG@10 with 95 % confidence. */
  readonly low: number
  readonly high: number
}

export interface Outcome {
  readonly scores: readonly ModeScores[]
  /** Absent: too few queries, or no vectors. */
  readonly fitted?: FittedWeight
}

export interface Evaluation {
  readonly id: EvaluationId
  readonly knowledgeBaseId: KnowledgeBaseId
  readonly name: string
  readonly status: Status
  readonly modes: readonly SearchMode[]
  /** Null: all documents are searched. */
  readonly filter: Filter | null
  readonly queryCount: number
  readonly doneCount: number
  readonly outcome: Outcome | undefined
  readonly error: { readonly code: string; readonly message: string } | undefined
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** Where an evaluation stands; all are checked together. */
export interface EvaluationKey {
  readonly tenant: Tenant
  readonly knowledgeBaseId: KnowledgeBaseId
  readonly evaluationId: EvaluationId
}

export function evaluationNotFound(): NotFoundError {
  return new NotFoundError('evaluation.not-found', 'There is no such evaluation')
}

export function alreadyUnderWay(): ConflictError {
  return new ConflictError(
    'evaluation.already-under-way',
    'This knowledge base is being evaluated: wait until that is done, or delete it',
  )
}

export function tooManyEvaluations(): ConflictError {
  return new ConflictError(
    'evaluation.too-many',
    `A knowledge base keeps at most ${MAX_EVALUATIONS} evaluations: delete one`,
  )
}

export function unknownLabels(fields: readonly FieldProblem[]): InvalidInputError {
  return new InvalidInputError(
    'evaluation.unknown-label',
    'Some labels name what is not in this knowledge base',
    fields,
  )
}

export function nothingFitted(): ConflictError {
  return new ConflictError(
    'evaluation.nothing-fitted',
    `No weight was fitted: that needs an evaluation that is done, of ${MIN_QUERIES_TO_FIT} queries or more, and vectors`,
  )
}
