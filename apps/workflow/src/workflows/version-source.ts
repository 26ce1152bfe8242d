import type { Tenant, WorkflowId, WorkflowVersionId } from '@dure/contracts'
import { ConflictError, NotFoundError } from '@dure/kernel'
import { LRUCache } from 'lru-cache'
import type { NodeType } from '../nodes/define.ts'
import { type Plan, planOf } from '../runs/plan.ts'
import type { Graph } from './graph.ts'
import type { StoredVersion, WorkflowStore } from './store.ts'

/** A version that a run can be pinned to. Immutable, so it may be kept in memory for ever. */
export interface PublishedVersion {
  readonly id: WorkflowVersionId
  readonly workflowId: WorkflowId
  readonly number: number
  readonly graph: Graph
  readonly plan: Plan
}

export interface VersionSource {
  /**
   * The version that a new run takes: the asked one, or the published one.
   *
   * @throws NotFoundError `workflow.not-found`, `workflow.version-not-found`
   * @throws ConflictError `workflow.not-published`
   */
  resolve(
    tenant: Tenant,
    workflowId: WorkflowId,
    number: number | undefined,
  ): Promise<PublishedVersion>
  /** For a run that is pinned to it. */
  byId(id: WorkflowVersionId): Promise<PublishedVersion>
}

export function createVersionSource(
  store: Pick<WorkflowStore, 'find' | 'findVersion' | 'versionById'>,
  nodeTypes: ReadonlyMap<string, NodeType>,
): VersionSource {
  const cache = new LRUCache<string, PublishedVersion>({ max: 500 })

  function keep({ id, workflowId, number, graph }: StoredVersion): PublishedVersion {
    const known = cache.get(id)
    if (known) return known
    const version = { id, workflowId, number, graph, plan: planOf(graph, nodeTypes) }
    cache.set(id, version)
    return version
  }

  return {
    async resolve(tenant, workflowId, number) {
      const workflow = await store.find(tenant, workflowId)
      if (!workflow) throw new NotFoundError('workflow.not-found', 'There is no such workflow')
      const wanted = number ?? workflow.publishedVersion
      if (wanted === null) {
        throw new ConflictError(
          'workflow.not-published',
          'Nothing is published yet: create a version and publish it, or name one',
        )
      }
      const stored = await store.findVersion(tenant, workflowId, wanted)
      if (!stored) {
        throw new NotFoundError('workflow.version-not-found', `There is no version ${wanted}`)
      }
      return keep(stored)
    },

    async byId(id) {
      const known = cache.get(id)
      if (known) return known
      const stored = await store.versionById(id)
      if (!stored) throw new TypeError(`Version ${id} of a run is not there`)
      return keep(stored)
    },
  }
}
