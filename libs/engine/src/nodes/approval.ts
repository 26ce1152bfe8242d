import { InvalidInputError } from '@dure/kernel'
import { type Static, Type } from 'typebox'
import type { Scope } from '../expressions/expression.ts'
import { renderDeep, renderText } from '../expressions/template.ts'
import { DeepTemplate, defineWaitNode, Template } from './define.ts'
import { MAX_WAIT_MS } from './values.ts'

const Assignee = Type.Object(
  {
    user: Type.Optional(Template('a principal, such as `{{ input.managerId }}`', 500)),
    role: Type.Optional(Type.String({ pattern: '^[a-z][a-z0-9_-]{0,62}$' })),
  },
  {
    additionalProperties: false,
    minProperties: 1,
    maxProperties: 1,
    description: 'Exactly one of `user` and `role`',
  },
)

const Escalation = Type.Object(
  {
    afterMs: Type.Integer({
      minimum: 1,
      maximum: MAX_WAIT_MS,
      description: 'Milliseconds from the request',
    }),
    to: Type.Array(Assignee, { minItems: 1, maxItems: 50 }),
  },
  { additionalProperties: false, description: 'Who may decide, too, after some time' },
)

const ApprovalConfig = Type.Object(
  {
    title: Template('what is to be decided, in one line', 500),
    body: Type.Optional(Template('what the deciders have to know')),
    payload: Type.Optional(
      DeepTemplate('what is approved: exactly this, whatever changes meanwhile; absent: null'),
    ),
    assignees: Type.Array(Assignee, {
      maxItems: 50,
      default: [],
      description: 'Who may decide; empty: everybody with the scope for it',
    }),
    quorum: Type.Integer({
      minimum: 1,
      maximum: 50,
      default: 1,
      description: 'How many have to approve; one rejection rejects',
    }),
    deadlineMs: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: MAX_WAIT_MS,
        description: 'Milliseconds; absent: as long as the run may take',
      }),
    ),
    onExpire: Type.Enum(['expired', 'approve', 'reject'], {
      default: 'expired',
      description: 'What the deadline does: go on by `expired`, or decide',
    }),
    escalate: Type.Array(Escalation, { maxItems: 10, default: [] }),
    allowEdit: Type.Boolean({
      default: false,
      description: 'Who approves may change the payload',
    }),
  },
  { additionalProperties: false },
)

export const approval = defineWaitNode({
  type: 'approval',
  title: 'Approval',
  description: 'Asks people, and goes on by what they decide: `approved`, `rejected` or `expired`',
  ports: ['approved', 'rejected', 'expired'],
  config: ApprovalConfig,
  request(config, scope, now) {
    const { title, body = '', payload = null, deadlineMs, quorum, onExpire, allowEdit } = config
    const assignees = principals(config.assignees, scope)
    checkQuorum(config, assignees)
    return {
      kind: 'approval',
      title: renderText(title, scope),
      body: renderText(body, scope),
      payload: renderDeep(payload, scope),
      assignees,
      quorum,
      dueAt: deadlineMs === undefined ? null : now + deadlineMs,
      onExpire,
      escalate: config.escalate
        .map(({ afterMs, to }) => ({ dueAt: now + afterMs, to: principals(to, scope) }))
        .toSorted((one, other) => one.dueAt - other.dueAt),
      allowEdit,
    }
  },
})

function principals(assignees: readonly Static<typeof Assignee>[], scope: Scope): string[] {
  const all = assignees.map(({ user, role }) => {
    if (user === undefined) return `role:${role}`
    const principal = renderText(user, scope)
    if (principal !== '') return `user:${principal}`
    throw new InvalidInputError(
      'approval.invalid-assignee',
      `\`${user}\` gives no user, but nothing`,
    )
  })
  return [...new Set(all)]
}

/** A role may have any number of members, users are counted. */
function checkQuorum(
  { quorum, escalate }: Static<typeof ApprovalConfig>,
  assignees: readonly string[],
): void {
  const isClosed = assignees.length > 0 && assignees.every((one) => one.startsWith('user:'))
  if (!isClosed || escalate.length > 0 || assignees.length >= quorum) return
  throw new InvalidInputError(
    'approval.quorum-out-of-reach',
    `${quorum} have to approve, but only ${assignees.length} may: name more, or lower the quorum`,
  )
}
