import { randomUUIDv7 } from 'node:crypto'
import type { EvaluatorId, Identity, Tenant } from '@dure/contracts'
import { type FieldProblem, InvalidInputError, prefixedId } from '@dure/kernel'
import { jsonSchemaProblems } from '../agents/json-schema.ts'
import {
  type Evaluator,
  type EvaluatorConfig,
  evaluatorChanged,
  evaluatorNameTaken,
  evaluatorNotFound,
  MAX_EVALUATORS,
  tooManyEvaluators,
} from './evaluator.ts'
import type { EvaluatorDraft, EvaluatorStore, Expected } from './store.ts'
import { regexProblem } from './text.ts'

/** Everything that names an evaluator throws NotFoundError `evaluator.not-found`. */
export interface EvaluatorService {
  /**
   * @throws InvalidInputError `evaluator.invalid`
   * @throws ConflictError `evaluator.name-taken`, `evaluator.too-many`, `evaluator.not-possible`
   */
  create(identity: Identity, draft: EvaluatorDraft): Promise<Evaluator>
  get(tenant: Tenant, id: EvaluatorId): Promise<Evaluator>
  page: EvaluatorStore['page']
  /** As `create`, and ConflictError `evaluator.changed`. */
  replace(
    tenant: Tenant,
    id: EvaluatorId,
    change: { readonly draft: EvaluatorDraft; readonly expected: Expected },
  ): Promise<Evaluator>
  /** Experiments keep what they judged by. @throws ConflictError `evaluator.changed` */
  remove(tenant: Tenant, id: EvaluatorId, expected: Expected): Promise<void>
}

interface Parts {
  readonly store: EvaluatorStore
  /** @throws DureError `evaluator.not-possible` where this installation has not what it needs */
  readonly requirePossible: (config: EvaluatorConfig) => void
}

export function createEvaluatorService({ store, requirePossible }: Parts): EvaluatorService {
  const get = async (tenant: Tenant, id: EvaluatorId) => {
    const found = await store.find(tenant, id)
    if (!found) throw evaluatorNotFound()
    return found
  }
  const check = (config: EvaluatorConfig) => {
    checkConfig(config)
    requirePossible(config)
  }

  return {
    get,
    page: store.page,

    async create({ tenant, principalId: createdBy }, draft) {
      check(draft.config)
      const id = prefixedId('evr', randomUUIDv7()) as EvaluatorId
      const evaluator = { ...draft, id, createdBy, limit: MAX_EVALUATORS }
      const created = await store.insert(tenant, evaluator)
      if (created === 'name-taken') throw evaluatorNameTaken(draft.name)
      if (created === 'too-many') throw tooManyEvaluators()
      return created
    },

    async replace(tenant, id, change) {
      check(change.draft.config)
      const replaced = await store.replace(tenant, id, change)
      if (replaced === 'name-taken') throw evaluatorNameTaken(change.draft.name)
      if (replaced) return replaced
      await get(tenant, id)
      throw evaluatorChanged()
    },

    async remove(tenant, id, expected) {
      if (await store.remove(tenant, id, expected)) return
      await get(tenant, id)
      throw evaluatorChanged()
    },
  }
}

/** @throws InvalidInputError `evaluator.invalid`, with every problem and a pointer to each */
function checkConfig(config: EvaluatorConfig): void {
  const problems = problemsOf(config)
  if (problems.length === 0) return
  throw new InvalidInputError('evaluator.invalid', 'Correct the evaluator: see errors', problems)
}

function problemsOf(config: EvaluatorConfig): FieldProblem[] {
  if (config.kind === 'json-schema') return jsonSchemaProblems(config.schema, '#/config/schema')
  if (config.kind !== 'regex') return []
  const message = regexProblem(config)
  return message === undefined ? [] : [{ pointer: '#/config/pattern', message }]
}
