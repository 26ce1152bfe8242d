import { AgentId, Page, PageQuery, Problem } from '@dure/contracts'
import {
  answerLostUpdates,
  etagOf,
  expectedRevisions,
  IfMatch,
  identityOf,
  pageKeyOf,
  pageOf,
} from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { AgentService } from './service.ts'
import { AgentSummary, AgentView, SaveAgent, viewAgent, viewSummary } from './view.ts'

const PatchAgent = Type.Object(
  {
    name: Type.Optional(SaveAgent.properties.name),
    description: Type.Optional(Type.String({ maxLength: 2000, pattern: '^[^\\u0000]*$' })),
    definition: Type.Optional(SaveAgent.properties.definition),
  },
  { additionalProperties: false, minProperties: 1, $id: 'PatchAgent' },
)

const OfAgent = Type.Object({ agentId: AgentId })
const tags = ['agents']
const read = { scope: 'agents:read' } as const
const write = { scope: 'agents:write' } as const
const act = { ...write, idempotency: 'transaction' } as const

export interface AgentRoutesOptions {
  readonly agents: AgentService
}

/** Under `/v1`: agents as people edit them. */
export const agentRoutes: FastifyPluginAsyncTypebox<AgentRoutesOptions> = async (
  app,
  { agents },
) => {
  answerLostUpdates(app)

  app.post(
    '/agents',
    {
      config: act,
      schema: {
        operationId: 'createAgent',
        summary: 'Create an agent; a definition with problems is refused with all of them',
        tags,
        body: SaveAgent,
        response: { 201: AgentView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { definition: draft, ...rest } = request.body
      const created = await agents.create(identityOf(request), { ...rest, draft })
      return reply
        .code(201)
        .header('location', `/v1/agents/${created.id}`)
        .header('etag', etagOf(created))
        .send(viewAgent(created))
    },
  )

  app.get(
    '/agents',
    {
      config: read,
      schema: {
        operationId: 'listAgents',
        summary: 'List agents, newest first',
        tags,
        querystring: PageQuery,
        response: { 200: Page(AgentSummary, 'AgentPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const page = { limit: limit + 1, after: pageKeyOf(cursor, 'agt') }
      const found = await agents.page(identityOf(request).tenant, page)
      const { data, nextCursor } = pageOf(found, limit)
      return { data: data.map(viewSummary), nextCursor }
    },
  )

  app.get(
    '/agents/:agentId',
    {
      config: read,
      schema: {
        operationId: 'getAgent',
        summary: 'Get an agent with its draft',
        tags,
        params: OfAgent,
        response: { 200: AgentView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const found = await agents.get(identityOf(request).tenant, request.params.agentId)
      return reply.header('etag', etagOf(found)).send(viewAgent(found))
    },
  )

  app.put(
    '/agents/:agentId',
    {
      config: write,
      schema: {
        operationId: 'updateAgent',
        summary: 'Replace the draft; versions and executions stay as they are',
        tags,
        params: OfAgent,
        headers: IfMatch,
        body: SaveAgent,
        response: { 200: AgentView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { definition: draft, ...rest } = request.body
      const change = { draft: { ...rest, draft }, expected: expectedRevisions(request.headers) }
      const { tenant } = identityOf(request)
      const changed = await agents.update(tenant, request.params.agentId, change)
      return reply.header('etag', etagOf(changed)).send(viewAgent(changed))
    },
  )

  app.patch(
    '/agents/:agentId',
    {
      config: write,
      schema: {
        operationId: 'patchAgent',
        summary: 'Change some fields of the draft; what is not sent stays as it is',
        tags,
        params: OfAgent,
        headers: IfMatch,
        body: PatchAgent,
        response: { 200: AgentView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { definition, ...rest } = request.body
      const draft = { ...rest, ...(definition && { draft: definition }) }
      const change = { draft, expected: expectedRevisions(request.headers) }
      const { tenant } = identityOf(request)
      const changed = await agents.update(tenant, request.params.agentId, change)
      return reply.header('etag', etagOf(changed)).send(viewAgent(changed))
    },
  )

  app.delete(
    '/agents/:agentId',
    {
      config: write,
      schema: {
        operationId: 'deleteAgent',
        summary: 'Delete an agent: no new executions; those of before can still be read',
        tags,
        params: OfAgent,
        headers: IfMatch,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      const expected = expectedRevisions(request.headers)
      await agents.remove(identityOf(request).tenant, request.params.agentId, expected)
      return reply.code(204).send(null)
    },
  )
}
