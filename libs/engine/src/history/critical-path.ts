import type { Plan } from '../run/plan.ts'
import type { NodeRecord } from './nodes.ts'

export interface CriticalStep {
  readonly path: string
  readonly startedAt: Date
  readonly endedAt: Date
  readonly durationMs: number
  /** Between the end of the step before and its start. */
  readonly heldMs: number
}

/**
 * The chain of nodes that the run took as long as it did for: from what ended last back to what it waited
 * for longest, at the top of the workflow; a container is one step of it.
 *
 * @see Kelley and Walker, "Critical-path planning and scheduling", 1959
 */
export function criticalPath(plan: Plan, nodes: readonly NodeRecord[]): CriticalStep[] {
  const ended = new Map(nodes.filter(hasRun).map((node) => [node.path, node]))
  const steps: CriticalStep[] = []
  let at = latest([...ended.values()].filter(({ path }) => !path.includes('/')))
  while (at) {
    const edges = plan.root.byId.get(at.nodeId)?.incoming ?? []
    const before = latest(
      edges.flatMap(({ from, port }) => {
        const node = ended.get(from)
        return node && (node.port === port || node.status === 'failed') ? [node] : []
      }),
    )
    steps.push(stepOf(at, before))
    ended.delete(at.path)
    at = before
  }
  return steps.reverse()
}

type Ended = NodeRecord & { readonly endedAt: Date }

function hasRun(node: NodeRecord): node is Ended {
  return node.endedAt !== null && (node.status === 'completed' || node.status === 'failed')
}

/** Of those that ended at the same moment, the one that was reached last. */
function latest(nodes: readonly Ended[]): Ended | undefined {
  return nodes.reduce<Ended | undefined>((one, other) => {
    if (!one) return other
    const later = other.endedAt.getTime() - one.endedAt.getTime()
    return later > 0 || (later === 0 && other.reachedAt > one.reachedAt) ? other : one
  }, undefined)
}

function stepOf({ path, startedAt, endedAt }: Ended, before: Ended | undefined): CriticalStep {
  const heldMs = before ? Math.max(0, startedAt.getTime() - before.endedAt.getTime()) : 0
  return { path, startedAt, endedAt, durationMs: endedAt.getTime() - startedAt.getTime(), heldMs }
}
