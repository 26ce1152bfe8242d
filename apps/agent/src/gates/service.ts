import type { EvaluatorId, ExperimentId, Tenant } from '@dure/contracts'
import { NotFoundError } from '@dure/kernel'
import type { Agent } from '../agents/agent.ts'
import type { AgentStore } from '../agents/store.ts'
import type { DatasetService } from '../datasets/service.ts'
import type { EvaluatorStore } from '../evaluators/store.ts'
import { type Experiment, unknownEvaluators } from '../experiments/experiment.ts'
import type { ExperimentStore } from '../experiments/store.ts'
import {
  type Gate,
  type GateKey,
  gateChanged,
  gateNotFound,
  gateNotMet,
  judgeGate,
} from './gate.ts'
import type { Expected, GateDraft, GateStore } from './store.ts'

/** Everything that names an agent throws NotFoundError `agent.not-found`. */
export interface GateService {
  /** @throws NotFoundError `agent-gate.not-found` */
  get(key: GateKey): Promise<Gate>
  /**
   * @throws NotFoundError `dataset.not-found`
   * @throws InvalidInputError `experiment.unknown-evaluator`
   * @throws ConflictError `agent-gate.changed`
   */
  set(key: GateKey, draft: GateDraft, expected: Expected): Promise<Gate>
  /** @throws NotFoundError `agent-gate.not-found`; ConflictError `agent-gate.changed` */
  remove(key: GateKey, expected: Expected): Promise<void>
  /**
   * Returns when the agent has no gate, or this version meets it.
   *
   * @throws ConflictError `agent.gate-not-met`, with the numbers
   */
  requireMet(key: GateKey, of: Publishing): Promise<void>
}

export interface Publishing {
  readonly version: number
  /** Absent: the newest one that fits. */
  readonly experimentId?: ExperimentId | undefined
}

interface Parts {
  readonly store: GateStore
  readonly agents: Pick<AgentStore, 'find'>
  readonly datasets: Pick<DatasetService, 'get'>
  readonly evaluators: Pick<EvaluatorStore, 'findAll'>
  readonly experiments: Pick<ExperimentStore, 'find' | 'newestDone'>
}

export function createGateService(parts: Parts): GateService {
  const { store, agents, datasets, evaluators } = parts
  const agentOf = async ({ tenant, agentId }: GateKey) => {
    const agent = await agents.find(tenant, agentId)
    if (!agent) throw new NotFoundError('agent.not-found', 'There is no such agent')
    return agent
  }
  const get = async (key: GateKey) => {
    await agentOf(key)
    const gate = await store.find(key)
    if (!gate) throw gateNotFound()
    return gate
  }

  return {
    get,

    async set(key, draft, expected) {
      const { tenant } = key
      await agentOf(key)
      await datasets.get({ tenant, datasetId: draft.datasetId })
      const known = (await evaluators.findAll(tenant, draft.evaluatorIds)).map(({ id }) => id)
      const unknown = draft.evaluatorIds.flatMap((id, index) =>
        known.includes(id) ? [] : [`#/evaluatorIds/${index}`],
      )
      if (unknown.length > 0) throw unknownEvaluators(unknown)
      const gate = await store.set(key, draft, expected)
      if (!gate) throw gateChanged()
      return gate
    },

    async remove(key, expected) {
      await get(key)
      if (!(await store.remove(key, expected))) throw gateChanged()
    },

    async requireMet(key, of) {
      const gate = await store.find(key)
      const agent = await agentOf(key)
      if (!gate || agent.publishedVersion === of.version) return
      const now = await circumstancesOf(parts, gate, { agent, key, version: of.version })
      const experiment = await experimentOf(parts, gate, { key, of, now })
      if (!experiment) {
        const why = 'no experiment of this version is done on the dataset as it is now'
        throw gateNotMet(of.experimentId ? 'there is no such experiment' : why, {})
      }
      const judgement = judgeGate(gate, experiment, now)
      if (judgement.isMet) return
      const { reason, numbers } = judgement
      throw gateNotMet(reason, { experimentId: experiment.id, numbers })
    },
  }
}

async function circumstancesOf(
  { datasets, evaluators }: Parts,
  gate: Gate,
  about: { readonly agent: Agent; readonly key: GateKey; readonly version: number },
) {
  const { agent, key, version } = about
  const { tenant } = key
  const datasetRevision = await revisionOf(datasets, tenant, gate)
  const known = await evaluators.findAll(tenant, gate.evaluatorIds)
  return {
    ...{ version, datasetRevision },
    publishedVersion: agent.publishedVersion,
    evaluatorRevisions: new Map<EvaluatorId, number>(known.map((one) => [one.id, one.revision])),
  }
}

/** 0 for a dataset that was deleted: no experiment is of it as it is now. */
async function revisionOf(
  datasets: Parts['datasets'],
  tenant: Tenant,
  { datasetId }: Gate,
): Promise<number> {
  const dataset = await datasets.get({ tenant, datasetId }).catch((error) => {
    if (error.code === 'dataset.not-found') return { revision: 0 }
    throw error
  })
  return dataset.revision
}

async function experimentOf(
  { experiments }: Parts,
  { agentId, datasetId }: Gate,
  about: {
    readonly key: GateKey
    readonly of: Publishing
    readonly now: { readonly version: number; readonly datasetRevision: number }
  },
): Promise<Experiment | undefined> {
  const { key, of, now } = about
  const { tenant } = key
  if (of.experimentId !== undefined) {
    const found = await experiments.find({ tenant, experimentId: of.experimentId })
    // A part of the dataset says less than the gate asks for.
    return found?.optimizationId === null ? found : undefined
  }
  const { version, datasetRevision } = now
  return experiments.newestDone(tenant, { agentId, version, datasetId, datasetRevision })
}
