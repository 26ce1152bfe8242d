import { EvaluatorId } from '@dure/contracts'
import { type Static, Type } from 'typebox'
import { Name } from '../datasets/view.ts'
import { type Evaluator, EvaluatorConfig } from './evaluator.ts'

export const SaveEvaluator = Type.Object(
  { name: Name, config: EvaluatorConfig },
  {
    additionalProperties: false,
    $id: 'SaveEvaluator',
    examples: [{ name: 'names the days', config: { kind: 'regex', pattern: '\\d+일' } }],
  },
)

export const EvaluatorView = Type.Object(
  {
    id: EvaluatorId,
    name: Type.String(),
    config: EvaluatorConfig,
    revision: Type.Integer({ minimum: 1 }),
    createdBy: Type.String(),
    createdAt: Type.String({ format: 'date-time' }),
    updatedAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'Evaluator' },
)

export function viewEvaluator(evaluator: Evaluator): Static<typeof EvaluatorView> {
  const { id, name, config, revision, createdBy, createdAt, updatedAt } = evaluator
  return {
    ...{ id, name, config, revision, createdBy },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}
