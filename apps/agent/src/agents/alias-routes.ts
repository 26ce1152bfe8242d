import { AgentId, Page, Problem } from '@dure/contracts'
import { answerLostUpdates, etagOf, expectedRevisions, IfMatch, identityOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { PublishingQuery, publishingOf } from './publishing.ts'
import type { AgentRoutesOptions } from './routes.ts'
import { AgentAliasView, AliasName, VersionNumber, viewAlias } from './view.ts'

const OfAgent = Type.Object({ agentId: AgentId })
const OfAlias = Type.Object({ agentId: AgentId, alias: AliasName })
const tags = ['agents']
const read = { scope: 'agents:read' } as const
const write = { scope: 'agents:write' } as const

/** Under `/v1`: names for versions, so that `order-desk@prod` can be moved without its callers. */
export const agentAliasRoutes: FastifyPluginAsyncTypebox<AgentRoutesOptions> = async (
  app,
  { agents },
) => {
  answerLostUpdates(app)

  app.get(
    '/agents/:agentId/aliases',
    {
      config: read,
      schema: {
        operationId: 'listAgentAliases',
        summary: 'List the aliases of an agent, by name; there are never more than one page',
        tags,
        params: OfAgent,
        response: { 200: Page(AgentAliasView, 'AgentAliasPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const found = await agents.aliases(identityOf(request).tenant, request.params.agentId)
      return { data: found.map(viewAlias), nextCursor: null }
    },
  )

  app.get(
    '/agents/:agentId/aliases/:alias',
    {
      config: read,
      schema: {
        operationId: 'getAgentAlias',
        summary: 'Get an alias',
        tags,
        params: OfAlias,
        response: { 200: AgentAliasView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { agentId, alias } = request.params
      const found = await agents.alias(identityOf(request).tenant, agentId, alias)
      return reply.header('etag', etagOf(found)).send(viewAlias(found))
    },
  )

  app.put(
    '/agents/:agentId/aliases/:alias',
    {
      config: write,
      schema: {
        operationId: 'setAgentAlias',
        summary: 'Create an alias, or lead it to another version',
        description: 'Where the agent has a gate, an experiment has to show that it is met.',
        tags,
        params: OfAlias,
        querystring: PublishingQuery,
        headers: IfMatch,
        body: Type.Object(
          { version: VersionNumber() },
          { additionalProperties: false, $id: 'SetAgentAlias' },
        ),
        response: { 200: AgentAliasView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { agentId, alias: name } = request.params
      const { version: versionNumber } = request.body
      const wanted = { agentId, name, versionNumber, ...publishingOf(request.query) }
      const expected = expectedRevisions(request.headers)
      const set = await agents.setAlias(identityOf(request), wanted, expected)
      return reply.header('etag', etagOf(set)).send(viewAlias(set))
    },
  )

  app.delete(
    '/agents/:agentId/aliases/:alias',
    {
      config: write,
      schema: {
        operationId: 'deleteAgentAlias',
        summary: 'Delete an alias; executions that it led to go on',
        tags,
        params: OfAlias,
        headers: IfMatch,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { agentId: id, alias: name } = request.params
      const expected = expectedRevisions(request.headers)
      await agents.removeAlias(identityOf(request).tenant, { id, name }, expected)
      return reply.code(204).send(null)
    },
  )
}
