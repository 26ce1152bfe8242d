import { randomUUIDv7 } from 'node:crypto'
import type { ExperimentId } from '@dure/contracts'
import { prefixedId } from '@dure/kernel'
import type { NewExperiment } from '../experiments/store.ts'
import type { NewOptimization } from './store.ts'

export interface Measured {
  readonly versions: readonly number[]
  readonly cases: number
  /** Of what is left. */
  readonly budgetMicroUsd: number
}

/** An experiment on a part of a dataset, with the evaluators of an optimization, for whoever asked for that. */
export function newExperiment(
  of: NewOptimization,
  { versions, cases, budgetMicroUsd }: Measured,
): NewExperiment {
  const { tenant, agentId, datasetId, datasetRevision, evaluators, caller, keyId, createdBy } = of
  const { repetitions, concurrency, maxRunCostMicroUsd: runLimitMicroUsd } = of.settings
  return {
    id: prefixedId('exp', randomUUIDv7()) as ExperimentId,
    name: `For ${of.id}`,
    ...{ tenant, agentId, datasetId, datasetRevision, evaluators, caller, keyId, createdBy },
    ...{ repetitions, concurrency, runLimitMicroUsd, versions, budgetMicroUsd },
    total: cases * versions.length * repetitions,
  }
}
