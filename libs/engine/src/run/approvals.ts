import type { WaitRequest } from '../nodes/define.ts'
import type { RunCommand } from './command.ts'
import { type Decision, named } from './decision.ts'
import { nodeIdOf } from './path.ts'
import type { PlannedNode } from './plan.ts'
import { approvalHash, completeWith } from './start-node.ts'
import { type NodeState, nodeAt } from './state.ts'

type ApprovalRequest = Extract<WaitRequest, { kind: 'approval' }>
type Deciding = Extract<RunCommand, { type: 'run.decide-approval' }>

/** What is to be approved, as it was edited last. */
export function payloadOf({ edited }: NodeState, request: ApprovalRequest): unknown {
  return edited === undefined ? request.payload : edited
}

/** Whether somebody who may act as these may decide. */
export function mayDecide(
  { assignees, escalate }: ApprovalRequest,
  as: readonly string[],
  level = 0,
) {
  if (assignees.length === 0) return true
  const allowed = [...assignees, ...escalate.slice(0, level).flatMap(({ to }) => to)]
  return as.some((one) => allowed.includes(one))
}

/**
 * Counts a decision. It is about what its maker has seen: with the hash of anything else, made twice, or
 * by somebody who may not make it, it changes nothing.
 */
export function decideApproval(decision: Decision, command: Deciding): void {
  const { path, by, as } = command
  const planned = decision.planned(nodeIdOf(path))
  const node = nodeAt(decision.state, path)
  const request = node?.request
  if (!planned || node?.status !== 'scheduled' || request?.kind !== 'approval') return
  const current = approvalHash(decision, path, payloadOf(node, request))
  if (command.hash !== current || !mayDecide(request, as, node.escalations)) return
  if (node.votes?.some((vote) => vote.by === by && vote.hash === current)) return
  const edit = command.decision === 'approve' && request.allowEdit ? command.edit : undefined
  const hash = edit === undefined ? current : approvalHash(decision, path, edit)
  decision.record({
    type: 'approval.decided',
    ...named(path, planned),
    decision: command.decision,
    by,
    hash,
    ...(command.comment !== undefined && { comment: command.comment }),
    ...(edit !== undefined && { edit }),
  })
  conclude(decision, { path, planned, request }, hash)
}

interface Approval {
  readonly path: string
  readonly planned: PlannedNode
  readonly request: ApprovalRequest
}

/** One rejection rejects; enough approvals of the same payload approve. */
function conclude(decision: Decision, approval: Approval, hash: string): void {
  const votes = nodeAt(decision.state, approval.path)?.votes ?? []
  const counted = votes.filter((vote) => vote.hash === hash)
  if (votes.at(-1)?.decision === 'reject') {
    end(decision, approval, 'rejected')
    return
  }
  const approvals = counted.filter((vote) => vote.decision === 'approve')
  if (approvals.length >= approval.request.quorum) end(decision, approval, 'approved')
}

function end(decision: Decision, { path, planned, request }: Approval, port: string): void {
  const node = nodeAt(decision.state, path)
  if (!node) return
  const votes = (node.votes ?? []).map(({ by, decision: made, comment }) => ({
    by,
    decision: made,
    comment,
  }))
  const data = { decision: port, payload: payloadOf(node, request), votes }
  decision.folded.push(path)
  completeWith(decision, { path, planned }, { port, data })
}

/** The next escalation, or the deadline, of an approval has come. */
export function expireApproval(
  decision: Decision,
  path: string,
  planned: PlannedNode,
  node: NodeState,
): void {
  const { request } = node
  if (request?.kind !== 'approval') return
  const { now } = decision.context
  if (request.dueAt !== null && request.dueAt <= now) {
    const port = { expired: 'expired', approve: 'approved', reject: 'rejected' }[request.onExpire]
    end(decision, { path, planned, request }, port)
    return
  }
  const level = node.escalations ?? 0
  const next = request.escalate[level]
  if (!next || next.dueAt > now) return
  const event = { ...named(path, planned), to: [...next.to], level: level + 1 }
  decision.record({ type: 'approval.escalated', ...event })
}
