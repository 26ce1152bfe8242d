import type { Logger, Service } from '@dure/platform'
import type pg from 'pg'
import type { AgentService } from './agents/service.ts'
import type { AgentStore } from './agents/store.ts'
import { createAgentVersionStore } from './agents/version-store.ts'
import { caseRoutes } from './datasets/case-routes.ts'
import { createCaseStore } from './datasets/case-store.ts'
import { datasetRoutes } from './datasets/routes.ts'
import { createDatasetService } from './datasets/service.ts'
import { createDatasetStore } from './datasets/store.ts'
import { evaluatorRoutes } from './evaluators/routes.ts'
import { createScorer, type ScorerParts } from './evaluators/scoring-service.ts'
import { createEvaluatorService } from './evaluators/service.ts'
import { createEvaluatorStore } from './evaluators/store.ts'
import type { Executions } from './executions/service.ts'
import { createAgentRuns } from './experiments/agent-runs-store.ts'
import { experimentRoutes } from './experiments/routes.ts'
import { createExperimentService } from './experiments/service.ts'
import { createExperimentStore } from './experiments/store.ts'
import { createExperimentWorkStore } from './experiments/work-store.ts'
import { createExperimentDriver } from './experiments/worker.ts'
import { gateRoutes } from './gates/routes.ts'
import { createGateService } from './gates/service.ts'
import { createGateStore } from './gates/store.ts'
import { createOptimizerSlice } from './optimizers/slice-service.ts'

export interface TestingParts extends ScorerParts {
  readonly pool: pg.Pool
  readonly everyTenant: pg.Pool
  readonly agentStore: AgentStore
  readonly executions: Executions
  readonly log: Logger
}

/** Part of the composition root: datasets, evaluators, experiments and gates, of which only gates know no agent that runs. */
export function joinTesting(parts: TestingParts) {
  const { pool, everyTenant, agentStore, executions, log, ...models } = parts
  const datasets = createDatasetService({
    ...{ pool, store: createDatasetStore(pool), caseStore: createCaseStore(pool) },
  })
  const evaluatorStore = createEvaluatorStore(pool)
  const experimentStore = createExperimentStore(pool)
  const scorer = createScorer(models)
  const { requirePossible } = scorer
  const gates = createGateService({
    store: createGateStore(pool),
    ...{ agents: agentStore, datasets, evaluators: evaluatorStore, experiments: experimentStore },
  })

  const work = createExperimentDriver({
    store: createExperimentWorkStore(everyTenant),
    agent: createAgentRuns({ pool: everyTenant, executions }),
    ...{ scorer, log },
  })

  const optimizer = createOptimizerSlice({
    ...{ pool, everyTenant, versions: createAgentVersionStore(pool), log },
    ...models,
  })

  return {
    gates,
    /** Works in the background. */
    works: { experiments: work, optimizations: optimizer.work },

    async register(service: Service, agents: AgentService) {
      const evaluators = createEvaluatorService({ store: evaluatorStore, requirePossible })
      const experiments = createExperimentService({
        ...{ store: experimentStore, agents, datasets, evaluators: evaluatorStore },
        ...{ requirePossible, kick: work.kick },
      })
      await service.register(gateRoutes, { prefix: '/v1', gates })
      await service.register(datasetRoutes, { prefix: '/v2', datasets })
      await service.register(caseRoutes, { prefix: '/v2', datasets })
      await service.register(evaluatorRoutes, { prefix: '/v2', evaluators })
      await service.register(experimentRoutes, { prefix: '/v2', experiments })
      const { freeze } = experiments
      const optimizations = optimizer.routes({ agents, datasets, freeze })
      await service.register(optimizations, { prefix: '/v1' })
    },
  }
}
