import { randomUUIDv7 } from 'node:crypto'
import {
  type AgentId,
  callerOf,
  type DatasetId,
  type EvaluatorId,
  type Identity,
  keyOf,
  type PromptOptimizationId,
} from '@dure/contracts'
import { prefixedId } from '@dure/kernel'
import { afterCommit } from '@dure/platform'
import type { Agent } from '../agents/agent.ts'
import type { AgentService } from '../agents/service.ts'
import type { DatasetService } from '../datasets/service.ts'
import type { ExperimentService } from '../experiments/service.ts'
import { newExperiment } from './measuring-service.ts'
import {
  type Candidate,
  candidateNotFound,
  draftChanged,
  MAX_OPTIMIZATIONS,
  noMethod,
  nothingBetter,
  type OptimizationKey,
  optimizationNotFound,
  optimizationOver,
  optimizationUnderWay,
  type PromptOptimization,
  type Settings,
  tooManyOptimizations,
} from './optimization.ts'
import { splitCases } from './split.ts'
import type { OptimizationStore } from './store.ts'

export interface WantedOptimization {
  readonly agentId: AgentId
  /** `draft`: is frozen as a version first. */
  readonly version: number | 'draft'
  readonly datasetId: DatasetId
  readonly evaluatorIds: readonly EvaluatorId[]
  /** Null: a twentieth of the budget. */
  readonly maxRunCostMicroUsd: number | null
  readonly settings: Omit<Settings, 'maxRunCostMicroUsd'>
}

export interface ShownOptimization {
  readonly optimization: PromptOptimization
  readonly candidates: readonly Candidate[]
}

/** Everything that names an optimization throws NotFoundError `prompt-optimization.not-found`. */
export interface OptimizationService {
  /**
   * Begins it; it goes on in the background.
   *
   * @throws NotFoundError `agent.not-found`, `agent.version-not-found`, `dataset.not-found`
   * @throws InvalidInputError `experiment.unknown-evaluator`
   * @throws ConflictError `prompt-optimization.too-few-cases`, `prompt-optimization.too-many`, `prompt-optimization.no-model`,
   *   `evaluator.not-possible`
   */
  create(identity: Identity, wanted: WantedOptimization): Promise<PromptOptimization>
  get(key: OptimizationKey): Promise<ShownOptimization>
  page: OptimizationStore['page']
  /** @throws ConflictError `prompt-optimization.over` */
  cancel(key: OptimizationKey): Promise<PromptOptimization>
  /**
   * Puts the instructions of a candidate into the draft of the agent. Nothing is published.
   *
   * @throws ConflictError `prompt-optimization.under-way`, `prompt-optimization.nothing-better`, `prompt-optimization.draft-changed`
   * @throws NotFoundError `prompt-optimization.candidate-not-found`, `agent.not-found`
   */
  apply(key: OptimizationKey, of: Applying): Promise<Agent>
  /** @throws ConflictError `prompt-optimization.under-way` */
  remove(key: OptimizationKey): Promise<void>
}

export interface Applying {
  /** Absent: the one that was shown to be better. */
  readonly candidate?: number | undefined
  readonly overwrite: boolean
}

export interface OptimizationServiceParts {
  readonly store: OptimizationStore
  readonly agents: Pick<AgentService, 'addVersion' | 'version' | 'get' | 'update'>
  readonly datasets: Pick<DatasetService, 'get'>
  readonly freeze: ExperimentService['freeze']
  readonly canRewrite: (settings: Pick<Settings, 'model'>) => boolean
  /** A hint: without it, the work is found a second later. */
  readonly kick: () => void
}

const BUDGET_SHARE = 20

export function createOptimizationService(parts: OptimizationServiceParts): OptimizationService {
  const { store, kick } = parts
  const find = async (key: OptimizationKey) => {
    const found = await store.find(key)
    if (!found) throw optimizationNotFound()
    return found
  }

  return {
    page: store.page,

    create: (identity, wanted) => begin(parts, identity, wanted),

    async get(key) {
      return { optimization: await find(key), candidates: await store.candidates(key) }
    },

    async cancel(key) {
      const isCancelled = await store.cancel(key)
      const optimization = await find(key)
      if (!isCancelled) throw optimizationOver()
      afterCommit(kick)
      return optimization
    },

    apply: async (key, of) => apply(parts, key, { ...of, optimization: await find(key) }),

    async remove(key) {
      if (await store.remove(key)) return
      await find(key)
      throw optimizationUnderWay()
    },
  }
}

async function begin(
  parts: OptimizationServiceParts,
  identity: Identity,
  wanted: WantedOptimization,
): Promise<PromptOptimization> {
  const { store, agents, kick } = parts
  const { tenant } = identity
  const version =
    wanted.version === 'draft'
      ? await agents.addVersion(identity, wanted.agentId)
      : await agents.version(tenant, wanted.agentId, wanted.version)
  const settings = settingsOf(wanted, version.definition.limits.maxCostMicroUsd)
  if (!settings.methods.includes('few-shot') && !parts.canRewrite(settings)) throw noMethod()
  const { datasetId } = wanted
  const { revision } = await parts.datasets.get({ tenant, datasetId })
  const evaluators = await parts.freeze(tenant, wanted.evaluatorIds)
  if ((await store.count(tenant)) >= MAX_OPTIMIZATIONS) throw tooManyOptimizations()
  const { seed, maxCases: limit, heldOutShare } = settings
  const cases = await store.rankedCases(tenant, { datasetId, revision, seed, limit })
  const optimization = {
    id: prefixedId('opt', randomUUIDv7()) as PromptOptimizationId,
    ...{ tenant, agentId: wanted.agentId, baseVersion: version.number, datasetId },
    ...{ datasetRevision: revision, evaluators, settings },
    parts: splitCases(cases, heldOutShare),
    ...{ caller: callerOf(identity), keyId: keyOf(identity) ?? null },
    createdBy: identity.principalId,
  }
  const { train } = optimization.parts
  const measuring = newExperiment(optimization, {
    ...{ versions: [version.number], cases: train.length },
    budgetMicroUsd: settings.budgetMicroUsd,
  })
  const inserted = await store.insert(optimization, measuring)
  afterCommit(kick)
  return inserted
}

async function apply(
  { store, agents }: OptimizationServiceParts,
  key: OptimizationKey,
  of: Applying & { readonly optimization: PromptOptimization },
): Promise<Agent> {
  const { optimization, candidate, overwrite } = of
  if (optimization.status === 'running') throw optimizationUnderWay()
  const { agentId, conclusion, baseVersion } = optimization
  const better = conclusion?.verdict === 'better' ? conclusion.candidate : null
  const number = candidate ?? better
  if (number === null) throw nothingBetter()
  const instructions = (await store.candidates(key)).find(
    (one) => one.number === number,
  )?.instructions
  if (instructions == null) throw candidateNotFound()
  const { tenant } = key
  const agent = await agents.get(tenant, agentId)
  const before = (await agents.version(tenant, agentId, baseVersion)).definition.instructions
  if (agent.draft.instructions !== before && !overwrite) throw draftChanged()
  const draft = { draft: { ...agent.draft, instructions } }
  return agents.update(tenant, agentId, { draft, expected: [agent.revision] })
}

function settingsOf(
  { settings, maxRunCostMicroUsd }: WantedOptimization,
  limitMicroUsd: number,
): Settings {
  const share = Math.max(1, Math.floor(settings.budgetMicroUsd / BUDGET_SHARE))
  const wanted = maxRunCostMicroUsd ?? share
  return { ...settings, maxRunCostMicroUsd: Math.min(limitMicroUsd, wanted) }
}
