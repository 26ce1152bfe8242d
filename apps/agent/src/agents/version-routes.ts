import { AgentId, Page, PageQuery, Problem } from '@dure/contracts'
import { decodeCursor, encodeCursor, etagOf, identityOf, invalidCursor } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { PublishingQuery, publishingOf } from './publishing.ts'
import type { AgentRoutesOptions } from './routes.ts'
import {
  AgentDiff,
  AgentPublicationView,
  AgentVersionView,
  AgentView,
  VersionNumber,
  viewAgent,
  viewPublication,
  viewVersion,
} from './view.ts'

const OfAgent = Type.Object({ agentId: AgentId })
const OfVersion = Type.Object({ agentId: AgentId, number: VersionNumber() })
const OfTwoVersions = Type.Object({ agentId: AgentId, a: VersionNumber(), b: VersionNumber() })
const tags = ['agents']
const read = { scope: 'agents:read' } as const
const act = { scope: 'agents:write', idempotency: 'transaction' } as const

/** Under `/v1`: frozen states of agents, and which of them new executions take. */
export const agentVersionRoutes: FastifyPluginAsyncTypebox<AgentRoutesOptions> = async (
  app,
  { agents },
) => {
  app.post(
    '/agents/:agentId/versions',
    {
      config: act,
      schema: {
        operationId: 'createAgentVersion',
        summary: 'Freeze the draft as an immutable version; an unchanged draft makes no new one',
        tags,
        params: OfAgent,
        response: { 201: AgentVersionView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { agentId } = request.params
      const version = await agents.addVersion(identityOf(request), agentId)
      return reply
        .code(201)
        .header('location', `/v1/agents/${agentId}/versions/${version.number}`)
        .send(viewVersion(version))
    },
  )

  app.get(
    '/agents/:agentId/versions',
    {
      config: read,
      schema: {
        operationId: 'listAgentVersions',
        summary: 'List the versions of an agent, newest first',
        tags,
        params: OfAgent,
        querystring: PageQuery,
        response: { 200: Page(AgentVersionView, 'AgentVersionPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const before = cursor === undefined ? undefined : Number(digitsOf(cursor))
      const { tenant } = identityOf(request)
      const page = { limit: limit + 1, before }
      const found = await agents.versions(tenant, request.params.agentId, page)
      const last = found.length > limit ? found[limit - 1] : undefined
      return {
        data: found.slice(0, limit).map(viewVersion),
        nextCursor: last ? encodeCursor([String(last.number)]) : null,
      }
    },
  )

  app.get(
    '/agents/:agentId/versions/:number',
    {
      config: read,
      schema: {
        operationId: 'getAgentVersion',
        summary: 'Get one version',
        tags,
        params: OfVersion,
        response: { 200: AgentVersionView, '4xx': Problem },
      },
    },
    async (request) => {
      const { agentId, number } = request.params
      return viewVersion(await agents.version(identityOf(request).tenant, agentId, number))
    },
  )

  app.post(
    '/agents/:agentId/versions/:number/publish',
    {
      config: act,
      schema: {
        operationId: 'publishAgentVersion',
        summary: 'Make a version the one that new executions take',
        description: 'Where the agent has a gate, an experiment has to show that it is met.',
        tags,
        params: OfVersion,
        querystring: PublishingQuery,
        response: { 200: AgentView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { agentId, number } = request.params
      const publishing = { number, ...publishingOf(request.query) }
      const published = await agents.publish(identityOf(request), agentId, publishing)
      return reply.header('etag', etagOf(published)).send(viewAgent(published))
    },
  )

  app.get(
    '/agents/:agentId/versions/:a/diff/:b',
    {
      config: read,
      schema: {
        operationId: 'diffAgentVersions',
        summary: 'What became of version a in version b',
        tags,
        params: OfTwoVersions,
        response: { 200: AgentDiff, '4xx': Problem },
      },
    },
    async (request) => {
      const { agentId, a, b } = request.params
      const { added, removed, changed } = await agents.diff(identityOf(request).tenant, agentId, {
        a,
        b,
      })
      return { added: [...added], removed: [...removed], changed: [...changed] }
    },
  )

  app.post(
    '/agents/:agentId/rollback',
    {
      config: act,
      schema: {
        operationId: 'rollBackAgent',
        summary: 'Publish again what was published before; each call goes one step further back',
        tags,
        params: OfAgent,
        response: { 200: AgentView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const published = await agents.rollBack(identityOf(request), request.params.agentId)
      return reply.header('etag', etagOf(published)).send(viewAgent(published))
    },
  )

  app.get(
    '/agents/:agentId/publications',
    {
      config: read,
      schema: {
        operationId: 'listAgentPublications',
        summary: 'What new executions took from when on, newest first',
        description: 'With an `alias`: those that name it.',
        tags,
        params: OfAgent,
        querystring: PageQuery,
        response: { 200: Page(AgentPublicationView, 'AgentPublicationPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const page = { limit: limit + 1, before: cursor === undefined ? undefined : digitsOf(cursor) }
      const { tenant } = identityOf(request)
      const found = await agents.publications(tenant, request.params.agentId, page)
      const last = found.length > limit ? found[limit - 1] : undefined
      return {
        data: found.slice(0, limit).map(viewPublication),
        nextCursor: last ? encodeCursor([last.id]) : null,
      }
    },
  )
}

function digitsOf(cursor: string): string {
  const [text = ''] = decodeCursor(cursor)
  if (!/^[1-9][0-9]{0,8}$/.test(text)) throw invalidCursor()
  return text
}
