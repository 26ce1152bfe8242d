import { NodeId, RunId } from '@dure/contracts'
import {
  ADVICE_KINDS,
  Graph,
  GraphEdge,
  NodePolicy,
  type NodeStatistics,
  percentile,
} from '@dure/engine'
import { type Static, Type } from 'typebox'
import type { Optimized } from './service.ts'

const Kind = Type.Enum([...ADVICE_KINDS])
const NodeIds = Type.Array(NodeId, { maxItems: 100 })
const Count = Type.Integer({ minimum: 0 })
const MicroUsd = Type.Integer({ description: 'Micro-dollars: 1 USD = 1,000,000' })

const ExpectedGain = Type.Object(
  {
    latencyMsP50: Type.Integer({
      description: 'The median of what the runs that it changes something for would have saved',
    }),
    costMicroUsdPerRun: MicroUsd,
    basis: Type.Object({
      runs: Count,
      affectedRuns: Count,
      beforeMsP50: Count,
      afterMsP50: Count,
    }),
  },
  { $id: 'ExpectedGain', description: 'What the recorded runs would have taken less' },
)

const GraphPatch = Type.Object(
  {
    removeNodes: NodeIds,
    removeEdges: Type.Array(GraphEdge),
    addEdges: Type.Array(GraphEdge),
    policies: Type.Array(
      Type.Object({ nodeId: NodeId, policy: Type.Union([NodePolicy, Type.Null()]) }),
    ),
  },
  { $id: 'GraphPatch', description: 'On top of the patches of the advice before it' },
)

const AdviceView = Type.Object(
  {
    kind: Kind,
    nodeIds: NodeIds,
    pointer: Type.String({ description: 'Of the first of these nodes, in the version' }),
    title: Type.String(),
    detail: Type.String(),
    expectedGain: ExpectedGain,
    confidence: Type.Enum(['low', 'medium', 'high']),
    patch: Type.Optional(GraphPatch),
    applied: Type.Boolean({ description: 'Whether `draft` has it' }),
  },
  { $id: 'Advice' },
)

const NodeStatisticsView = Type.Object(
  {
    nodeId: NodeId,
    runs: Count,
    executions: Count,
    latencyMsP50: Count,
    latencyMsP95: Count,
    costMicroUsd: MicroUsd,
    failures: Count,
    retries: Count,
    recovered: Type.Integer({ description: 'Executions that failed, and succeeded when retried' }),
    cached: Count,
  },
  { $id: 'NodeStatistics' },
)

export const OptimizationView = Type.Object(
  {
    version: Type.Integer({ minimum: 1 }),
    runs: Type.Object({
      read: Count,
      leftOut: Type.Integer({ description: 'Too much to be read at once' }),
    }),
    advice: Type.Array(AdviceView, { maxItems: 100 }),
    dropped: Type.Array(
      Type.Object({ kind: Kind, nodeIds: NodeIds, differed: Type.Array(RunId) }),
      { description: 'What would have changed the output of these runs' },
    ),
    check: Type.Object(
      { checked: Count, skipped: Count, differed: Type.Array(RunId) },
      { description: 'Runs that were played under the version and under the draft' },
    ),
    isIncomplete: Type.Boolean({ description: 'There were too many events to try everything out' }),
    nodes: Type.Array(NodeStatisticsView),
    draft: Type.Optional(Type.Unsafe<Graph>(Graph)),
  },
  { $id: 'Optimization' },
)

export function viewOptimization(
  { version, recorded, optimization }: Optimized,
  withDraft: boolean,
): Static<typeof OptimizationView> {
  const { advice, dropped, check, isIncomplete, statistics, draft } = optimization
  return {
    version: version.number,
    runs: { read: recorded.runs.length, leftOut: recorded.leftOut },
    advice: advice.map(viewAdvice),
    dropped: dropped.map(({ nodeIds, differed, kind }) => ({
      kind,
      nodeIds: [...nodeIds],
      differed: [...differed],
    })),
    check: { ...check, differed: [...check.differed] },
    isIncomplete,
    nodes: statistics.map(viewStatistics),
    ...(withDraft && { draft }),
  }
}

function viewAdvice({ nodeIds, patch, ...advice }: Optimized['optimization']['advice'][number]) {
  return {
    ...advice,
    nodeIds: [...nodeIds],
    ...(patch && {
      patch: {
        removeNodes: [...patch.removeNodes],
        removeEdges: [...patch.removeEdges],
        addEdges: [...patch.addEdges],
        policies: patch.policies.map(({ nodeId, policy = null }) => ({ nodeId, policy })),
      },
    }),
  }
}

function viewStatistics({ latencyMs, retriedBy, ...seen }: NodeStatistics) {
  const { nodeId, runs, executions, costMicroUsd, failures, retries, cached } = seen
  return {
    ...{ nodeId, runs, executions, costMicroUsd, failures, retries, cached },
    latencyMsP50: percentile(latencyMs, 0.5),
    latencyMsP95: percentile(latencyMs, 0.95),
    recovered: [...retriedBy.values()].reduce((sum, { recovered }) => sum + recovered, 0),
  }
}
