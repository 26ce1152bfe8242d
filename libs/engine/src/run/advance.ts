import type { TaskError } from '@dure/contracts'
import type { Incoming } from '../nodes/define.ts'
import { begin, finishContainerStep } from './containers.ts'
import { storable } from './data.ts'
import { hasItsData, want } from './data-needs.ts'
import { bodyOf, contentOf, type Decision, named } from './decision.ts'
import { failNode, failRun } from './failure.ts'
import { decideJoin } from './join.ts'
import { pathIn } from './path.ts'
import type { PlannedBody, PlannedNode } from './plan.ts'
import { isLive, type Readiness } from './readiness.ts'
import { startNode } from './start-node.ts'
import { isTerminal, type NodeState, type ScopeState } from './state.ts'

/** Evaluations after which a decision is committed before it goes on. */
const EVALUATIONS = 500
const MAX_EVENTS = 50_000

/** Starts every node that is ready, in every scope that has changed, until nothing more is. */
export function advance(decision: Decision): void {
  const { dirty, state } = decision
  while (decision.isRunning && dirty.size > 0) {
    if (decision.evaluated >= EVALUATIONS || decision.missing.size > 0) return
    const [scope = ''] = dirty
    dirty.delete(scope)
    advanceScope(decision, scope)
    if (decision.isRunning && state.version > MAX_EVENTS) failRun(decision, HISTORY_TOO_LONG)
  }
}

const HISTORY_TOO_LONG: TaskError = {
  code: 'run.history-too-long',
  class: 'invalid',
  message: `The run has more than ${MAX_EVENTS} events: split its work over several runs`,
}

function advanceScope(decision: Decision, path: string): void {
  const body = bodyOf(decision.context, path)
  const scope = decision.state.scopes.get(path)
  if (!body || !scope || scope.closed) return
  // A body is in an order in which one pass sees every node after all that it waits for.
  for (const planned of body.nodes) {
    if (!decision.isRunning || isOver(scope) || !decision.state.scopes.has(path)) break
    if (!scope.nodes.has(planned.id)) advanceNode(decision, scope, planned)
    if (decision.missing.size > 0) {
      decision.dirty.add(path)
      return
    }
  }
  if (decision.isRunning && decision.state.scopes.has(path)) conclude(decision, scope, body)
}

function isOver({ failedBy, leave }: ScopeState): boolean {
  return failedBy !== undefined || leave !== undefined
}

function advanceNode(decision: Decision, scope: ScopeState, planned: PlannedNode): void {
  const path = pathIn(scope.path, planned.id)
  if (lostTheRace(decision, scope, planned)) {
    decision.record({ type: 'node.skipped', ...named(path, planned) })
    return
  }
  const readiness = planned.join
    ? decideJoin(decision, scope, planned)
    : readinessOf(scope, planned)
  if (readiness.state === 'open') return
  if (readiness.state === 'dead') {
    decision.record({ type: 'node.skipped', ...named(path, planned) })
    return
  }
  if (readiness.state === 'failed') {
    failNode(decision, { path, planned, attempt: 1, error: readiness.error })
    return
  }
  if (!hasItsData(decision, scope.path, planned)) return
  decision.evaluated += 1
  if (planned.nodeType.kind === 'container') begin(decision, path, planned)
  else startNode(decision, path, planned, readiness.incoming)
}

/** A node may go on when each edge into it is either live or dead, and not all are dead. */
function readinessOf(scope: ScopeState, { incoming }: PlannedNode): Readiness {
  const arrived: Incoming[] = []
  for (const { from, port } of incoming) {
    const node = scope.nodes.get(from)
    if (!node || !isTerminal(node)) return { state: 'open' }
    if (isLive(node, port)) arrived.push({ nodeId: from, status: 'completed', data: node.data })
  }
  if (incoming.length > 0 && arrived.length === 0) return { state: 'dead' }
  return { state: 'ready', incoming: arrived }
}

/** A node of a branch that its join has gone on without. */
function lostTheRace(
  { context }: Decision,
  scope: ScopeState,
  { countedBy }: PlannedNode,
): boolean {
  if (countedBy === undefined || scope.nodes.get(countedBy)?.status !== 'completed') return false
  return context.plan.all.get(countedBy)?.join?.cancelLosers === true
}

/** What becomes of a scope when there is nothing more to start in it. */
function conclude(decision: Decision, scope: ScopeState, body: PlannedBody): void {
  const failed = scope.failedBy === undefined ? undefined : scope.nodes.get(scope.failedBy)
  if (scope.path !== '') {
    finishContainerStep(decision, scope, body)
  } else if (failed?.error) {
    failRun(decision, failed.error, scope.failedBy)
  } else if (body.nodes.every(({ id }) => isSettled(scope.nodes.get(id)))) {
    completeRun(decision, scope, body)
  }
}

function isSettled(node: NodeState | undefined): boolean {
  return node !== undefined && isTerminal(node)
}

/** The outputs of all ends that were reached, in the order of the plan. */
function completeRun(decision: Decision, scope: ScopeState, { nodes }: PlannedBody): void {
  const reached = nodes
    .filter(({ node }) => node.type === 'end')
    .map(({ id }) => scope.nodes.get(id))
    .filter((node) => node?.status === 'completed')
    .map((node) => node?.data)
  if (reached.length > 1) for (const data of reached) want(decision, data)
  if (decision.missing.size > 0) {
    decision.dirty.add(scope.path)
    return
  }
  const [only] = reached
  const merged = () =>
    storable(
      decision,
      Object.assign({}, ...reached.map((data) => contentOf(data, decision.context))),
    )
  decision.record({ type: 'run.completed', output: reached.length === 1 ? only : merged() })
}
