import { createPoller, type Logger, type Poller } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type pg from 'pg'
import type { EffectLedger } from '../effects/store.ts'
import type { EndHandler } from '../executions/endings-service.ts'
import type { Report } from '../reports/service.ts'
import { createMembers, type MembersOptions, teamRunOf, turnFrom } from './members-service.ts'
import { teamRoutes } from './routes.ts'
import { teamRunRoutes } from './run-routes.ts'
import { createTeamRuns } from './run-service.ts'
import { createTeamRunStore } from './run-store.ts'
import { createTeamService } from './service.ts'
import { createTeamStore } from './store.ts'
import { createTeamTasks, type TeamTasks, tellWorkflow } from './task-service.ts'

export interface TeamSliceOptions extends MembersOptions {
  readonly pool: pg.Pool
  readonly everyTenant: pg.Pool
  readonly log: Logger
  readonly effects: Pick<EffectLedger, 'isCancelled'>
  readonly report: Report
}

export interface TeamSlice {
  readonly routes: FastifyPluginAsyncTypebox
  /** For executions whose origin is a team. */
  readonly ended: EndHandler
  /** For nodes of workflows. */
  readonly tasks: TeamTasks
  readonly sweeper: Poller
}

const POLL_MS = 5000

export function createTeamSlice(options: TeamSliceOptions): TeamSlice {
  const { pool, everyTenant, executions, agents, load, effects, report, log } = options
  const teams = createTeamService(createTeamStore(pool))
  const runs = createTeamRuns({
    requests: createTeamRunStore(pool),
    store: createTeamRunStore(everyTenant),
    members: createMembers({ executions, agents, load }),
    ...{ teams, ended: tellWorkflow(report) },
  })
  return {
    routes: async (app) => {
      await app.register(teamRoutes, { teams })
      await app.register(teamRunRoutes, { runs })
    },
    tasks: createTeamTasks({ runs, effects, report }),
    ended: async (execution) =>
      runs.memberEnded(teamRunOf(execution), await turnFrom(execution, load)),
    sweeper: createPoller({ name: 'agent-teams', pass: runs.sweep, pollMs: POLL_MS, log }),
  }
}
