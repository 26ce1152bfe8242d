import type { Tenant, WorkflowVersionId } from '@dure/contracts'
import type { PublishedVersion } from '@dure/engine'
import { LRUCache } from 'lru-cache'
import type { VersionSource } from '../../workflows/version-source.ts'
import { agentWorkflowOf } from './agent-workflow.ts'
import type { AgentWorkflowStore } from './agent-workflow-store.ts'
import type { AgentDirectory, CallableAgent } from './directory-service.ts'

/** Agents that can be called by the APIs of others: a call is a run that asks the agent. */
export interface AgentDoor extends Pick<AgentDirectory, 'find' | 'page'> {
  /** What a run is pinned to that asks it. */
  versionFor(
    tenant: Tenant,
    agent: Pick<CallableAgent, 'id' | 'name'>,
    alias: string | undefined,
  ): Promise<PublishedVersion>
}

interface Parts {
  readonly directory: Pick<AgentDirectory, 'find' | 'page'>
  readonly store: AgentWorkflowStore
  readonly versions: Pick<VersionSource, 'byId'>
}

export function createAgentDoor({ directory, store, versions }: Parts): AgentDoor {
  const kept = new LRUCache<WorkflowVersionId, true>({ max: 10_000 })
  return {
    find: directory.find,
    page: directory.page,

    async versionFor(tenant, agent, alias) {
      const workflow = agentWorkflowOf(tenant, agent, alias)
      const { versionId } = workflow
      if (!kept.has(versionId)) await store.keep(tenant, workflow)
      kept.set(versionId, true)
      return versions.byId(versionId)
    },
  }
}
