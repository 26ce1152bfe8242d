import type { RunEventOf } from '@dure/contracts'
import { iterationOf, nodeIdOf, scopeOfPath, splitIteration } from './path.ts'
import {
  ensureScope,
  type Iterations,
  type NodeState,
  nodeAt,
  type RunState,
  scopesWithin,
} from './state.ts'

/** An iteration of a container is over. */
export function finishIteration(
  state: RunState,
  container: string,
  event: RunEventOf<'iteration.completed'>,
): void {
  const iterations = nodeAt(state, container)?.iterations
  const path = iterationOf(container, event.index)
  const scope = state.scopes.get(path)
  if (!iterations) return
  iterations.opened = Math.max(iterations.opened, event.index + 1)
  iterations.finished += 1
  if (event.leave) iterations.leave = event.leave
  if (event.status === 'failed' && event.error) {
    iterations.errors.push({ index: event.index, error: event.error })
    iterations.caught = event.error
    // Kept: a retry of the run goes on inside of it.
    if (scope) scope.closed = true
    return
  }
  const data = event.from === undefined ? event.data : scope?.nodes.get(event.from)?.data
  iterations.results[event.index] = data ?? null
  iterations.last = data ?? null
  for (const inner of [path, ...scopesWithinScope(state, path)]) state.scopes.delete(inner)
}

/** A container is over before its body is: nothing begins in there any more, unless it is retried. */
export function closeBody(state: RunState, container: string, iterations: Iterations): void {
  forgetUntouched(state, container, iterations)
  for (const path of scopesWithin(state, container)) {
    const scope = state.scopes.get(path)
    if (scope) scope.closed = true
  }
}

/**
 * Iterations that were opened and in which nothing has happened are as if they had not been: whoever
 * folds the events does not know of them.
 */
export function forgetUntouched(state: RunState, container: string, iterations: Iterations): void {
  let opened = iterations.results.length
  for (const path of scopesWithin(state, container)) {
    const iteration = splitIteration(path)
    if (state.scopes.get(path)?.nodes.size === 0) state.scopes.delete(path)
    else if (iteration.container === container) opened = Math.max(opened, iteration.index + 1)
  }
  iterations.opened = opened
}

function scopesWithinScope(state: RunState, scope: string): string[] {
  // A body without containers, which most are, has none: the look through all scopes is saved.
  const hasContainers = [...(state.scopes.get(scope)?.nodes.values() ?? [])].some(
    ({ kind, iterations }) => kind === 'body' || iterations !== undefined,
  )
  if (!hasContainers) return []
  return [...state.scopes.keys()].filter((path) => path.startsWith(`${scope}/`))
}

/** Nodes that failed, or were given up with the run, are forgotten, and what contains them goes on. */
export function retry(state: RunState, { paths, deadlineAt }: RunEventOf<'run.retried'>): void {
  state.phase = 'running'
  state.deadlineAt = deadlineAt ?? state.deadlineAt
  state.error = null
  const mended = new Set(paths.map(scopeOfPath))
  for (const path of paths) {
    const scope = ensureScope(state, scopeOfPath(path))
    const node = nodeAt(state, path)
    if (!node) continue
    state.outstanding.delete(path)
    if (node.iterations) reopen(state, path, node, mended)
    else {
      state.attempts.set(path, Math.max(node.attempt, state.attempts.get(path) ?? 0))
      scope.nodes.delete(nodeIdOf(path))
    }
    delete scope.failedBy
  }
}

/** Iterations in which something is mended are under way again; the others stay as they are counted. */
function reopen(state: RunState, path: string, node: NodeState, mended: ReadonlySet<string>): void {
  node.status = 'started'
  node.kind = 'body'
  delete node.error
  delete node.reason
  state.outstanding.set(path, node)
  const { iterations } = node
  if (!iterations) return
  const { errors } = iterations
  const kept = errors.filter(({ index }) => !mended.has(iterationOf(path, index)))
  iterations.finished -= errors.length - kept.length
  errors.splice(0, errors.length, ...kept)
  if (kept.length === 0) delete iterations.caught
  for (const scope of scopesWithin(state, path)) {
    const within = state.scopes.get(scope)
    if (!within || splitIteration(scope).container !== path) continue
    if (kept.some(({ index }) => index === splitIteration(scope).index)) continue
    delete within.failedBy
    delete within.closed
  }
}
