import type { NodeId } from '@dure/contracts'
import type { Decision } from './decision.ts'
import { nodeIdOf, pathIn, scopeOfPath, splitIteration } from './path.ts'
import { isTerminal, type NodeState, nodeAt, type ScopeState } from './state.ts'

/** What failed, or was given up with the run, is executed again; what has a result keeps it. */
export function retry(decision: Decision, by: string): void {
  const { state } = decision
  if (state.phase !== 'failed') return
  const paths = [...state.scopes.values()].flatMap((scope) =>
    isDealtWith(decision, scope.path)
      ? []
      : [...scope.nodes].flatMap(([id, node]) =>
          isToBeMended(decision, scope, id, node) ? [pathIn(scope.path, id)] : [],
        ),
  )
  const deadlineAt = decision.context.now + decision.context.timeoutMs
  decision.record({ type: 'run.retried', by, paths, deadlineAt })
  for (const scope of state.scopes.keys()) decision.dirty.add(scope)
  decision.containersChanged = true
}

/** A node that lost a race, or whose failure a join has counted, is not missed by anybody. */
function isToBeMended(decision: Decision, scope: ScopeState, id: NodeId, node: NodeState): boolean {
  if (!isTerminal(node)) return true
  if (node.status === 'completed' || node.status === 'skipped') return false
  if (node.status === 'cancelled' && node.reason !== 'sibling-failed') return false
  const countedBy = decision.planned(id)?.countedBy
  return countedBy === undefined || scope.nodes.get(countedBy)?.status !== 'completed'
}

/** Whether it is part of an iteration that failed, and whose container goes on without it. */
function isDealtWith(decision: Decision, scope: string): boolean {
  for (let at = scope; at !== ''; at = scopeOfPath(splitIteration(at).container)) {
    const { container, index } = splitIteration(at)
    const errors = nodeAt(decision.state, container)?.iterations?.errors ?? []
    const isCounted = errors.some((error) => error.index === index)
    if (isCounted && goesOnWithout(decision, nodeIdOf(container), index)) return true
  }
  return false
}

function goesOnWithout(decision: Decision, container: NodeId, index: number): boolean {
  const planned = decision.planned(container)
  if (planned?.nodeType.kind !== 'container') return false
  if (planned.nodeType.container === 'try') return index === 0
  const { onItemError } = planned.node.config
  return planned.nodeType.container === 'map' && onItemError !== 'fail'
}
