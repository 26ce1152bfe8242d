import { hash } from 'node:crypto'
import type { Logger } from '@dure/platform'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type pg from 'pg'
import { canonical } from '../agents/canonical.ts'
import type { AgentService } from '../agents/service.ts'
import type { AgentVersionStore } from '../agents/version-store.ts'
import type { DatasetService } from '../datasets/service.ts'
import type { ExperimentService } from '../experiments/service.ts'
import { createAdvance } from './advance-service.ts'
import { createProposer, type ProposerParts } from './propose-service.ts'
import { optimizationRoutes } from './routes.ts'
import { createOptimizationService } from './service.ts'
import { createOptimizationStore } from './store.ts'
import { createOptimizationWorkStore } from './work-store.ts'
import { createOptimizationDriver, type OptimizationDriver } from './worker.ts'

export interface OptimizerSliceParts extends ProposerParts {
  readonly pool: pg.Pool
  readonly everyTenant: pg.Pool
  readonly versions: AgentVersionStore
  readonly log: Logger
}

export interface OptimizerSlice {
  /** Works in the background. */
  readonly work: OptimizationDriver
  routes(of: {
    readonly agents: AgentService
    readonly datasets: DatasetService
    readonly freeze: ExperimentService['freeze']
  }): FastifyPluginAsyncTypebox
}

/** Part of the composition root: the search for better instructions. */
export function createOptimizerSlice(parts: OptimizerSliceParts): OptimizerSlice {
  const { pool, everyTenant, versions, log } = parts
  const proposer = createProposer(parts)
  const store = createOptimizationWorkStore(everyTenant)
  const work = createOptimizationDriver({
    ...{ store, log },
    advance: createAdvance({ store, proposer, agents: versionsOf(versions) }),
  })
  return {
    work,
    routes: (of) => async (app) => {
      const optimizations = createOptimizationService({
        ...{ ...of, store: createOptimizationStore(pool), kick: work.kick },
        canRewrite: proposer.canRewrite,
      })
      await app.register(optimizationRoutes, { optimizations })
    },
  }
}

function versionsOf(versions: AgentVersionStore): Parameters<typeof createAdvance>[0]['agents'] {
  const definition: Parameters<typeof createAdvance>[0]['agents']['definition'] = async (of) => {
    const found = await versions.find(of.tenant, of.agentId, of.baseVersion)
    if (!found) throw new TypeError(`There is no version ${of.baseVersion} of ${of.agentId}`)
    return found.definition
  }
  return {
    definition,
    async versionFor(of, instructions) {
      const changed = { ...(await definition(of)), instructions }
      const digest = hash('sha256', canonical(changed))
      const { tenant, agentId, createdBy } = of
      // Whoever died before this was noted has made it already.
      const known = await versions.findByHash(tenant, agentId, digest)
      if (known) return known.number
      return (await versions.add(tenant, agentId, { definition: changed, hash: digest, createdBy }))
        .number
    },
  }
}
