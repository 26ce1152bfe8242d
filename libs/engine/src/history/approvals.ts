import type { RunId } from '@dure/contracts'
import type { WaitRequest } from '../nodes/define.ts'
import { payloadOf } from '../run/approvals.ts'
import { taskKeyOf } from '../run/decision.ts'
import type { NodeState, Vote } from '../run/state.ts'

type ApprovalRequest = Extract<WaitRequest, { kind: 'approval' }>

/** What an approval is about at this moment, and who has said what. */
export interface ApprovalState {
  /** As it was edited last. */
  readonly payload: unknown
  /** What a decision has to name. */
  readonly hash: string
  readonly votes: readonly Vote[]
  readonly escalations: number
}

export interface ApprovalQuestion {
  readonly runId: RunId
  readonly path: string
  readonly request: ApprovalRequest
  /** Absent: nobody can have said anything yet. */
  readonly node?: NodeState | undefined
  /** Lower case hex. */
  readonly sha256: (text: string) => string
}

export function approvalState(question: ApprovalQuestion): ApprovalState {
  const { runId, path, request, node, sha256 } = question
  const payload = node ? payloadOf(node, request) : request.payload
  // The very text that the engine binds a decision to: a test compares the two.
  const hash = sha256(`${taskKeyOf(runId, path)}\n${JSON.stringify(payload ?? null)}`)
  return { payload, hash, votes: node?.votes ?? [], escalations: node?.escalations ?? 0 }
}
