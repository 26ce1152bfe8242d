import { type Decision, named } from './decision.ts'
import { nodeIdOf, scopeOfPath } from './path.ts'
import { isTerminal, nodeAt, outstandingWithin, scopesWithin } from './state.ts'

/** Gives up a node that is under way, and everything inside of it; who executes it is told. */
export function cancelNode(decision: Decision, path: string, reason: string): void {
  for (const inner of outstandingWithin(decision.state, path).reverse()) {
    cancelOne(decision, inner, reason)
  }
  cancelOne(decision, path, reason)
  for (const scope of scopesWithin(decision.state, path)) decision.dirty.delete(scope)
}

/** Gives up everything that is under way in one scope. */
export function cancelScope(decision: Decision, scope: string, reason: string): void {
  for (const path of [...decision.state.outstanding.keys()]) {
    if (scopeOfPath(path) === scope) cancelNode(decision, path, reason)
  }
}

function cancelOne(decision: Decision, path: string, reason: string): void {
  const planned = decision.planned(nodeIdOf(path))
  const node = nodeAt(decision.state, path)
  if (!planned || !node || isTerminal(node)) return
  dropWork(decision, path)
  if (node.kind !== 'body' && node.kind !== 'timer') decision.cancelled.push(path)
  decision.record({ type: 'node.cancelled', ...named(path, planned), reason })
}

/** What this very decision was about to begin is not begun. */
function dropWork({ tasks, inPlace }: Decision, path: string): void {
  const task = tasks.findIndex((one) => one.path === path)
  if (task >= 0) tasks.splice(task, 1)
  const work = inPlace.findIndex((one) => one.path === path)
  if (work >= 0) inPlace.splice(work, 1)
}
