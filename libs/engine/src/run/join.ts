import type { NodeId, TaskError } from '@dure/contracts'
import type { Incoming } from '../nodes/define.ts'
import { cancelNode } from './cancel.ts'
import type { Decision } from './decision.ts'
import { pathIn } from './path.ts'
import type { PlannedNode } from './plan.ts'
import { isLive, type Readiness } from './readiness.ts'
import { isTerminal, type ScopeState } from './state.ts'

interface Branches {
  readonly succeeded: Incoming[]
  readonly failed: Incoming[]
  open: number
}

/** Whether a join may go on; when it may, the branches that it does without are cancelled. */
export function decideJoin(decision: Decision, scope: ScopeState, join: PlannedNode): Readiness {
  const rule = join.join
  if (!rule) return { state: 'open' }
  const branches = branchesOf(decision, scope, join)
  const readiness = readinessBy(rule, branches)
  if (readiness.state === 'ready' && rule.cancelLosers && branches.open > 0) {
    cancelBranches(decision, scope, join.id)
  }
  return readiness
}

function branchesOf(decision: Decision, scope: ScopeState, join: PlannedNode): Branches {
  const branches: Branches = { succeeded: [], failed: [], open: 0 }
  for (const { from, port } of join.incoming) {
    const node = scope.nodes.get(from)
    if (!node || !isTerminal(node)) branches.open += 1
    else if (isLive(node, port)) {
      branches.succeeded.push({ nodeId: from, status: 'completed', data: node.data })
    } else {
      const error = failureBehind(decision, scope, from)
      if (error) branches.failed.push({ nodeId: from, status: 'failed', error })
    }
  }
  return branches
}

/** A branch is dead because a node of it failed, or because nobody took it: this tells which. */
function failureBehind(decision: Decision, scope: ScopeState, from: NodeId): TaskError | undefined {
  const seen = new Set<NodeId>()
  const open = [from]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue
    seen.add(id)
    const node = scope.nodes.get(id)
    if (node?.status === 'failed') return node.error
    if (node?.status !== 'skipped') continue
    for (const edge of decision.planned(id)?.incoming ?? []) open.push(edge.from)
  }
  return undefined
}

function readinessBy(
  { mode, n }: NonNullable<PlannedNode['join']>,
  { succeeded, failed, open }: Branches,
): Readiness {
  const ready: Readiness = { state: 'ready', incoming: [...succeeded, ...failed] }
  const settled = open === 0
  if (settled && succeeded.length + failed.length === 0) return { state: 'dead' }
  switch (mode) {
    case 'settled':
      return settled ? ready : { state: 'open' }
    case 'race':
      return succeeded.length + failed.length > 0 ? ready : { state: 'open' }
    case 'all':
      if (failed.length > 0) return notEnough(failed, 'A branch of the join failed')
      return settled ? ready : { state: 'open' }
    case 'any':
    case 'n': {
      const wanted = mode === 'any' ? 1 : n
      if (succeeded.length >= wanted) return ready
      if (succeeded.length + open >= wanted) return { state: 'open' }
      return notEnough(failed, `${succeeded.length} of ${wanted} branches succeeded`)
    }
  }
}

function notEnough(failed: readonly Incoming[], what: string): Readiness {
  const reason = failed[0]?.error
  const because = reason ? `: ${reason.code}: ${reason.message}` : ''
  const message = `${what}${because}`.slice(0, 2000)
  return {
    state: 'failed',
    error: { code: 'join.not-enough', class: reason?.class ?? 'rejected', message },
  }
}

function cancelBranches(decision: Decision, scope: ScopeState, join: NodeId): void {
  for (const [id, node] of scope.nodes) {
    if (decision.planned(id)?.countedBy !== join || isTerminal(node)) continue
    cancelNode(decision, pathIn(scope.path, id), 'lost-race')
  }
}
