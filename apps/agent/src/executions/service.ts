import { hash, randomUUIDv7 } from 'node:crypto'
import type { Caller, ExecutionId, OutgoingMessage, Tenant, ThreadId } from '@dure/contracts'
import { agentControlQueue, outgoing } from '@dure/contracts'
import { ConflictError, InvalidInputError, NotFoundError, prefixedId } from '@dure/kernel'
import { onceCommitted } from '@dure/platform'
import type { ModelMessage } from 'ai'
import { type Limits, MAX_TOLD_MESSAGES } from '../agents/definition.ts'
import type { AgentLookup, PinnedAgent, WantedAgent } from '../agents/lookup-store.ts'
import { guardHistory, guardInput } from '../guardrails/guard.ts'
import type { ToolResult } from '../tools/tool.ts'
import type { ExecutionState, OpenCall } from './execution.ts'
import { type Execution, isOver, type Origin } from './execution-row.ts'
import { grantsIn, narrowedTo } from './narrowing.ts'
import type { ExecutionStore } from './store.ts'
import { type Decision, decisionOn } from './tool-step.ts'
import type { ExecutionWorkStore } from './work-store.ts'
import { advanceMessage } from './worker.ts'

export interface StartExecution extends WantedAgent {
  readonly tenant: Tenant
  readonly input: string | readonly ModelMessage[]
  /** Somebody outside may have written the input. */
  readonly isUntrusted?: boolean | undefined
  readonly threadId?: ThreadId | undefined
  /** Lower than those of the agent, or nothing. */
  readonly limits?: Partial<Limits> | undefined
  readonly origin?: Origin | undefined
  readonly caller?: Caller | undefined
  readonly keyId?: string | undefined
  readonly startedBy: string
  readonly priority?: 'interactive' | 'background' | undefined
  /** What asks again by the same name gets the same execution. */
  readonly onceId?: string | undefined
}

export interface PendingApproval {
  readonly callId: string
  readonly tool: string
  readonly input: unknown
  readonly reason: string
  readonly hash: string
}

/**
 * Executions of agents. Everything that names one throws NotFoundError `execution.not-found`.
 */
export interface Executions {
  /**
   * @throws NotFoundError `agent.not-found`, `agent.version-not-found`, `agent-alias.not-found`
   * @throws ConflictError `agent.not-published`
   * @throws InvalidInputError `guardrail.blocked`
   * @throws NotFoundError `thread.not-found`, ConflictError `thread.busy`
   * @throws InvalidInputError `thread.answer-sent` where answers are sent with a thread, which has its own
   */
  start(order: StartExecution): Promise<Execution>
  get(tenant: Tenant, id: ExecutionId): Promise<Execution>
  find: ExecutionStore['find']
  page: ExecutionStore['page']
  /** It ends as soon as what is under way has noticed; one that is over stays as it is. */
  cancel(tenant: Tenant, id: ExecutionId): Promise<Execution>
  /** What waits for a person, now. */
  pendingApprovals(execution: Execution): Promise<PendingApproval[]>
  /**
   * Once for each call. @throws NotFoundError `agent-approval.not-found`
   * @throws ConflictError `agent-approval.changed`, `agent-approval.already-decided`
   */
  decide(of: DecideCall): Promise<Execution>
  /** The answer of a tool in another service. It may come twice, and before it is known that it was asked. */
  toolAnswered(of: {
    readonly tenant: Tenant
    readonly executionId: ExecutionId
    readonly callKey: string
    readonly result: ToolResult
  }): Promise<void>
}

interface DecideCall extends Decision {
  readonly tenant: Tenant
  readonly id: ExecutionId
  readonly callId: string
  /** What whoever decides has seen; absent: whatever there is. */
  readonly hash?: string | undefined
}

export interface ExecutionsOptions {
  readonly store: ExecutionStore
  readonly agents: Pick<AgentLookup, 'resolve' | 'pinned'>
  readonly load: ExecutionWorkStore['load']
  readonly sendAll: (messages: readonly OutgoingMessage[]) => Promise<void>
}

export function createExecutions(options: ExecutionsOptions): Executions {
  const { store, agents, load, sendAll } = options
  const get = async (tenant: Tenant, id: ExecutionId) =>
    (await store.find(tenant, id)) ?? notFound()

  /** The reconciler does it when Redis does not answer. */
  const wake = (
    of: Pick<Execution, 'id' | 'tenant'>,
    cause: string,
    more: OutgoingMessage[] = [],
  ) => onceCommitted(() => sendAll([advanceMessage(of, cause), ...more]).catch(() => {}))

  return {
    get,
    find: store.find,
    page: store.page,

    async start(order) {
      const { tenant, threadId = null, caller = null, startedBy } = order
      if (threadId !== null) requireNoAnswers(messagesOf(order.input))
      const agent = await agents.resolve(tenant, order)
      const origin = await originOf(options, order, agent)
      const { guardrails } = agent.definition
      const input = guardInput(messagesOf(order.input), guardrails)
      const inserted = await store.insert({
        ...{
          id: executionIdOf(tenant, order.onceId),
          tenant,
          agentId: agent.agentId,
          input,
          threadId,
        },
        ...{ origin, caller, startedBy, agentVersion: agent.version },
        isUntrusted: order.isUntrusted ?? false,
        maxHistory: agent.definition.memory?.thread.maxMessages ?? MAX_TOLD_MESSAGES,
        isSummarised: agent.definition.memory?.thread.summary !== undefined,
        guard: (history) => guardHistory(history, guardrails),
        keyId: order.keyId ?? null,
        priority: order.priority ?? 'background',
        limits: lowest(agent.definition.limits, order.limits),
      })
      if (!inserted) throw notFound()
      if (inserted.isNew) await wake(inserted.execution, 'start')
      return inserted.execution
    },

    async cancel(tenant, id) {
      const execution = (await store.requestCancel(tenant, id)) ?? notFound()
      if (!isOver(execution)) {
        const payload = { tenant, executionId: id }
        await wake(execution, 'cancel', [outgoing(agentControlQueue, 'execution.cancel', payload)])
      }
      return execution
    },

    pendingApprovals: async (execution) =>
      isOver(execution) ? [] : pendingIn(await load(execution.id)),

    async decide({ tenant, id, callId, hash: seen, ...decision }) {
      const execution = await get(tenant, id)
      const pending = pendingIn(await load(id)).find((one) => one.callId === callId)
      if (!pending || isOver(execution)) throw noApproval()
      if (seen !== undefined && seen !== pending.hash) throw approvalChanged()
      const answer = { callId, kind: decisionOn(pending.hash), answer: decision }
      const kept = (await store.answer(tenant, id, answer)) as Decision
      if (kept.decision !== decision.decision) throw alreadyDecided(kept)
      await wake(execution, `decided-${callId}-${pending.hash}`)
      return get(tenant, id)
    },

    async toolAnswered({ tenant, executionId: id, callKey, result }) {
      const [, step, index] = callKey.split('/')
      const callId = `c${step}_${index}`
      await store.answer(tenant, id, { callId, kind: 'result', answer: result })
      await wake({ id, tenant }, `answered-${callId}`)
    },
  }
}

/** Whoever is asked in the name of an agent may do what that agent may do in the execution that asks, and no more. */
async function originOf(
  { store, agents }: Pick<ExecutionsOptions, 'store' | 'agents'>,
  { tenant, origin, caller }: StartExecution,
  { definition }: Pick<PinnedAgent, 'definition'>,
): Promise<Origin | null> {
  if (caller?.delegatedBy === undefined) return origin ?? null
  const by = await store.find(tenant, caller.delegatedBy)
  if (!by) return narrowedTo([], { origin, definition })
  const asking = await agents.pinned(tenant, by.agentId, by.agentVersion)
  return narrowedTo(grantsIn(by, asking.definition), { origin, definition })
}

function pendingIn({ open }: ExecutionState): PendingApproval[] {
  return open.flatMap(({ callId, name: tool, input, approval }: OpenCall) =>
    approval && !approval.decision
      ? [{ callId, tool, input, reason: approval.reason, hash: approval.hash }]
      : [],
  )
}

function messagesOf(input: StartExecution['input']): readonly ModelMessage[] {
  return typeof input === 'string' ? [{ role: 'user', content: input }] : input
}

/** A thread keeps what agents have said: nobody else says it for them. */
function requireNoAnswers(messages: readonly ModelMessage[]): void {
  const problems = messages.flatMap(({ role }, index) =>
    role === 'assistant' ? [{ pointer: `#/input/${index}/role`, message: 'must be `user`' }] : [],
  )
  if (problems.length === 0) return
  const hint = 'A thread has its answers from agents: leave out those of the role `assistant`'
  throw new InvalidInputError('thread.answer-sent', hint, problems)
}

/** The same for each try of a request; of a client's key nothing is to be seen in it. */
export function executionIdOf(tenant: Tenant, onceId: string | undefined): ExecutionId {
  if (onceId === undefined) return prefixedId('exe', randomUUIDv7()) as ExecutionId
  const { organizationId, projectId } = tenant
  const digest = hash('sha256', `${organizationId} ${projectId} ${onceId}`)
  return prefixedId('exe', digest.slice(0, 32)) as ExecutionId
}

function lowest(limits: Limits, asked: Partial<Limits> = {}): Limits {
  const of = (name: keyof Limits) => Math.min(limits[name], asked[name] ?? limits[name])
  return {
    maxSteps: of('maxSteps'),
    maxTokens: of('maxTokens'),
    maxCostMicroUsd: of('maxCostMicroUsd'),
    timeoutMs: of('timeoutMs'),
  }
}

function notFound(): never {
  throw new NotFoundError('execution.not-found', 'There is no such execution')
}

function noApproval(): NotFoundError {
  const hint = 'Nothing waits for a decision on this call: it was decided, or given up'
  return new NotFoundError('agent-approval.not-found', hint)
}

function approvalChanged(): ConflictError {
  const hint = 'The call is not the one that the decision names: look at it again'
  return new ConflictError('agent-approval.changed', hint)
}

function alreadyDecided({ decidedBy }: Decision): ConflictError {
  const hint = `${decidedBy} has decided otherwise already: a decision stands`
  return new ConflictError('agent-approval.already-decided', hint)
}
