import type { NodeState } from './state.ts'

/** When an approval goes on by itself: at its next escalation, or at its deadline; else null. */
export function nextApprovalTimer({ request, escalations = 0 }: NodeState): number | null {
  if (request?.kind !== 'approval') return null
  const times = [request.escalate[escalations]?.dueAt, request.dueAt].filter(
    (time) => time !== null && time !== undefined,
  )
  return times.length === 0 ? null : Math.min(...times)
}
