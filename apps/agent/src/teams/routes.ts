import { AgentTeamId, Page, PageQuery, Problem } from '@dure/contracts'
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
import type { TeamService } from './service.ts'
import { SaveTeam, TeamView, viewTeam } from './view.ts'

const OfTeam = Type.Object({ teamId: AgentTeamId })
const tags = ['agent teams']
const read = { scope: 'agents:read' } as const
const write = { scope: 'agents:write' } as const
const act = { ...write, idempotency: 'transaction' } as const

export interface TeamRoutesOptions {
  readonly teams: TeamService
}

/** Under `/v1`: teams as people edit them. */
export const teamRoutes: FastifyPluginAsyncTypebox<TeamRoutesOptions> = async (app, { teams }) => {
  answerLostUpdates(app)

  app.post(
    '/agent-teams',
    {
      config: act,
      schema: {
        operationId: 'createAgentTeam',
        summary:
          'Create a team of agents; one that would not work is refused with all its problems',
        tags,
        body: SaveTeam,
        response: { 201: TeamView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const created = await teams.create(identityOf(request), request.body)
      return reply
        .code(201)
        .header('location', `/v1/agent-teams/${created.id}`)
        .header('etag', etagOf(created))
        .send(viewTeam(created))
    },
  )

  app.get(
    '/agent-teams',
    {
      config: read,
      schema: {
        operationId: 'listAgentTeams',
        summary: 'List teams of agents, newest first',
        tags,
        querystring: PageQuery,
        response: { 200: Page(TeamView, 'AgentTeamPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const page = { limit: limit + 1, after: pageKeyOf(cursor, 'team') }
      const { data, nextCursor } = pageOf(await teams.page(identityOf(request).tenant, page), limit)
      return { data: data.map(viewTeam), nextCursor }
    },
  )

  app.get(
    '/agent-teams/:teamId',
    {
      config: read,
      schema: {
        operationId: 'getAgentTeam',
        summary: 'Get a team of agents',
        tags,
        params: OfTeam,
        response: { 200: TeamView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const team = await teams.get(identityOf(request).tenant, request.params.teamId)
      return reply.header('etag', etagOf(team)).send(viewTeam(team))
    },
  )

  app.put(
    '/agent-teams/:teamId',
    {
      config: write,
      schema: {
        operationId: 'updateAgentTeam',
        summary: 'Replace a team of agents; runs that are under way stay as they are',
        tags,
        params: OfTeam,
        headers: IfMatch,
        body: SaveTeam,
        response: { 200: TeamView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const change = { draft: request.body, expected: expectedRevisions(request.headers) }
      const changed = await teams.update(identityOf(request).tenant, request.params.teamId, change)
      return reply.header('etag', etagOf(changed)).send(viewTeam(changed))
    },
  )

  app.delete(
    '/agent-teams/:teamId',
    {
      config: write,
      schema: {
        operationId: 'deleteAgentTeam',
        summary: 'Delete a team: no new tasks; what it did can still be read',
        tags,
        params: OfTeam,
        headers: IfMatch,
        response: { 204: Type.Null(), '4xx': Problem },
      },
    },
    async (request, reply) => {
      const expected = expectedRevisions(request.headers)
      await teams.remove(identityOf(request).tenant, request.params.teamId, expected)
      return reply.code(204).send(null)
    },
  )
}
