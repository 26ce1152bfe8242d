import type { WaitNodeType } from '../nodes/define.ts'
import type { Plan, PlannedBody, PlannedNode } from '../run/plan.ts'
import type { RunState } from '../run/state.ts'

/** A moment that never comes by itself. */
export const NEVER = 8_640_000_000_000_000

/**
 * The plan of a run in which no time passes: a delay always waits, also one that was over when it began,
 * because only the record knows when that was.
 */
export function timeless(plan: Plan): Plan {
  const all = new Map<PlannedNode['id'], PlannedNode>()
  const body = (planned: PlannedBody): PlannedBody => {
    const nodes = planned.nodes.map(node)
    const byId = new Map(nodes.map((one) => [one.id, one]))
    const sinks = planned.sinks.map((sink) => byId.get(sink.id) ?? sink)
    return { nodes, byId, sinks }
  }
  const node = (planned: PlannedNode): PlannedNode => {
    const { nodeType } = planned
    const changed: PlannedNode = {
      ...planned,
      nodeType: nodeType.kind === 'wait' ? waitingForEver(nodeType) : nodeType,
      body: planned.body && body(planned.body),
      finally: planned.finally && body(planned.finally),
    }
    all.set(changed.id, changed)
    return changed
  }
  return { root: body(plan.root), all }
}

function waitingForEver(nodeType: WaitNodeType): WaitNodeType {
  return {
    ...nodeType,
    request(config, scope, now) {
      const request = nodeType.request(config, scope, now)
      return request.kind === 'timer' ? { ...request, dueAt: NEVER } : request
    },
  }
}

/** No timer fires unless the record says that it did. */
export function postpone(state: RunState): void {
  for (const path of state.timers.keys()) state.timers.set(path, NEVER)
}
