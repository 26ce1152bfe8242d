import { Page, PageQuery, Problem, WorkflowId } from '@dure/contracts'
import {
  answerLostUpdates,
  decodeCursor,
  encodeCursor,
  etagOf,
  expectedRevisions,
  IfMatch,
  identityOf,
  invalidCursor,
  pageKeyOf,
  pageOf,
} from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { VersionNumber } from '../version-number.ts'
import type { AliasService } from './service.ts'
import {
  AliasChangeView,
  AliasDetails,
  AliasId,
  AliasView,
  CreateAlias,
  SetAlias,
  viewAlias,
  viewChange,
  viewOutcomes,
} from './view.ts'

const OfAlias = Type.Object({ aliasId: AliasId })
const ListQuery = Type.Object({
  ...PageQuery.properties,
  workflowId: Type.Optional(WorkflowId),
})
const Promote = Type.Object(
  {
    version: Type.Optional(
      VersionNumber({ description: 'Absent: the only canary that gets runs' }),
    ),
  },
  { additionalProperties: false, $id: 'PromoteAlias' },
)
const tags = ['aliases']
const read = { scope: 'workflows:read' } as const
const write = { scope: 'workflows:write' } as const
const act = { ...write, idempotency: 'transaction' } as const

/** Under `/v2`. */
export const aliasRoutes: FastifyPluginAsyncTypebox<{ readonly aliases: AliasService }> = async (
  app,
  { aliases },
) => {
  answerLostUpdates(app)

  app.post(
    '/aliases',
    {
      config: act,
      schema: {
        operationId: 'createAlias',
        summary: 'Give a name to a version, or to several by weight',
        tags,
        body: CreateAlias,
        response: { 201: AliasView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { rollback = null, ...rest } = request.body
      const created = await aliases.create(identityOf(request), { ...rest, rollback })
      return reply
        .code(201)
        .header('location', `/v2/aliases/${created.id}`)
        .header('etag', etagOf(created))
        .send(viewAlias(created))
    },
  )

  app.get(
    '/aliases',
    {
      config: read,
      schema: {
        operationId: 'listAliases',
        summary: 'List aliases, newest first',
        tags,
        querystring: ListQuery,
        response: { 200: Page(AliasView, 'AliasPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor, workflowId } = request.query
      const page = { limit: limit + 1, after: pageKeyOf(cursor, 'als'), workflowId }
      const found = await aliases.page(identityOf(request).tenant, page)
      const { data, nextCursor } = pageOf(found, limit)
      return { data: data.map(viewAlias), nextCursor }
    },
  )

  app.get(
    '/aliases/:aliasId',
    {
      config: read,
      schema: {
        operationId: 'getAlias',
        summary: 'Get an alias, how its last runs ended, and what led it there',
        tags,
        params: OfAlias,
        response: { 200: AliasDetails, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { tenant } = identityOf(request)
      const { aliasId } = request.params
      const alias = await aliases.get(tenant, aliasId)
      const [outcomes, [newest]] = await Promise.all([
        aliases.outcomes(tenant, aliasId),
        aliases.changes(tenant, aliasId, { limit: 1, before: undefined }),
      ])
      return reply.header('etag', etagOf(alias)).send({
        ...viewAlias(alias),
        lastRuns: outcomes.map(viewOutcomes),
        lastChange: newest ? viewChange(newest) : null,
      })
    },
  )

  app.get(
    '/aliases/:aliasId/changes',
    {
      config: read,
      schema: {
        operationId: 'listAliasChanges',
        summary: 'Who led an alias where, and why, newest first; also of one that was deleted',
        tags,
        params: OfAlias,
        querystring: PageQuery,
        response: { 200: Page(AliasChangeView, 'AliasChangePage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const { tenant } = identityOf(request)
      const page = { limit: limit + 1, before: cursor === undefined ? undefined : idIn(cursor) }
      const found = await aliases.changes(tenant, request.params.aliasId, page)
      const last = found.length > limit ? found[limit - 1] : undefined
      return {
        data: found.slice(0, limit).map(viewChange),
        nextCursor: last ? encodeCursor([last.id]) : null,
      }
    },
  )

  app.put(
    '/aliases/:aliasId',
    {
      config: write,
      schema: {
        operationId: 'setAlias',
        summary: 'Lead an alias somewhere else; runs are counted anew',
        tags,
        params: OfAlias,
        headers: IfMatch,
        body: SetAlias,
        response: { 200: AliasView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { targets, rollback = null } = request.body
      const expected = expectedRevisions(request.headers)
      const setting = { targets, rollback, expected }
      const set = await aliases.set(identityOf(request), request.params.aliasId, setting)
      return reply.header('etag', etagOf(set)).send(viewAlias(set))
    },
  )

  app.post(
    '/aliases/:aliasId/promote',
    {
      config: act,
      schema: {
        operationId: 'promoteAlias',
        summary: 'Let a canary take all runs',
        tags,
        params: OfAlias,
        body: Type.Union([Promote, Type.Null()]),
        response: { 200: AliasView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { aliasId } = request.params
      const led = await aliases.promote(identityOf(request), aliasId, request.body?.version)
      return reply.header('etag', etagOf(led)).send(viewAlias(led))
    },
  )

  app.delete(
    '/aliases/:aliasId',
    {
      config: write,
      schema: {
        operationId: 'deleteAlias',
        summary: 'Delete an alias: what names it starts no run any more',
        tags,
        params: OfAlias,
        headers: IfMatch,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      const expected = expectedRevisions(request.headers)
      await aliases.remove(identityOf(request), request.params.aliasId, expected)
      return reply.code(204).send(null)
    },
  )
}

function idIn(cursor: string): string {
  const [id = ''] = decodeCursor(cursor)
  if (!/^[1-9][0-9]{0,17}$/.test(id)) throw invalidCursor()
  return id
}
