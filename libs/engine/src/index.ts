export { compileExpression, type Expression, type Scope } from './expressions/expression.ts'
export { renderText } from './expressions/template.ts'
export { diffGraphs, type GraphDiff } from './graph/diff.ts'
export {
  GRAPH_LIMITS,
  Graph,
  GraphEdge,
  GraphNode,
  NodePolicy,
} from './graph/graph.ts'
export { completeGraph } from './graph/regions.ts'
export { type GraphValidation, validateGraph } from './graph/validate.ts'
export { type NamedVariables, variablesNamedIn } from './graph/variables.ts'
export { type ApprovalState, approvalState } from './history/approvals.ts'
export { type Explanation, explain } from './history/explain.ts'
export { type ForkPatch, forkHistory } from './history/fork.ts'
export { commitsOf, payloadsIn } from './history/history.ts'
export { type NodeRecord, nodesOf } from './history/nodes.ts'
export { type Replayed, replay } from './history/replay.ts'
export { storedData } from './history/stored-data.ts'
export {
  type InPlaceNodeType,
  type NodeType,
  portsOf,
  type TaskNodeType,
  type WaitRequest,
} from './nodes/define.ts'
export { nodeTypes } from './nodes/index.ts'
export { ADVICE_KINDS } from './optimizer/advice.ts'
export { type Optimization, optimizeGraph } from './optimizer/optimize.ts'
export type { RecordedRun, TimedEvent } from './optimizer/recorded.ts'
export { type NodeStatistics, percentile } from './optimizer/statistics.ts'
export {
  type CreateRun,
  createOrchestrator,
  type LeaveQueue,
  type Orchestrator,
} from './orchestrator/orchestrator.ts'
export type {
  CommitResult,
  Creation,
  InboxItem,
  InPlaceStep,
  NewTask,
  OrchestratorPorts,
  PublishedVersion,
  RunChange,
  RunIdentity,
  RunRow,
  RunStatus,
  RunStore,
  StoredRun,
  TaskResult,
} from './orchestrator/ports.ts'
export type { Created } from './orchestrator/session.ts'
export { mayDecide, payloadOf } from './run/approvals.ts'
export type { InboxCommand, RunCommand } from './run/command.ts'
export { MAX_SIGNALS } from './run/commands.ts'
export { begin, decide, resume } from './run/decide.ts'
export {
  type Decision,
  type DecisionContext,
  isPayloadRef,
  type PayloadRef,
  taskKeyOf,
} from './run/decision.ts'
export { evolve, pathOf } from './run/evolve.ts'
export { jitterOf } from './run/jitter.ts'
export { nodeIdOf, pathIn, scopeOfPath } from './run/path.ts'
export { type Plan, type PlannedBody, type PlannedNode, planOf } from './run/plan.ts'
export { runEvents } from './run/run-events.ts'
export { fromSnapshot, REDUCER, toSnapshot } from './run/snapshot.ts'
export {
  absentRun,
  hasEnded,
  type NodeState,
  nodeAt,
  type RunState,
  type ScopeState,
} from './run/state.ts'
export { wakeTime } from './run/timers.ts'
