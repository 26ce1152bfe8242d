import { NodePath, Page, PageQuery, Problem, RunId, TaskError } from '@dure/contracts'
import { identityOf, pageKeyOf, pageOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type Static, Type } from 'typebox'
import type { DeadLetter } from './dead-letter.ts'
import type { DeadLetterService } from './service.ts'

const DeadLetterId = Type.String({ pattern: '^dl_[0-9a-f]{32}$' })
const OfLetter = Type.Object({ deadLetterId: DeadLetterId })
const Moment = Type.String({ format: 'date-time' })

const DeadLetterView = Type.Object(
  {
    id: DeadLetterId,
    runId: Type.Union([RunId, Type.Null()]),
    path: Type.Union([NodePath, Type.Null()], { description: 'null: the run itself' }),
    queue: Type.String({ description: '`run`: it never left the run' }),
    message: Type.String(),
    payload: Type.Unknown(),
    error: TaskError,
    createdAt: Moment,
    redrivenAt: Type.Union([Moment, Type.Null()]),
  },
  { $id: 'DeadLetter' },
)

const RedrivenView = Type.Object(
  {
    results: Type.Array(
      Type.Object({
        id: DeadLetterId,
        error: Type.Union([
          Type.Object({ code: Type.String(), message: Type.String() }),
          Type.Null(),
        ]),
      }),
    ),
  },
  { $id: 'RedrivenDeadLetters' },
)

const tags = ['dead letters']
const read = { scope: 'runs:read' } as const
const write = { scope: 'runs:write' } as const
const act = { ...write, idempotency: 'effect' } as const

export interface DeadLetterRoutesOptions {
  readonly deadLetters: DeadLetterService
}

/** To be registered without a prefix. */
export const deadLetterRoutes: FastifyPluginAsyncTypebox<DeadLetterRoutesOptions> = async (
  app,
  { deadLetters },
) => {
  app.get(
    '/v2/dead-letters',
    {
      config: read,
      schema: {
        operationId: 'listDeadLetters',
        summary: 'List what could not be carried out because something broke, newest first',
        tags,
        querystring: Type.Object({
          ...PageQuery.properties,
          redriven: Type.Optional(Type.Boolean({ description: 'Absent: both' })),
        }),
        response: { 200: Page(DeadLetterView, 'DeadLetterPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor, redriven } = request.query
      const page = { limit: limit + 1, after: pageKeyOf(cursor, 'dl'), redriven }
      const found = await deadLetters.page(identityOf(request).tenant, page)
      const { data, nextCursor } = pageOf(found, limit)
      return { data: data.map(view), nextCursor }
    },
  )

  app.get(
    '/v2/dead-letters/:deadLetterId',
    {
      config: read,
      schema: {
        operationId: 'getDeadLetter',
        summary: 'Get a dead letter',
        tags,
        params: OfLetter,
        response: { 200: DeadLetterView, '4xx': Problem },
      },
    },
    async (request) =>
      view(await deadLetters.get(identityOf(request).tenant, request.params.deadLetterId)),
  )

  app.post(
    '/v2/dead-letters/:deadLetterId(^[a-z0-9_]+)::redrive',
    {
      config: act,
      schema: {
        operationId: 'redriveDeadLetter',
        summary: 'Execute again what failed of its run',
        tags,
        params: OfLetter,
        response: { 200: DeadLetterView, '4xx': Problem },
      },
    },
    async (request) =>
      view(await deadLetters.redrive(identityOf(request), request.params.deadLetterId)),
  )

  app.post(
    '/v2/dead-letters::redrive',
    {
      config: act,
      schema: {
        operationId: 'redriveDeadLetters',
        summary: 'Redrive up to 100 dead letters; each is answered for itself',
        tags,
        body: Type.Object(
          { ids: Type.Array(DeadLetterId, { minItems: 1, maxItems: 100, uniqueItems: true }) },
          { additionalProperties: false },
        ),
        response: { 200: RedrivenView, '4xx': Problem },
      },
    },
    async (request) => ({
      results: await deadLetters.redriveAll(identityOf(request), request.body.ids),
    }),
  )

  app.delete(
    '/v2/dead-letters/:deadLetterId',
    {
      config: write,
      schema: {
        operationId: 'deleteDeadLetter',
        summary: 'Delete a dead letter; its run stays as it is',
        tags,
        params: OfLetter,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      await deadLetters.remove(identityOf(request).tenant, request.params.deadLetterId)
      return reply.code(204).send(null)
    },
  )
}

function view({ createdAt, redrivenAt, ...letter }: DeadLetter): Static<typeof DeadLetterView> {
  return {
    ...letter,
    createdAt: createdAt.toISOString(),
    redrivenAt: redrivenAt?.toISOString() ?? null,
  }
}
