import { Page, PageQuery, Problem, RunId, WorkflowId } from '@dure/contracts'
import { DureError, InvalidInputError } from '@dure/kernel'
import {
  type Delta,
  EventStream,
  type EventStreams,
  IdempotencyHeaders,
  identityOf,
  onceIdOf,
  pageKeyOf,
  pageOf,
  signalOf,
} from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { type Answering, answeringOf, PREFER } from './prefer.ts'
import type { RunWithEvents } from './read-store.ts'
import { isOver } from './run-row.ts'
import type { Following, RunService } from './service.ts'
import { OrderRun, OrderRuns, requestOf, StartRunBody } from './start-body.ts'
import { type StartedRun, type StartRun, type StartService, starterOf } from './start-service.ts'
import { RUN_STATUSES, RunDetail, RunSummary, viewDetail, viewEvent, viewSummary } from './view.ts'

const RunQuery = Type.Object({
  ...PageQuery.properties,
  workflowId: Type.Optional(WorkflowId),
  status: Type.Optional(Type.Enum(RUN_STATUSES)),
  parentRunId: Type.Optional(RunId),
})

const StartHeaders = Type.Object({ ...IdempotencyHeaders.properties, ...PREFER })

type Request = Parameters<EventStreams['stream']>[0]
type Reply = Parameters<EventStreams['stream']>[1]

const OfRun = Type.Object({ runId: RunId })
const tags = ['runs']
const read = { scope: 'runs:read' } as const
const write = { scope: 'runs:write' } as const

const DELTAS_MAX_BUFFERED_BYTES = 65_536

export interface RunRoutesOptions {
  readonly runs: RunService
  readonly starts: Pick<StartService, 'start'>
  readonly streams: EventStreams
}

/** Everything under `/v1` and `/v2` that starts and shows runs: to be registered without a prefix. */
export const runRoutes: FastifyPluginAsyncTypebox<RunRoutesOptions> = async (
  app,
  { runs, starts, streams },
) => {
  /** What waits to be sent is the memory of this process: beyond a little, deltas are left out. */
  async function* events(of: Omit<Following, 'isBehind'>, { raw }: Reply) {
    const isBehind = () => raw.writableLength > DELTAS_MAX_BUFFERED_BYTES
    for await (const news of runs.follow({ ...of, isBehind })) {
      yield 'version' in news ? viewEvent(of.runId, news) : viewDelta(news)
    }
  }

  async function view({ run, events }: RunWithEvents) {
    const output = await runs.contentOf(run.tenant, run.output)
    return viewDetail({ ...run, output }, events)
  }

  async function answer(
    request: Request,
    reply: Reply,
    started: StartedRun,
    { mode, waitMs, applied }: Answering,
  ) {
    const { run, isRepeated, firstAnswer } = started
    if (firstAnswer) reply.header('idempotency-replayed', 'true')
    if (applied) reply.header('preference-applied', applied)
    if (mode === 'stream') {
      return streams.stream(request, reply, (signal) =>
        events({ runId: run.id, afterVersion: 0, signal }, reply),
      )
    }
    reply.header('location', `/v1/runs/${run.id}`)
    if (mode === 'background') return reply.code(202).send(viewSummary(firstAnswer ?? run))
    if (isOver(run)) {
      return reply.send(await view(isRepeated ? await runs.detail(run.tenant, run.id) : started))
    }
    const signal = AbortSignal.any([signalOf(request), AbortSignal.timeout(waitMs)])
    const ended = await runs.waitForEnd(run.tenant, run.id, signal)
    if (!isOver(ended.run)) return reply.code(202).send(viewSummary(ended.run))
    return reply.send(await view(ended))
  }

  app.post(
    '/v1/workflows/:workflowId/runs',
    {
      config: write,
      schema: {
        operationId: 'startRun',
        summary: 'Start a run and wait for it, follow it, or leave it in the background',
        tags,
        params: Type.Object({ workflowId: WorkflowId }),
        headers: StartHeaders,
        body: StartRunBody,
        response: { 200: RunDetail, 202: RunSummary, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { mode, waitMs, ...body } = request.body
      const answering = answeringOf(
        { ...(mode && { mode }), ...(waitMs !== undefined && { waitMs }) },
        request.headers.prefer,
      )
      if (body.version !== undefined && body.alias !== undefined) throw twoTargets()
      const { workflowId } = request.params
      const idempotencyKey = request.headers['idempotency-key']
      const order = { ...starterOf(identityOf(request)), workflowId, ...body, idempotencyKey }
      return answer(request, reply, await starts.start(order), answering)
    },
  )

  app.post(
    '/v2/runs',
    {
      config: write,
      schema: {
        operationId: 'orderRun',
        summary: 'Start a run, with a priority, a concurrency key, a time to live or a debounce',
        tags,
        headers: StartHeaders,
        body: OrderRun,
        response: { 200: RunDetail, 202: RunSummary, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { mode, waitMs, ...body } = request.body
      const answering = answeringOf(
        { ...(mode && { mode }), ...(waitMs !== undefined && { waitMs }) },
        request.headers.prefer,
      )
      const order = orderOf(request, requestOf(body), request.headers['idempotency-key'])
      return answer(request, reply, await starts.start(order), answering)
    },
  )

  app.post(
    '/v2/runs::batch',
    {
      config: { ...write, idempotency: 'effect' },
      schema: {
        operationId: 'orderRuns',
        summary: 'Start up to 100 runs; each is answered for itself',
        tags,
        body: OrderRuns,
        response: {
          200: Type.Object(
            {
              results: Type.Array(
                Type.Object({
                  run: Type.Optional(RunSummary),
                  error: Type.Optional(
                    Type.Object({ code: Type.String(), message: Type.String() }),
                  ),
                }),
              ),
            },
            { $id: 'OrderedRuns' },
          ),
          '4xx': Problem,
        },
      },
    },
    async (request) => {
      const key = onceIdOf(request)
      const startOne = async (order: Parameters<typeof requestOf>[0], index: number) => {
        const own = key === undefined ? undefined : `${key}#${index}`
        try {
          const { run } = await starts.start(orderOf(request, requestOf(order), own))
          return { run: viewSummary(run) }
        } catch (error) {
          if (!(error instanceof DureError)) throw error
          return { error: { code: error.code, message: error.message } }
        }
      }
      return { results: await Promise.all(request.body.runs.map(startOne)) }
    },
  )

  app.get(
    '/v1/runs',
    {
      config: read,
      schema: {
        operationId: 'listRuns',
        summary: 'List runs, newest first',
        tags,
        querystring: RunQuery,
        response: { 200: Page(RunSummary, 'RunPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor, workflowId, status, parentRunId } = request.query
      const found = await runs.page(identityOf(request).tenant, {
        limit: limit + 1,
        after: pageKeyOf(cursor, 'run'),
        workflowId,
        status,
        parentRunId,
      })
      const { data, nextCursor } = pageOf(found, limit)
      return { data: data.map(viewSummary), nextCursor }
    },
  )

  app.get(
    '/v1/runs/:runId',
    {
      config: read,
      schema: {
        operationId: 'getRun',
        summary: 'Get a run, and how far each of its nodes has come',
        tags,
        params: OfRun,
        response: { 200: RunDetail, '4xx': Problem },
      },
    },
    async (request) => view(await runs.detail(identityOf(request).tenant, request.params.runId)),
  )

  for (const version of ['v1', 'v2'] as const) {
    app.get(
      `/${version}/runs/:runId/events`,
      {
        config: read,
        schema: {
          operationId: version === 'v1' ? 'followRun' : 'followRunV2',
          summary: 'Server-sent events of a run: all that happened, then all that happens',
          description:
            'Resumes after `Last-Event-ID` without a gap and without a repetition. In between come `node.delta` events without an `id`: pieces of the text that a node is about to give, of which some may be lost.',
          tags,
          params: OfRun,
          headers: Type.Object({ 'last-event-id': Type.Optional(Type.String({ maxLength: 20 })) }),
          response: { 200: EventStream, '4xx': Problem },
        },
      },
      async (request, reply) => {
        const { runId } = request.params
        const afterVersion = versionOf(request.headers['last-event-id'])
        await runs.get(identityOf(request).tenant, runId)
        return streams.stream(request, reply, (signal) =>
          events({ runId, afterVersion, signal }, reply),
        )
      },
    )
  }
}

/** Without an `id`: whoever resumes does so after the last event that will never be lost. */
function viewDelta(delta: Delta) {
  return { event: 'node.delta', data: { type: 'node.delta', ...delta } }
}

function orderOf(
  request: Request,
  order: ReturnType<typeof requestOf>,
  idempotencyKey: string | undefined,
): StartRun {
  return { ...order, ...starterOf(identityOf(request)), idempotencyKey }
}

function twoTargets(): InvalidInputError {
  return new InvalidInputError('run.ambiguous-order', 'Name a version or an alias, not both', [
    { pointer: '#/alias', message: 'cannot be combined with `version`' },
  ])
}

function versionOf(lastEventId: string | undefined): number {
  if (lastEventId === undefined || /^[0-9]{1,9}$/.test(lastEventId)) return Number(lastEventId ?? 0)
  throw new InvalidInputError('run.invalid-event-id', 'Send the `id` of an event of this run', [
    { pointer: '#/last-event-id', message: 'is not the id of an event' },
  ])
}
