import { randomUUIDv7 } from 'node:crypto'
import {
  type EvaluationId,
  evaluationQueue,
  type Filter,
  type OutgoingMessage,
  outgoing,
} from '@dure/contracts'
import { type FieldProblem, prefixedId } from '@dure/kernel'
import { decodeCursor, encodeCursor, invalidCursor, pageKeyOf, pageOf } from '@dure/platform'
import { SEARCH_MODES, type SearchMode } from '@dure/retrieval'
import type { KnowledgeBase } from '../knowledge-bases/knowledge-base.ts'
import type { IsExpected, KnowledgeBaseService } from '../knowledge-bases/service.ts'
import { matcherOf } from '../search/filter.ts'
import {
  alreadyUnderWay,
  type Evaluation,
  type EvaluationKey,
  evaluationNotFound,
  type LabelledQuery,
  MAX_EVALUATIONS,
  nothingFitted,
  tooManyEvaluations,
  unknownLabels,
} from './evaluation.ts'
import type { EvaluatedQuery, EvaluationStore } from './store.ts'

type Shelf = Omit<EvaluationKey, 'evaluationId'>
interface PageOf<Item> {
  readonly data: Item[]
  readonly nextCursor: string | null
}

export interface EvaluationService {
  /**
   * Asked in the background, one after the other, in each mode that the base can do.
   *
   * @throws NotFoundError `knowledge-base.not-found`
   * @throws InvalidInputError `evaluation.unknown-label`, `search.invalid-filter`
   * @throws ConflictError `evaluation.already-under-way`, `evaluation.too-many`
   */
  create(
    shelf: Shelf,
    evaluation: {
      readonly name: string
      readonly queries: readonly LabelledQuery[]
      /** Absent: all documents are searched. */
      readonly filter?: Filter
    },
  ): Promise<Evaluation>
  /** @throws NotFoundError `evaluation.not-found` */
  get(key: EvaluationKey): Promise<Evaluation>
  /** @throws NotFoundError `knowledge-base.not-found`; InvalidInputError `page.invalid-cursor` */
  list(shelf: Shelf, page: { limit: number; cursor?: string }): Promise<PageOf<Evaluation>>
  /** In their order. @throws NotFoundError `evaluation.not-found`; InvalidInputError `page.invalid-cursor` */
  results(
    key: EvaluationKey,
    page: { limit: number; cursor?: string },
  ): Promise<PageOf<EvaluatedQuery>>
  /** Whoever works on it stops. @throws NotFoundError `evaluation.not-found` */
  remove(key: EvaluationKey): Promise<void>
  /**
   * Gives the base the weight that was fitted.
   *
   * @throws NotFoundError `evaluation.not-found`, `knowledge-base.not-found`
   * @throws ConflictError `evaluation.nothing-fitted`, `knowledge-base.changed`
   */
  apply(key: EvaluationKey, isExpected: IsExpected): Promise<KnowledgeBase>
}

export interface EvaluationServiceDependencies {
  readonly store: EvaluationStore
  readonly bases: KnowledgeBaseService
  /** A hint: when it is lost, the sweeper finds the evaluation. */
  readonly send: (message: OutgoingMessage) => void
}

export function createEvaluationService(parts: EvaluationServiceDependencies): EvaluationService {
  const { store, bases, send } = parts
  const get = async (key: EvaluationKey) => {
    const evaluation = await store.find(key)
    if (!evaluation) throw evaluationNotFound()
    return evaluation
  }
  return {
    get,

    async create(shelf, { name, queries, filter }) {
      if (filter) matcherOf(filter)
      const { embeddingModel } = await bases.get(shelf.tenant, shelf.knowledgeBaseId)
      if ((await store.count(shelf)) >= MAX_EVALUATIONS) throw tooManyEvaluations()
      await requireKnown(store, shelf, queries)
      const modes: readonly SearchMode[] = embeddingModel ? SEARCH_MODES : ['keyword']
      const key = { ...shelf, evaluationId: prefixedId('eval', randomUUIDv7()) as EvaluationId }
      const evaluation = await store.create(key, { name, modes, queries, filter })
      if (!evaluation) throw alreadyUnderWay()
      send(evaluateMessage(key))
      return evaluation
    },

    async list(shelf, { limit, cursor }) {
      const after = pageKeyOf(cursor, 'eval')
      await bases.get(shelf.tenant, shelf.knowledgeBaseId)
      return pageOf(await store.list(shelf, { limit, ...(after && { after }) }), limit)
    },

    async results(key, { limit, cursor }) {
      await get(key)
      const rows = await store.queries(key, { limit, from: ordinalOf(cursor) })
      const next = rows[limit]
      return {
        data: rows.slice(0, limit),
        nextCursor: next ? encodeCursor([String(next.ordinal)]) : null,
      }
    },

    async remove(key) {
      if (!(await store.remove(key))) throw evaluationNotFound()
    },

    async apply(key, isExpected) {
      const fitted = (await get(key)).outcome?.fitted
      if (!fitted) throw nothingFitted()
      const settings = { vectorWeight: fitted.weight, fusion: 'weighted' as const }
      return bases.update(key.tenant, key.knowledgeBaseId, { ...settings, isExpected })
    },
  }
}

const MAX_PROBLEMS = 10

/** A label that nothing can ever match would look like a bad search. */
async function requireKnown(
  store: EvaluationStore,
  shelf: Shelf,
  queries: readonly LabelledQuery[],
): Promise<void> {
  const named = queries.flatMap(({ relevant }, query) =>
    relevant.flatMap((label, place) => {
      const field = 'documentId' in label ? 'documentId' : 'chunkId'
      const id = 'documentId' in label ? label.documentId : 'chunkId' in label ? label.chunkId : ''
      return id === '' ? [] : [{ id, pointer: `#/queries/${query}/relevant/${place}/${field}` }]
    }),
  )
  if (named.length === 0) return
  const known = await store.known(shelf, [...new Set(named.map(({ id }) => id))])
  const problems: FieldProblem[] = named
    .filter(({ id }) => !known.has(id))
    .slice(0, MAX_PROBLEMS)
    .map(({ pointer }) => ({ pointer, message: 'is not in this knowledge base' }))
  if (problems.length > 0) throw unknownLabels(problems)
}

function ordinalOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  const [ordinal = '', ...more] = decodeCursor(cursor)
  if (!/^\d{1,6}$/.test(ordinal) || more.length > 0) throw invalidCursor()
  return Number(ordinal)
}

export function evaluateMessage({
  tenant,
  knowledgeBaseId,
  evaluationId,
}: EvaluationKey): OutgoingMessage {
  const payload = { tenant, knowledgeBaseId, evaluationId }
  return outgoing(evaluationQueue, 'evaluation.run', payload)
}
