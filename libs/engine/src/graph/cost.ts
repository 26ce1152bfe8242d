import { MAX_ITEMS } from '../nodes/values.ts'
import type { Layout } from './structure.ts'
import type { Subject } from './subjects.ts'

/**
 * What a run can cost at the most, in micro-dollars: of each node its type's upper bound, times its
 * attempts, times the iterations around it. Branches that exclude each other are added up.
 *
 * @returns null when there is no bound, or none that anybody knows
 */
export function costUpperBound(layouts: readonly Layout[]): number | null {
  const [top] = layouts
  const cost = top ? costOf(top, layouts) : 0
  return Number.isSafeInteger(cost) ? cost : null
}

/** Infinite when there is no bound. */
function costOf({ subjects }: Layout, layouts: readonly Layout[]): number {
  return subjects.reduce((sum, subject) => {
    const attempts = subject.node.policy?.retry?.maxAttempts ?? 1
    return sum + attempts * (ownCost(subject) + bodiesCost(subject, layouts))
  }, 0)
}

function ownCost({ nodeType, config, node }: Subject): number {
  // What the other workflow does is not known here.
  if (nodeType === undefined || node.type === 'subworkflow') return Number.POSITIVE_INFINITY
  if (nodeType.kind !== 'task' || !nodeType.maxCostMicroUsd) return 0
  return (config && nodeType.maxCostMicroUsd(config)) ?? Number.POSITIVE_INFINITY
}

function bodiesCost(subject: Subject, layouts: readonly Layout[]): number {
  return layouts
    .filter(({ region }) => region.container?.node === subject.node)
    .reduce((sum, layout) => {
      const once = costOf(layout, layouts)
      // Not infinity times nothing, which is no number.
      return sum + (once === 0 ? 0 : once * iterationsOf(subject, layout.region.part))
    }, 0)
}

function iterationsOf({ nodeType, config }: Subject, part: string): number {
  if (nodeType?.kind !== 'container' || nodeType.container === 'try' || part === 'finally') return 1
  const { maxIterations } = config ?? {}
  const isBounded = nodeType.container === 'loop' && typeof maxIterations === 'number'
  return isBounded ? maxIterations : MAX_ITEMS
}
