import { NodePath, TaskError, WaitKind } from '@dure/contracts'
import type { Explanation } from '@dure/engine'
import { type Static, Type } from 'typebox'
import { RUN_STATUSES } from '../../runs/view.ts'

const Edge = Type.Object({ from: NodePath, port: Type.String(), to: NodePath })
const Time = Type.String({ format: 'date-time' })

const Branch = Type.Object({
  path: NodePath,
  type: Type.String(),
  port: Type.String({ description: 'The way out that it took' }),
  expressions: Type.Array(
    Type.Object({
      source: Type.String(),
      result: Type.Unknown(),
      inputs: Type.Array(
        Type.Object({ name: Type.String(), value: Type.Optional(Type.Unknown()) }),
        { description: 'What the expression read' },
      ),
    }),
    { description: 'Of a condition or a switch: those that were evaluated' },
  ),
  dead: Type.Array(Edge, { description: 'The edges that were not taken with it' }),
})

const Skipped = Type.Object({
  path: NodePath,
  because: Type.Array(Type.Object({ from: NodePath, port: Type.String(), why: Type.String() })),
})

const Retry = Type.Object({
  path: NodePath,
  attempt: Type.Integer({ description: 'The one that failed' }),
  error: TaskError,
  backoffMs: Type.Integer(),
})

const Wait = Type.Object({
  path: NodePath,
  kind: WaitKind,
  waitedMs: Type.Integer(),
  isOpen: Type.Boolean({ description: 'It still waits' }),
})

const Step = Type.Object({
  path: NodePath,
  startedAt: Time,
  endedAt: Time,
  durationMs: Type.Integer(),
  heldMs: Type.Integer({ description: 'Between the end of the step before and its start' }),
})

export const ExplanationView = Type.Object(
  {
    status: Type.Enum(RUN_STATUSES),
    durationMs: Type.Integer({ description: 'From its first event to its last' }),
    costMicroUsd: Type.Integer({ description: 'Micro-dollars: 1 USD = 1,000,000' }),
    branches: Type.Array(Branch, { maxItems: 500 }),
    skipped: Type.Array(Skipped, { maxItems: 500 }),
    retries: Type.Array(Retry, { maxItems: 500 }),
    waits: Type.Array(Wait, { maxItems: 500 }),
    costs: Type.Array(Type.Object({ path: NodePath, costMicroUsd: Type.Integer() }), {
      maxItems: 500,
      description: 'What cost something, the most expensive first',
    }),
    criticalPath: Type.Array(Step, {
      maxItems: 500,
      description: 'The chain of nodes that the run took as long as it did for',
    }),
    isCut: Type.Boolean({ description: 'Some of the lists were longer' }),
  },
  { $id: 'RunExplanation' },
)

export function viewExplanation(explanation: Explanation): Static<typeof ExplanationView> {
  const { status } = explanation
  if (status === 'absent') throw new TypeError('A run without events cannot be explained')
  return {
    ...explanation,
    status,
    branches: explanation.branches.map(({ expressions, dead, ...branch }) => ({
      ...branch,
      expressions: expressions.map((one) => ({ ...one, inputs: [...one.inputs] })),
      dead: [...dead],
    })),
    skipped: explanation.skipped.map(({ path, because }) => ({ path, because: [...because] })),
    retries: [...explanation.retries],
    waits: [...explanation.waits],
    costs: [...explanation.costs],
    criticalPath: explanation.criticalPath.map((step) => ({
      ...step,
      startedAt: step.startedAt.toISOString(),
      endedAt: step.endedAt.toISOString(),
    })),
  }
}
