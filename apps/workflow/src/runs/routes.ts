import { Page, PageQuery, Problem, RunId, WorkflowId } from '@dure/contracts'
import { InvalidInputError } from '@dure/kernel'
import { type EventStreams, identityOf, pageKeyOf, pageOf, signalOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { RunService } from './service.ts'
import { RunDetail, RunSummary, viewDetail, viewEvent, viewSummary } from './view.ts'

const StartRun = Type.Object(
  {
    input: Type.Record(Type.String({ maxLength: 200 }), Type.Unknown(), { default: {} }),
    mode: Type.Enum(['wait', 'background', 'stream'], {
      default: 'background',
      description:
        '`wait`: answer when the run has ended; `background`: answer at once; `stream`: answer with its events',
    }),
    waitMs: Type.Integer({
      minimum: 0,
      maximum: 50_000,
      default: 30_000,
      description: 'With `wait`: after this many milliseconds answer 202 with the run as it is',
    }),
    version: Type.Optional(
      Type.Integer({ minimum: 1, description: 'Absent: the published version' }),
    ),
  },
  { additionalProperties: false, $id: 'StartRun' },
)

const RunQuery = Type.Object({
  ...PageQuery.properties,
  workflowId: Type.Optional(WorkflowId),
  status: Type.Optional(Type.Enum(['running', 'completed', 'failed'])),
})

const OfRun = Type.Object({ runId: RunId })
const EventStream = Type.Unknown({ description: 'text/event-stream' })
const tags = ['runs']

export interface RunRoutesOptions {
  readonly runs: RunService
  readonly streams: EventStreams
}

export const runRoutes: FastifyPluginAsyncTypebox<RunRoutesOptions> = async (
  app,
  { runs, streams },
) => {
  async function* events(runId: RunId, after: number, signal: AbortSignal) {
    for await (const event of runs.follow(runId, after, signal)) {
      yield viewEvent(runId, event)
    }
  }

  app.post(
    '/workflows/:workflowId/runs',
    {
      config: { scope: 'runs:write' },
      schema: {
        operationId: 'startRun',
        summary: 'Start a run and wait for it, follow it, or leave it in the background',
        tags,
        params: Type.Object({ workflowId: WorkflowId }),
        headers: Type.Object({
          'idempotency-key': Type.Optional(
            Type.String({
              minLength: 1,
              maxLength: 200,
              description: 'The same key with the same request starts one run',
            }),
          ),
        }),
        body: StartRun,
        response: { 200: RunDetail, 202: RunSummary, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { mode, waitMs, input, version } = request.body
      const identity = identityOf(request)
      const run = await runs.start(identity, {
        workflowId: request.params.workflowId,
        version,
        input,
        idempotencyKey: request.headers['idempotency-key'],
      })
      if (mode === 'stream') {
        return streams.stream(request, reply, (signal) => events(run.id, 0, signal))
      }
      reply.header('location', `/v1/runs/${run.id}`)
      if (mode === 'background') return reply.code(202).send(viewSummary(run))
      const signal = AbortSignal.any([signalOf(request), AbortSignal.timeout(waitMs)])
      const ended = await runs.waitForEnd(identity.tenant, run.id, signal)
      if (ended.status === 'running') return reply.code(202).send(viewSummary(ended))
      return reply.send(viewDetail(ended, await runs.events(run.id)))
    },
  )

  app.get(
    '/runs',
    {
      config: { scope: 'runs:read' },
      schema: {
        operationId: 'listRuns',
        summary: 'List runs, newest first',
        tags,
        querystring: RunQuery,
        response: { 200: Page(RunSummary, 'RunPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor, workflowId, status } = request.query
      const found = await runs.page(identityOf(request).tenant, {
        limit: limit + 1,
        after: pageKeyOf(cursor),
        workflowId,
        status,
      })
      const { data, nextCursor } = pageOf(found, limit)
      return { data: data.map(viewSummary), nextCursor }
    },
  )

  app.get(
    '/runs/:runId',
    {
      config: { scope: 'runs:read' },
      schema: {
        operationId: 'getRun',
        summary: 'Get a run, and how far each of its nodes has come',
        tags,
        params: OfRun,
        response: { 200: RunDetail, '4xx': Problem },
      },
    },
    async (request) => {
      const { runId } = request.params
      const run = await runs.get(identityOf(request).tenant, runId)
      return viewDetail(run, await runs.events(runId))
    },
  )

  app.get(
    '/runs/:runId/events',
    {
      config: { scope: 'runs:read' },
      schema: {
        operationId: 'followRun',
        summary: 'Server-sent events of a run: all that happened, then all that happens',
        description: 'Resumes after `Last-Event-ID` without a gap and without a repetition.',
        tags,
        params: OfRun,
        headers: Type.Object({ 'last-event-id': Type.Optional(Type.String({ maxLength: 20 })) }),
        response: { 200: EventStream, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { runId } = request.params
      const after = versionOf(request.headers['last-event-id'])
      await runs.get(identityOf(request).tenant, runId)
      return streams.stream(request, reply, (signal) => events(runId, after, signal))
    },
  )
}

function versionOf(lastEventId: string | undefined): number {
  if (lastEventId === undefined || /^[0-9]{1,9}$/.test(lastEventId)) return Number(lastEventId ?? 0)
  throw new InvalidInputError('run.invalid-event-id', 'Send the `id` of an event of this run', [
    { pointer: '#/last-event-id', message: 'is not the id of an event' },
  ])
}
