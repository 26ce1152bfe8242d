import { WorkflowId } from '@dure/contracts'
import { type Static, Type } from 'typebox'
import { VersionNumber } from '../version-number.ts'
import { failuresIn, MAX_TARGETS, MAX_WINDOW_RUNS, type Outcomes } from './alias.ts'
import type { AliasChange, StoredAlias } from './store.ts'

export const AliasId = Type.String({ pattern: '^als_[0-9a-f]{32}$' })

const Target = Type.Object(
  {
    version: VersionNumber(),
    weight: Type.Integer({
      minimum: 0,
      maximum: 100,
      description: 'Of a hundred runs, how many take it',
    }),
  },
  { additionalProperties: false },
)
const Targets = Type.Array(Target, {
  minItems: 1,
  maxItems: MAX_TARGETS,
  description:
    'Their weights add up to 100. The first is the stable version, the others are canaries',
})
const RollbackRule = Type.Object(
  {
    windowRuns: Type.Integer({
      minimum: 1,
      maximum: MAX_WINDOW_RUNS,
      description: 'How many of the last runs of a version count',
    }),
    maxErrorRate: Type.Number({
      minimum: 0,
      maximum: 1,
      description:
        'When a larger share of them has failed, and not of those of the stable version, the canary gets no more runs',
    }),
  },
  { additionalProperties: false },
)

export const SetAlias = Type.Object(
  { targets: Targets, rollback: Type.Optional(RollbackRule) },
  { additionalProperties: false, $id: 'SetAlias' },
)
export const CreateAlias = Type.Object(
  {
    workflowId: WorkflowId,
    name: Type.String({ pattern: '^[a-z][a-z0-9_-]{0,62}$', examples: ['prod'] }),
    ...SetAlias.properties,
  },
  { additionalProperties: false, $id: 'CreateAlias' },
)

export const AliasView = Type.Object(
  {
    id: AliasId,
    workflowId: WorkflowId,
    name: Type.String(),
    targets: Type.Array(Target),
    rollback: Type.Union([RollbackRule, Type.Null()]),
    createdAt: Type.String({ format: 'date-time' }),
    updatedAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'Alias' },
)

export const AliasChangeView = Type.Object(
  {
    kind: Type.Enum(['created', 'changed', 'promoted', 'rolled-back', 'deleted']),
    targets: Type.Array(Target),
    reason: Type.Union([Type.String(), Type.Null()]),
    changedBy: Type.String({ description: '`system` for what nobody decided' }),
    changedAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'AliasChange' },
)

export const AliasDetails = Type.Object(
  {
    ...AliasView.properties,
    lastRuns: Type.Array(
      Type.Object({
        version: Type.Integer(),
        runs: Type.Integer(),
        failures: Type.Integer(),
      }),
      { description: 'Since it was led there, as far as they count; only with `rollback`' },
    ),
    lastChange: Type.Union([AliasChangeView, Type.Null()]),
  },
  { $id: 'AliasDetails' },
)

export function viewAlias(alias: StoredAlias): Static<typeof AliasView> {
  const { id, workflowId, name, targets, rollback, createdAt, updatedAt } = alias
  return {
    ...{ id, workflowId, name, targets: [...targets], rollback },
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }
}

export function viewOutcomes({ version, outcomes }: Outcomes) {
  return { version, runs: outcomes.length, failures: failuresIn(outcomes) }
}

export function viewChange(change: AliasChange): Static<typeof AliasChangeView> {
  const { kind, targets, reason, changedBy, changedAt } = change
  return { kind, targets: [...targets], reason, changedBy, changedAt: changedAt.toISOString() }
}
