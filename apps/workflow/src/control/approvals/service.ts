import type { Identity, Tenant } from '@dure/contracts'
import {
  type ApprovalState,
  approvalState,
  type InboxCommand,
  mayDecide,
  nodeAt,
  type Orchestrator,
  type RunRow,
  type RunState,
} from '@dure/engine'
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '@dure/kernel'
import type { ApprovalPage, OpenApproval, WaitingStore } from '../../runs/waiting-store.ts'
import { sha256 } from '../../sha256.ts'
import { type RunHistories, refuseEnded } from '../run-histories.ts'

/** An approval that waits, with what has been said so far. */
export interface CurrentApproval extends OpenApproval {
  readonly state: ApprovalState
}

export interface DecideApproval {
  readonly approvalId: string
  readonly decision: 'approve' | 'reject'
  /** Of the payload that the decider has seen. */
  readonly hash: string
  readonly comment?: string | undefined
  readonly edit?: unknown
}

export interface ApprovalService {
  /** Those that wait, newest first. */
  page(tenant: Tenant, page: ApprovalPage): Promise<CurrentApproval[]>
  /** @throws NotFoundError `approval.not-found` */
  get(tenant: Tenant, approvalId: string): Promise<CurrentApproval>
  /**
   * Decides once, however often it is asked.
   *
   * @returns the run as it is afterwards
   * @throws NotFoundError `approval.not-found`
   * @throws ForbiddenError `approval.not-assigned`
   * @throws ConflictError `approval.over`, `approval.changed`, `approval.already-decided`, `run.ended`
   * @throws InvalidInputError `approval.edit-not-allowed`
   */
  decide(identity: Identity, request: DecideApproval): Promise<RunRow>
}

export interface ApprovalServiceDependencies {
  readonly orchestrator: Pick<Orchestrator, 'command'>
  readonly histories: RunHistories
  readonly waiting: Pick<WaitingStore, 'approvals' | 'findApproval'>
}

export function createApprovalService({
  orchestrator,
  histories,
  waiting,
}: ApprovalServiceDependencies): ApprovalService {
  async function find(tenant: Tenant, approvalId: string): Promise<OpenApproval> {
    const open = await waiting.findApproval(tenant, approvalId)
    if (open) return open
    const message = 'There is no such approval, or it is over'
    throw new NotFoundError('approval.not-found', message)
  }

  /** Only where somebody can have said something that did not end it, the run is asked. */
  async function statesOf(approvals: readonly OpenApproval[]) {
    const asked = approvals.filter(
      ({ request: { quorum, escalate } }) => quorum > 1 || escalate.length > 0,
    )
    const versions = new Map(asked.map(({ runId, runVersion }) => [runId, runVersion]))
    return histories.states([...versions].map(([id, version]) => ({ id, version })))
  }

  return {
    async page(tenant, page) {
      const approvals = await waiting.approvals(tenant, page)
      const states = await statesOf(approvals)
      return approvals.map((open) => ({ ...open, state: stateOf(open, states.get(open.runId)) }))
    },

    async get(tenant, approvalId) {
      const open = await find(tenant, approvalId)
      const states = await statesOf([open])
      return { ...open, state: stateOf(open, states.get(open.runId)) }
    },

    async decide(identity, request) {
      const { tenant, principalId: by } = identity
      const open = await find(tenant, request.approvalId)
      const { runId, path } = open
      const run = await histories.get(tenant, runId)
      refuseEnded(run)
      const state = await histories.state(run)
      if (!isAsked(state, open)) throw over()
      refuse(open, stateOf(open, state), identity, request)
      const command = commandOf(open, identity, request)
      const id = `vote-${by}-${sha256(`${path}#${open.attempt}`)}-${request.hash}`
      await orchestrator.command(runId, tenant, { id, command })
      const after = await histories.get(tenant, runId)
      await refuseLate(after, open, by)
      return after
    },
  }

  /** Somebody else was faster, and with that it was over. */
  async function refuseLate(run: RunRow, open: OpenApproval, by: string): Promise<void> {
    const said = (await histories.events(run)).some(
      ({ event }) =>
        event.type === 'approval.decided' &&
        (event.path ?? event.nodeId) === open.path &&
        event.by === by,
    )
    if (!said && !isAsked(await histories.state(run), open)) throw over()
  }
}

function isAsked(state: RunState, { path, attempt }: OpenApproval): boolean {
  const node = nodeAt(state, path)
  return node?.status === 'scheduled' && node.attempt === attempt && node.kind === 'approval'
}

function stateOf({ runId, path, request }: OpenApproval, state: RunState | undefined) {
  return approvalState({ runId, path, request, node: state && nodeAt(state, path), sha256 })
}

function over(): ConflictError {
  return new ConflictError('approval.over', 'This approval is over: it was decided or given up')
}

/** `user:…` and `role:…` as which somebody may decide. */
function capacitiesOf({ principalId, roles = [] }: Identity): string[] {
  return [`user:${principalId}`, ...roles.map((role) => `role:${role}`)]
}

function refuse(
  { request }: OpenApproval,
  { votes, hash, escalations }: ApprovalState,
  identity: Identity,
  decided: DecideApproval,
): void {
  if (!mayDecide(request, capacitiesOf(identity), escalations)) {
    const message = 'This approval is for others to decide'
    throw new ForbiddenError('approval.not-assigned', message)
  }
  if (votes.some((vote) => vote.by === identity.principalId && vote.hash === hash)) {
    const message = 'You have decided this already: a decision stands'
    throw new ConflictError('approval.already-decided', message)
  }
  if (decided.hash !== hash) {
    const message = 'The payload is not the one that you saw any more: look at it again'
    throw new ConflictError('approval.changed', message, { hash })
  }
  if (decided.edit === undefined || (request.allowEdit && decided.decision === 'approve')) return
  throw new InvalidInputError(
    'approval.edit-not-allowed',
    'Only who approves can edit, and only where the workflow allows it',
    [{ pointer: '#/edit', message: 'is not allowed here' }],
  )
}

function commandOf({ path }: OpenApproval, identity: Identity, request: DecideApproval) {
  const { decision, hash, comment, edit } = request
  const command: InboxCommand = {
    type: 'run.decide-approval',
    ...{ path, decision, hash, by: identity.principalId, as: capacitiesOf(identity) },
    ...(comment !== undefined && { comment }),
    ...(edit !== undefined && { edit }),
  }
  return command
}
