import { type Decision, isPayloadRef } from './decision.ts'
import { nodeIdOf, scopeOfPath, splitIteration } from './path.ts'
import type { PlannedNode } from './plan.ts'
import { ensureScope } from './state.ts'

/** Whether all large data that the node refers to are in memory; if not, they are asked for. */
export function hasItsData(decision: Decision, scope: string, planned: PlannedNode): boolean {
  const { needs, incoming } = planned
  const { visible } = ensureScope(decision.state, scope)
  want(decision, decision.state.input)
  for (const id of [...needs, ...incoming.map(({ from }) => from)]) {
    want(decision, visible[id]?.data)
  }
  for (let at = scope; at !== ''; at = scopeOfPath(splitIteration(at).container)) {
    const { container } = splitIteration(at)
    const outer = ensureScope(decision.state, scopeOfPath(container))
    const iterations = outer.nodes.get(nodeIdOf(container))?.iterations
    want(decision, iterations?.items)
    want(decision, iterations?.last)
  }
  return decision.missing.size === 0
}

export function want({ context, missing }: Decision, data: unknown): void {
  if (isPayloadRef(data) && context.payloads.get(data.$payload) === undefined) {
    missing.add(data.$payload)
  }
}
