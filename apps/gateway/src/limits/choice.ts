import type { FieldProblem } from '@dure/kernel'
import type { Policies, Policy } from './policy.ts'

/**
 * What an organization may choose for itself: less than it is allowed, and limits besides. It never
 * gets more: for every policy that is there, the lesser of both holds, also when what is allowed was
 * lowered after the choice.
 */
export function withChoice(allowed: Policies, chosen: Policies): Policies {
  const policies: Record<string, Policy> = { ...allowed }
  for (const [name, policy] of Object.entries(chosen)) {
    const ceiling = allowed[name]
    if (ceiling === undefined) policies[name] = policy
    else if (isSameKind(ceiling, policy)) policies[name] = lesser(ceiling, policy)
  }
  return policies
}

/** What is wrong with a choice, each with a pointer to it; `at` is the pointer to the choice. */
export function choiceProblems(allowed: Policies, chosen: Policies, at: string): FieldProblem[] {
  return Object.entries(chosen).flatMap(([name, policy]): FieldProblem[] => {
    const pointer = `${at}/${name}`
    if (policy.per === 'address' || policy.per === 'failures') {
      return [{ pointer: `${pointer}/per`, message: 'Callers without a key belong to nobody' }]
    }
    const ceiling = allowed[name]
    if (ceiling === undefined) return []
    if (!isSameKind(ceiling, policy)) {
      const message = `"${name}" is a limit of the installation: keep its kind, per, classes and window`
      return [{ pointer, message }]
    }
    return excessOf(ceiling, policy).map(({ field, most }) => ({
      pointer: `${pointer}/${field}`,
      message: `At most ${most}, which is what this organization is allowed`,
      code: 'limits.above-allowed',
    }))
  })
}

function isSameKind(one: Policy, other: Policy): boolean {
  const classesOf = ({ classes = [] }: Policy) => [...classes].sort().join()
  if (one.per !== other.per || classesOf(one) !== classesOf(other)) return false
  if (one.kind === 'quota' && other.kind === 'quota') return one.window === other.window
  return one.kind === other.kind
}

/** Both of the same kind. */
function lesser(ceiling: Policy, policy: Policy): Policy {
  const onStoreLoss =
    ceiling.onStoreLoss === 'closed' || policy.onStoreLoss === 'closed' ? 'closed' : 'local-share'
  if (ceiling.kind === 'rate' && policy.kind === 'rate') {
    const isSlower = policy.limit / policy.periodS <= ceiling.limit / ceiling.periodS
    const { limit, periodS } = isSlower ? policy : ceiling
    return { ...ceiling, limit, periodS, burst: Math.min(ceiling.burst, policy.burst), onStoreLoss }
  }
  if (ceiling.kind === 'quota' && policy.kind === 'quota') {
    return { ...ceiling, quota: Math.min(ceiling.quota, policy.quota), onStoreLoss }
  }
  if (ceiling.kind === 'concurrency' && policy.kind === 'concurrency') {
    const concurrent = Math.min(ceiling.concurrent, policy.concurrent)
    return { ...ceiling, concurrent, onStoreLoss }
  }
  return ceiling
}

function excessOf(ceiling: Policy, policy: Policy): { field: string; most: number | string }[] {
  const excess: { field: string; most: number | string }[] = []
  if (ceiling.kind === 'rate' && policy.kind === 'rate') {
    if (policy.limit / policy.periodS > ceiling.limit / ceiling.periodS) {
      excess.push({ field: 'limit', most: `${ceiling.limit} per ${ceiling.periodS} s` })
    }
    if (policy.burst > ceiling.burst) excess.push({ field: 'burst', most: ceiling.burst })
  }
  if (ceiling.kind === 'quota' && policy.kind === 'quota' && policy.quota > ceiling.quota) {
    excess.push({ field: 'quota', most: ceiling.quota })
  }
  if (ceiling.kind === 'concurrency' && policy.kind === 'concurrency') {
    const most = ceiling.concurrent
    if (policy.concurrent > most) excess.push({ field: 'concurrent', most })
  }
  return excess
}
