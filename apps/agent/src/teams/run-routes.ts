import { AgentTeamId, Page, PageQuery, Problem, TeamRunId } from '@dure/contracts'
import { identityOf, invalidCursor, pageKeyOf, pageOf } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { TeamRuns } from './run-service.ts'
import { MAX_TURNS } from './run-store.ts'
import { StartTeam, TeamRunView, TeamTurnView, viewRun, viewTurn } from './view.ts'

const OfTeam = Type.Object({ teamId: AgentTeamId })
const OfRun = Type.Object({ teamId: AgentTeamId, runId: TeamRunId })
const tags = ['agent teams']
const read = { scope: 'runs:read' } as const
const act = { scope: 'runs:write', idempotency: 'transaction' } as const

const { costs: _costs, costMicroUsd: _cost, ...summaryFields } = TeamRunView.properties
const TeamRunSummary = Type.Object(summaryFields, { $id: 'AgentTeamRunSummary' })

export interface TeamRunRoutesOptions {
  readonly runs: TeamRuns
}

/** Under `/v1`: what teams were asked to do. */
export const teamRunRoutes: FastifyPluginAsyncTypebox<TeamRunRoutesOptions> = async (
  app,
  { runs },
) => {
  app.post(
    '/agent-teams/:teamId/runs',
    {
      config: act,
      schema: {
        operationId: 'startAgentTeam',
        summary: 'Give a team a task; it goes on in the background',
        tags,
        params: OfTeam,
        body: StartTeam,
        response: { 202: TeamRunView, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { teamId } = request.params
      const run = await runs.start({
        identity: identityOf(request),
        team: teamId,
        task: request.body.input,
        isUntrusted: request.body.trustInput === false,
      })
      return reply
        .code(202)
        .header('location', `/v1/agent-teams/${teamId}/runs/${run.id}`)
        .send(viewRun(run, []))
    },
  )

  app.get(
    '/agent-teams/:teamId/runs',
    {
      config: read,
      schema: {
        operationId: 'listAgentTeamRuns',
        summary: 'List what a team was asked to do, newest first; costs are with each run alone',
        tags,
        params: OfTeam,
        querystring: PageQuery,
        response: { 200: Page(TeamRunSummary, 'AgentTeamRunPage'), '4xx': Problem },
      },
    },
    async (request) => {
      const { limit, cursor } = request.query
      const page = { limit: limit + 1, after: pageKeyOf(cursor, 'tru') }
      const found = await runs.page(identityOf(request).tenant, request.params.teamId, page)
      const { data, nextCursor } = pageOf(found, limit)
      return { data: data.map(summaryOf), nextCursor }
    },
  )

  app.get(
    '/agent-teams/:teamId/runs/:runId',
    {
      config: read,
      schema: {
        operationId: 'getAgentTeamRun',
        summary: 'Get what came of a task, and what each member has cost',
        tags,
        params: OfRun,
        response: { 200: TeamRunView, '4xx': Problem },
      },
    },
    async (request) => {
      const { tenant } = identityOf(request)
      const run = await runs.get(tenant, request.params.teamId, request.params.runId)
      return viewRun(run, await runs.turns(tenant, run.id, { limit: MAX_TURNS, after: 0 }))
    },
  )

  app.get(
    '/agent-teams/:teamId/runs/:runId/transcript',
    {
      config: read,
      schema: {
        operationId: 'getAgentTeamTranscript',
        summary: 'Read who was asked what, and what they said, in order',
        tags,
        params: OfRun,
        querystring: PageQuery,
        response: { 200: Page(TeamTurnView, 'AgentTeamTranscript'), '4xx': Problem },
      },
    },
    async (request) => {
      const { tenant } = identityOf(request)
      const { limit, cursor } = request.query
      const run = await runs.get(tenant, request.params.teamId, request.params.runId)
      const turns = await runs.turns(tenant, run.id, {
        limit: limit + 1,
        after: positionIn(cursor),
      })
      const last = turns.length > limit ? turns[limit - 1] : undefined
      return {
        data: turns.slice(0, limit).map(viewTurn),
        nextCursor: last === undefined ? null : String(last.position),
      }
    },
  )

  app.post(
    '/agent-teams/:teamId/runs/:runId/cancel',
    {
      config: act,
      schema: {
        operationId: 'cancelAgentTeamRun',
        summary: 'Stop a team: whoever is asked at the moment is stopped, too',
        tags,
        params: OfRun,
        response: { 200: TeamRunSummary, '4xx': Problem },
      },
    },
    async (request) => {
      const { teamId, runId } = request.params
      return summaryOf(await runs.cancel(identityOf(request).tenant, teamId, runId))
    },
  )
}

function summaryOf(run: Parameters<typeof viewRun>[0]) {
  const { costs: _, costMicroUsd: __, ...summary } = viewRun(run, [])
  return summary
}

function positionIn(cursor: string | undefined): number {
  if (cursor === undefined) return 0
  if (/^[1-9]\d{0,3}$/.test(cursor)) return Number(cursor)
  throw invalidCursor()
}
