import { payloadOf } from '../../run/approvals.ts'
import type { RunCommand } from '../../run/command.ts'
import { Decision } from '../../run/decision.ts'
import { approvalHash } from '../../run/start-node.ts'
import { nodeAt } from '../../run/state.ts'
import type { PlayedOut } from './play-out.ts'

/** Two have to say yes, of whom the second is asked after a minute; nobody's answer is a no. */
export const ask = {
  id: 'ask',
  type: 'approval',
  config: {
    title: 'Pay?',
    payload: { amount: 1 },
    quorum: 2,
    allowEdit: true,
    deadlineMs: 90_000,
    onExpire: 'reject',
    escalate: [{ afterMs: 60_000, to: [{ role: 'boss' }] }],
  },
} as const

type Vote = Extract<RunCommand, { type: 'run.decide-approval' }>

/** A yes to `ask` as it stands in a state; without a hash where nobody is asked. */
export function voteIn(
  { context }: Pick<PlayedOut, 'context'>,
  state: PlayedOut['state'],
  by: string,
  more: object = {},
): Vote {
  const node = nodeAt(state, 'ask')
  const decision = new Decision(state, { ...context, now: 0 })
  const hash =
    node?.request?.kind === 'approval'
      ? approvalHash(decision, 'ask', payloadOf(node, node.request))
      : ''
  const voted = { type: 'run.decide-approval', path: 'ask', decision: 'approve' } as const
  return { ...voted, by, as: ['role:boss'], hash, ...more }
}
