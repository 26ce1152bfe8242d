import { NodePath, RunId } from '@dure/contracts'
import { type Static, Type } from 'typebox'
import type { CurrentApproval } from './service.ts'

const Time = Type.String({ format: 'date-time' })

export const ApprovalId = Type.String({ pattern: '^apr_[0-9a-f]{32}$' })

export const ApprovalView = Type.Object(
  {
    id: ApprovalId,
    runId: RunId,
    path: NodePath,
    title: Type.String(),
    body: Type.String(),
    payload: Type.Unknown({ description: 'What is approved, as it was edited last' }),
    hash: Type.String({ description: 'Of this payload: a decision names it' }),
    assignees: Type.Array(Type.String(), {
      description: '`user:…` and `role:…`; empty: everybody with the scope',
    }),
    quorum: Type.Integer(),
    allowEdit: Type.Boolean(),
    votes: Type.Array(
      Type.Object({
        by: Type.String(),
        decision: Type.Enum(['approve', 'reject']),
        comment: Type.Union([Type.String(), Type.Null()]),
        counts: Type.Boolean({ description: 'false: it was about an earlier payload' }),
      }),
    ),
    dueAt: Type.Union([Time, Type.Null()]),
    onExpire: Type.Enum(['expired', 'approve', 'reject']),
    createdAt: Time,
  },
  { $id: 'Approval' },
)

export function viewApproval(approval: CurrentApproval): Static<typeof ApprovalView> {
  const { id, runId, path, request, state, createdAt } = approval
  const { title, body, quorum, allowEdit, onExpire, dueAt } = request
  const { payload, hash, votes, escalations } = state
  const escalated = request.escalate.slice(0, escalations).flatMap(({ to }) => to)
  return {
    ...{ id, runId, path, title, body, payload, hash, quorum, allowEdit, onExpire },
    // Nobody named means everybody, also once others are asked.
    assignees: request.assignees.length === 0 ? [] : [...request.assignees, ...escalated],
    votes: votes.map(({ by, decision, comment, hash: of }) => ({
      ...{ by, decision, comment },
      counts: of === hash,
    })),
    dueAt: dueAt === null ? null : new Date(dueAt).toISOString(),
    createdAt: createdAt.toISOString(),
  }
}
