import {
  AgentId,
  callerOf,
  ExecutionId,
  keyOf,
  Page,
  PageQuery,
  Problem,
  ThreadId,
} from '@dure/contracts'
import { InvalidInputError } from '@dure/kernel'
import {
  type Delta,
  decodeCursor,
  EventStream,
  type EventStreams,
  encodeCursor,
  identityOf,
  invalidCursor,
  onceIdOf,
  pageKeyOf,
  pageOf,
  signalOf,
} from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { EXECUTION_STATUSES, type Execution, isOver } from './execution-row.ts'
import type { FollowService, RecordedExecutionEvent } from './follow-service.ts'
import type { Executions } from './service.ts'
import { inputOf, StartAgentRun } from './start-body.ts'
import {
  ExecutionSummary,
  ExecutionView,
  StepView,
  viewExecution,
  viewExecutionSummary,
  viewStep,
} from './view.ts'

const OfAgent = Type.Object({ agentId: AgentId })
const OfRun = Type.Object({ executionId: ExecutionId })
const tags = ['agent runs']
const read = { scope: 'runs:read' } as const
const act = { scope: 'runs:write', idempotency: 'effect' } as const

const WAIT_MS = 30_000
const DELTAS_MAX_BUFFERED_BYTES = 65_536

export interface ExecutionRoutesOptions {
  readonly executions: Executions
  readonly following: FollowService
  readonly streams: EventStreams
}

type Request = Parameters<EventStreams['stream']>[0]
type Reply = Parameters<EventStreams['stream']>[1]

/** Under `/v1`: executions of agents, which people call their runs. */
export const executionRoutes: FastifyPluginAsyncTypebox<ExecutionRoutesOptions> = async (
  app,
  { executions, following, streams },
) => {
  const view = async (execution: Execution) =>
    viewExecution(execution, await executions.pendingApprovals(execution))

  function stream(request: Request, reply: Reply, of: { execution: Execution; after: number }) {
    const { id, tenant } = of.execution
    const isBehind = () => reply.raw.writableLength > DELTAS_MAX_BUFFERED_BYTES
    return streams.stream(request, reply, (signal) =>
      streamed(following.follow({ tenant, id, afterVersion: of.after, signal, isBehind })),
    )
  }

  app.post(
    '/agents/:agentId/runs',
    {
      config: act,
      schema: {
        operationId: 'startAgentRun',
        summary: 'Start an agent and wait for it, follow it, or leave it in the background',
        tags,
        params: OfAgent,
        body: StartAgentRun,
        response: { 200: ExecutionView, 202: ExecutionSummary, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { mode = 'background', waitMs = WAIT_MS, input, trustInput, ...order } = request.body
      if (order.version !== undefined && order.alias !== undefined) throw twoTargets()
      const identity = identityOf(request)
      const { tenant, principalId: startedBy } = identity
      const execution = await executions.start({
        ...{ tenant, startedBy, keyId: keyOf(identity), ...order, input: inputOf(input) },
        isUntrusted: trustInput === false,
        agent: request.params.agentId,
        caller: callerOf(identity),
        priority: mode === 'background' ? 'background' : 'interactive',
        onceId: onceIdOf(request),
      })
      if (mode === 'stream') return stream(request, reply, { execution, after: 0 })
      reply.header('location', `/v1/agent-runs/${execution.id}`)
      if (mode === 'background') return reply.code(202).send(viewExecutionSummary(execution))
      const signal = AbortSignal.any([signalOf(request), AbortSignal.timeout(waitMs)])
      const ended = await following.waitForEnd(tenant, execution.id, signal)
      if (!isOver(ended)) return reply.code(202).send(viewExecutionSummary(ended))
      return reply.send(await view(ended))
    },
  )

  app.get(
    '/agent-runs',
    {
      config: read,
      schema: {
        operationId: 'listAgentRuns',
        summary: 'List executions of agents, newest first',
        tags,
        querystring: Type.Object({
          ...PageQuery.properties,
          agentId: Type.Optional(AgentId),
          status: Type.Optional(Type.Enum([...EXECUTION_STATUSES])),
          threadId: Type.Optional(ThreadId),
        }),
        response: { 200: Page(ExecutionSummary, 'AgentRunPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor, ...filter } = request.query
      const page = { limit: limit + 1, after: pageKeyOf(cursor, 'exe'), ...filter }
      const found = await executions.page(identityOf(request).tenant, page)
      const { data, nextCursor } = pageOf(found, limit)
      return { data: data.map(viewExecutionSummary), nextCursor }
    },
  )

  app.get(
    '/agent-runs/:executionId',
    {
      config: read,
      schema: {
        operationId: 'getAgentRun',
        summary: 'Get an execution of an agent, with what waits for a person',
        tags,
        params: OfRun,
        response: { 200: ExecutionView, '4xx': Problem },
      },
    },
    async (request) =>
      view(await executions.get(identityOf(request).tenant, request.params.executionId)),
  )

  app.get(
    '/agent-runs/:executionId/steps',
    {
      config: read,
      schema: {
        operationId: 'listAgentRunSteps',
        summary: 'List the calls of models and tools of an execution, oldest first',
        tags,
        params: OfRun,
        querystring: PageQuery,
        response: { 200: Page(StepView, 'AgentRunStepPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const { id } = await executions.get(identityOf(request).tenant, request.params.executionId)
      const afterVersion = cursor === undefined ? 0 : versionIn(cursor)
      const found = await following.events(id, { afterVersion, limit: limit + 1 })
      const last = found.length > limit ? found[limit - 1] : undefined
      return {
        data: found.slice(0, limit).flatMap((one) => viewStep(one) ?? []),
        nextCursor: last ? encodeCursor([String(last.version)]) : null,
      }
    },
  )

  app.get(
    '/agent-runs/:executionId/events',
    {
      config: read,
      schema: {
        operationId: 'followAgentRun',
        summary: 'Server-sent events of an execution: all that happened, then all that happens',
        description:
          'Resumes after `Last-Event-ID` without a gap and without a repetition. In between come `execution.delta` events without an `id`: pieces of text, reasoning and arguments of tools that the model is about to give, of which some may be lost.',
        tags,
        params: OfRun,
        headers: Type.Object({ 'last-event-id': Type.Optional(Type.String({ maxLength: 20 })) }),
        response: { 200: EventStream, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const after = versionOf(request.headers['last-event-id'])
      const { executionId } = request.params
      const execution = await executions.get(identityOf(request).tenant, executionId)
      return stream(request, reply, { execution, after })
    },
  )

  app.post(
    '/agent-runs/:executionId/cancel',
    {
      config: act,
      schema: {
        operationId: 'cancelAgentRun',
        summary: 'Cancel an execution; a call that is under way is ended',
        tags,
        params: OfRun,
        response: { 202: ExecutionSummary, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { executionId } = request.params
      const cancelled = await executions.cancel(identityOf(request).tenant, executionId)
      return reply.code(202).send(viewExecutionSummary(cancelled))
    },
  )

  app.post(
    '/agent-runs/:executionId/approvals/:callId',
    {
      config: act,
      schema: {
        operationId: 'decideAgentCall',
        summary: 'Allow or refuse one call of a tool; the decision is on this very call alone',
        tags,
        params: Type.Object({
          executionId: ExecutionId,
          callId: Type.String({ pattern: '^c[1-9][0-9]{0,3}_[0-9]{1,3}$', examples: ['c1_0'] }),
        }),
        body: Type.Object(
          {
            decision: Type.Enum(['approve', 'reject']),
            reason: Type.Optional(
              Type.String({
                maxLength: 1000,
                description: 'The model is told, when it is refused',
              }),
            ),
            hash: Type.Optional(
              Type.String({
                pattern: '^[0-9a-f]{64}$',
                description: 'Of the pending approval: the decision is void for another call',
              }),
            ),
          },
          { additionalProperties: false, $id: 'DecideAgentCall' },
        ),
        response: { 202: ExecutionSummary, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { executionId: id, callId } = request.params
      const { tenant, principalId: decidedBy } = identityOf(request)
      const decided = await executions.decide({ tenant, id, callId, decidedBy, ...request.body })
      return reply.code(202).send(viewExecutionSummary(decided))
    },
  )
}

function twoTargets(): InvalidInputError {
  const hint = 'Name a version or an alias, not both'
  return new InvalidInputError('execution.ambiguous-order', hint, [
    { pointer: '#/alias', message: 'cannot be combined with `version`' },
  ])
}

async function* streamed(news: AsyncIterable<RecordedExecutionEvent | Delta>) {
  for await (const one of news) yield 'version' in one ? recorded(one) : delta(one)
}

function recorded({ version, at, event }: RecordedExecutionEvent) {
  const data = { version, at: at.toISOString(), ...event }
  return { id: String(version), event: event.type, data }
}

/** Without an `id`: whoever resumes does so after the last event that will never be lost. */
function delta({ runId: executionId, attempt: step, of = 'text', index, ...rest }: Delta) {
  const { nodeId: _nodeId, path: _path, ...piece } = rest
  const data = { type: 'execution.delta', executionId, step, of, index, ...piece }
  return { event: 'execution.delta', data }
}

function versionIn(cursor: string): number {
  const [text = ''] = decodeCursor(cursor)
  if (!/^[1-9][0-9]{0,8}$/.test(text)) throw invalidCursor()
  return Number(text)
}

function versionOf(lastEventId: string | undefined): number {
  if (lastEventId === undefined || /^[0-9]{1,9}$/.test(lastEventId)) return Number(lastEventId ?? 0)
  throw new InvalidInputError(
    'execution.invalid-event-id',
    'Send the `id` of an event of this execution',
    [{ pointer: '#/last-event-id', message: 'is not the id of an event' }],
  )
}
