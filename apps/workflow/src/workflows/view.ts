import { WorkflowId, WorkflowVersionId } from '@dure/contracts'
import { Graph, type GraphDiff, type GraphValidation } from '@dure/engine'
import { type Static, Type } from 'typebox'
import type { StoredPublication } from './publication-store.ts'
import type { StoredVersion, StoredWorkflow } from './store.ts'

/** As its interface has it: what is read is not changed. */
export const GraphView = Type.Unsafe<Graph>(Graph)

export const WorkflowView = Type.Object(
  {
    id: WorkflowId,
    name: Type.String(),
    description: Type.String(),
    graph: GraphView,
    latestVersion: Type.Integer({ description: '0 when there is no version yet' }),
    publishedVersion: Type.Union([Type.Integer(), Type.Null()], {
      description: 'The version that new runs take',
    }),
    createdAt: Type.String({ format: 'date-time' }),
    updatedAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'Workflow' },
)
const { graph: _graph, ...summaryFields } = WorkflowView.properties
export const WorkflowSummary = Type.Object(summaryFields, { $id: 'WorkflowSummary' })

export const VersionView = Type.Object(
  {
    id: WorkflowVersionId,
    workflowId: WorkflowId,
    number: Type.Integer({ minimum: 1 }),
    graph: GraphView,
    createdBy: Type.String(),
    createdAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'WorkflowVersion' },
)

export const PublicationView = Type.Object(
  {
    versionNumber: Type.Integer({ minimum: 1 }),
    kind: Type.Enum(['publish', 'rollback']),
    publishedBy: Type.String(),
    publishedAt: Type.String({ format: 'date-time' }),
  },
  { $id: 'WorkflowPublication' },
)

const Problems = Type.Array(
  Type.Object({
    pointer: Type.String(),
    message: Type.String(),
    code: Type.Optional(Type.String()),
  }),
)

export const Validation = Type.Object(
  {
    valid: Type.Boolean({ description: 'Whether there are no problems; there may be warnings' }),
    problems: Problems,
    warnings: Problems,
    costUpperBoundMicroUsd: Type.Union([Type.Integer(), Type.Null()], {
      description: 'What a run can cost at the most, in micro-dollars; null without a bound',
    }),
  },
  { $id: 'GraphValidation' },
)

const Place = Type.Union([Type.String(), Type.Null()], {
  description: 'null at the top, else the container and its part, such as `each/body`',
})
const PlacedNodes = Type.Array(Type.Object({ id: Type.String(), type: Type.String(), in: Place }))
const PlacedEdges = Type.Array(
  Type.Object({ from: Type.String(), port: Type.String(), to: Type.String(), in: Place }),
)
const Diff = Type.Object(
  {
    nodes: Type.Object({
      added: PlacedNodes,
      removed: PlacedNodes,
      changed: Type.Array(
        Type.Object({
          id: Type.String(),
          fields: Type.Array(Type.String(), {
            description: 'RFC 6901 pointers into the node; `/in` when it stands elsewhere',
          }),
        }),
      ),
    }),
    edges: Type.Object({ added: PlacedEdges, removed: PlacedEdges }),
  },
  { $id: 'GraphDiff' },
)
export const DiffView = Type.Unsafe<GraphDiff>(Diff)

export function viewValidation(found: GraphValidation): Static<typeof Validation> {
  const { problems, warnings, costUpperBoundMicroUsd } = found
  return {
    valid: problems.length === 0,
    problems: [...problems],
    warnings: [...warnings],
    costUpperBoundMicroUsd,
  }
}

export function viewWorkflow(workflow: StoredWorkflow): Static<typeof WorkflowView> {
  return { ...viewSummary(workflow), graph: workflow.draft }
}

export function viewSummary(workflow: StoredWorkflow): Static<typeof WorkflowSummary> {
  const { id, name, description, latestVersion, publishedVersion } = workflow
  return {
    ...{ id, name, description, latestVersion, publishedVersion },
    createdAt: workflow.createdAt.toISOString(),
    updatedAt: workflow.updatedAt.toISOString(),
  }
}

export function viewVersion(version: StoredVersion): Static<typeof VersionView> {
  const { id, workflowId, number, graph, createdBy, createdAt } = version
  return { id, workflowId, number, graph, createdBy, createdAt: createdAt.toISOString() }
}

export function viewPublication(publication: StoredPublication): Static<typeof PublicationView> {
  const { versionNumber, kind, publishedBy, publishedAt } = publication
  return { versionNumber, kind, publishedBy, publishedAt: publishedAt.toISOString() }
}
