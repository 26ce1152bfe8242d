import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Tenant, WorkflowId } from '@dure/contracts'
import { type NodeType, type Optimization, optimizeGraph } from '@dure/engine'
import { LimitExceededError, NotFoundError } from '@dure/kernel'
import { sha256 } from '../sha256.ts'
import type { OptimizerStore, RecordedRuns, VersionToOptimize } from './store.ts'

export interface OptimizeRequest {
  readonly tenant: Tenant
  readonly workflowId: WorkflowId
  /** Absent: the published one, or the newest when none is. */
  readonly version: number | undefined
  readonly runs: number
}

export interface Optimized {
  readonly version: VersionToOptimize
  readonly recorded: RecordedRuns
  readonly optimization: Optimization
}

export interface OptimizerService {
  /**
   * @throws NotFoundError `workflow.not-found`, `workflow.version-not-found`
   * @throws LimitExceededError `workflow.optimizer-busy`
   */
  optimize(request: OptimizeRequest): Promise<Optimized>
}

/** Each plays recorded runs for up to some seconds of computing. */
const AT_ONCE = 2

export function createOptimizerService({
  store,
  nodeTypes,
}: {
  readonly store: OptimizerStore
  readonly nodeTypes: ReadonlyMap<string, NodeType>
}): OptimizerService {
  let underWay = 0

  async function find({ tenant, workflowId, version }: OptimizeRequest) {
    const found = await store.findVersion(tenant, workflowId, version)
    if (!found) throw new NotFoundError('workflow.not-found', 'There is no such workflow')
    if (found.version) return found.version
    const which = version === undefined ? 'no version yet' : `no version ${version}`
    throw new NotFoundError('workflow.version-not-found', `The workflow has ${which}`)
  }

  return {
    async optimize(request) {
      if (underWay >= AT_ONCE) throw busy()
      underWay += 1
      try {
        const version = await find(request)
        const recorded = await store.readRuns(request.tenant, version.id, request.runs)
        const { runs, payloads } = recorded
        const optimization = await optimizeGraph(version.graph, {
          ...{ runs, payloads, nodeTypes, sha256 },
          pause: () => nextTurn(),
        })
        return { version, recorded, optimization }
      } finally {
        underWay -= 1
      }
    },
  }
}

function busy(): LimitExceededError {
  const message = 'Other workflows are being looked at: ask again in a few seconds'
  return new LimitExceededError('workflow.optimizer-busy', message, {}, { retryAfterS: 5 })
}
