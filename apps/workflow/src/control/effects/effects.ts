import type { RunId } from '@dure/contracts'
import { type NodeRecord, type Plan, taskKeyOf } from '@dure/engine'

/** A node that has an effect beyond the run, as far as the run has come with it. */
export interface Effect {
  /** `eff_…`: stands for the run and the path. */
  readonly id: string
  readonly effect: 'read' | 'write'
  /** SHA-256, in hex, of `run/path`: stable over attempts. */
  readonly idempotencyKey: string
  readonly node: NodeRecord
}

export function effectsOf(
  runId: RunId,
  nodes: readonly NodeRecord[],
  { plan, sha256 }: { readonly plan: Plan; readonly sha256: (text: string) => string },
): Effect[] {
  return nodes.flatMap((node) => {
    const effect = plan.all.get(node.nodeId)?.effect ?? 'pure'
    if (effect === 'pure' || node.status === 'skipped') return []
    const idempotencyKey = sha256(taskKeyOf(runId, node.path))
    return [{ id: `eff_${idempotencyKey.slice(0, 32)}`, effect, idempotencyKey, node }]
  })
}
