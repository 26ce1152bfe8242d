import { randomUUIDv7 } from 'node:crypto'
import {
  type AgentId,
  callerOf,
  type DatasetId,
  type EvaluatorId,
  type ExperimentId,
  type Identity,
  keyOf,
  type Tenant,
} from '@dure/contracts'
import { prefixedId } from '@dure/kernel'
import { afterCommit } from '@dure/platform'
import type { AgentVersion } from '../agents/agent.ts'
import type { AgentService } from '../agents/service.ts'
import type { DatasetService } from '../datasets/service.ts'
import type { EvaluatorConfig } from '../evaluators/evaluator.ts'
import type { EvaluatorStore } from '../evaluators/store.ts'
import {
  alreadyOver,
  type Experiment,
  type ExperimentKey,
  type ExperimentRun,
  experimentNotFound,
  type FrozenEvaluator,
  MAX_EXPERIMENTS,
  MAX_RUNS,
  noCases,
  ofOptimization,
  sameVersion,
  tooManyExperiments,
  tooManyRuns,
  underWay,
  unknownEvaluators,
} from './experiment.ts'
import type { ExperimentStore } from './store.ts'

export interface Wanted {
  readonly name: string
  readonly agentId: AgentId
  /** One, or two to compare. `draft`: is frozen as a version first. */
  readonly versions: readonly (number | 'draft')[]
  readonly datasetId: DatasetId
  readonly evaluatorIds: readonly EvaluatorId[]
  readonly repetitions: number
  readonly concurrency: number
  readonly budgetMicroUsd: number | null
}

/** Everything that names an experiment throws NotFoundError `experiment.not-found`. */
export interface ExperimentService {
  /**
   * Its runs are started in the background.
   *
   * @throws NotFoundError `agent.not-found`, `agent.version-not-found`, `dataset.not-found`
   * @throws InvalidInputError `experiment.unknown-evaluator`, `experiment.same-version`
   * @throws ConflictError `experiment.no-cases`, `experiment.too-large`, `experiment.too-many`, `evaluator.not-possible`
   */
  create(identity: Identity, wanted: Wanted): Promise<Experiment>
  get(key: ExperimentKey): Promise<Experiment>
  page: ExperimentStore['page']
  /**
   * Evaluators as they are now.
   *
   * @throws InvalidInputError `experiment.unknown-evaluator` @throws ConflictError `evaluator.not-possible`
   */
  freeze(tenant: Tenant, ids: readonly EvaluatorId[]): Promise<FrozenEvaluator[]>
  runs(
    key: ExperimentKey,
    page: { readonly from: number; readonly limit: number },
  ): Promise<ExperimentRun[]>
  /** Runs that were started are cancelled, too. @throws ConflictError `experiment.over` */
  cancel(key: ExperimentKey): Promise<Experiment>
  /** @throws ConflictError `experiment.under-way`, `experiment.of-optimization` */
  remove(key: ExperimentKey): Promise<void>
}

export interface ExperimentServiceDependencies {
  readonly store: ExperimentStore
  readonly agents: Pick<AgentService, 'addVersion' | 'version'>
  readonly datasets: Pick<DatasetService, 'get'>
  readonly evaluators: Pick<EvaluatorStore, 'findAll'>
  /** @throws DureError `evaluator.not-possible` */
  readonly requirePossible: (config: EvaluatorConfig) => void
  /** A hint: without it, the work is found a second later. */
  readonly kick: () => void
}

export function createExperimentService(parts: ExperimentServiceDependencies): ExperimentService {
  const { store, kick } = parts
  const get = async (key: ExperimentKey) => {
    const found = await store.find(key)
    if (!found) throw experimentNotFound()
    return found
  }

  return {
    get,
    page: store.page,
    freeze: (tenant, ids) => evaluatorsOf(parts, tenant, ids),

    async create(identity, wanted) {
      const { tenant, principalId: createdBy } = identity
      const versions = await versionsOf(parts.agents, identity, wanted)
      const dataset = await parts.datasets.get({ tenant, datasetId: wanted.datasetId })
      const evaluators = await evaluatorsOf(parts, tenant, wanted.evaluatorIds)
      const total = dataset.caseCount * versions.length * wanted.repetitions
      if (total === 0) throw noCases()
      if (total > MAX_RUNS) throw tooManyRuns(total)
      if ((await store.count(tenant)) >= MAX_EXPERIMENTS) throw tooManyExperiments()
      const { name, agentId, datasetId, repetitions, concurrency, budgetMicroUsd } = wanted
      const experiment = await store.insert({
        id: prefixedId('exp', randomUUIDv7()) as ExperimentId,
        ...{ tenant, name, agentId, datasetId, evaluators, repetitions, concurrency },
        versions: versions.map(({ number }) => number),
        datasetRevision: dataset.revision,
        budgetMicroUsd,
        runLimitMicroUsd: Math.max(
          ...versions.map(({ definition }) => definition.limits.maxCostMicroUsd),
        ),
        ...{ total, caller: callerOf(identity), keyId: keyOf(identity) ?? null, createdBy },
      })
      afterCommit(kick)
      return experiment
    },

    async runs(key, page) {
      await get(key)
      return store.runs(key, page)
    },

    async cancel(key) {
      const isCancelled = await store.cancel(key)
      const experiment = await get(key)
      if (!isCancelled) throw alreadyOver()
      afterCommit(kick)
      return experiment
    },

    async remove(key) {
      if (await store.remove(key)) return
      const { optimizationId } = await get(key)
      throw optimizationId === null ? underWay() : ofOptimization()
    },
  }
}

async function versionsOf(
  agents: ExperimentServiceDependencies['agents'],
  identity: Identity,
  { agentId, versions }: Wanted,
): Promise<AgentVersion[]> {
  const found: AgentVersion[] = []
  for (const version of versions) {
    found.push(
      version === 'draft'
        ? await agents.addVersion(identity, agentId)
        : await agents.version(identity.tenant, agentId, version),
    )
  }
  if (new Set(found.map(({ number }) => number)).size < found.length) throw sameVersion()
  return found
}

async function evaluatorsOf(
  { evaluators, requirePossible }: ExperimentServiceDependencies,
  tenant: Tenant,
  ids: readonly EvaluatorId[],
): Promise<FrozenEvaluator[]> {
  const known = new Map((await evaluators.findAll(tenant, ids)).map((one) => [one.id, one]))
  const unknown = ids.flatMap((id, index) => (known.has(id) ? [] : [`#/evaluatorIds/${index}`]))
  if (unknown.length > 0) throw unknownEvaluators(unknown)
  return ids.flatMap((id) => {
    const evaluator = known.get(id)
    if (!evaluator) return []
    requirePossible(evaluator.config)
    const { name, revision, config } = evaluator
    return [{ id, name, revision, config }]
  })
}
