import type { TeamRunId } from '@dure/contracts'
import { createPoller, type Logger, type Poller } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type pg from 'pg'
import type { EndHandler } from '../executions/endings-service.ts'
import { createMembers, type MembersOptions, turnFrom } from './members-service.ts'
import { teamRoutes } from './routes.ts'
import { teamRunRoutes } from './run-routes.ts'
import { createTeamRuns } from './run-service.ts'
import { createTeamRunStore } from './run-store.ts'
import { createTeamService } from './service.ts'
import { createTeamStore } from './store.ts'

export interface TeamSliceOptions extends MembersOptions {
  readonly pool: pg.Pool
  readonly everyTenant: pg.Pool
  readonly log: Logger
}

export interface TeamSlice {
  readonly routes: FastifyPluginAsyncTypebox
  /** For executions whose origin is a team. */
  readonly ended: EndHandler
  readonly sweeper: Poller
}

const POLL_MS = 5000

export function createTeamSlice(options: TeamSliceOptions): TeamSlice {
  const { pool, everyTenant, executions, agents, log } = options
  const teams = createTeamService(createTeamStore(pool))
  const runs = createTeamRuns({
    requests: createTeamRunStore(pool),
    store: createTeamRunStore(everyTenant),
    members: createMembers({ executions, agents }),
    teams,
  })
  return {
    routes: async (app) => {
      await app.register(teamRoutes, { teams })
      await app.register(teamRunRoutes, { runs })
    },
    // Its origin was put together in `members-service.ts`: that is what makes this cast true.
    ended: (execution) =>
      runs.memberEnded(execution.origin?.runId as TeamRunId, turnFrom(execution)),
    sweeper: createPoller({ name: 'agent-teams', pass: runs.sweep, pollMs: POLL_MS, log }),
  }
}
