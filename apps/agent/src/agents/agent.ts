import type { AgentId, Tenant } from '@dure/contracts'
import type { AgentDefinition } from './definition.ts'

/** An agent as people edit it. */
export interface Agent {
  readonly id: AgentId
  /** Unique in its project. */
  readonly name: string
  readonly description: string
  readonly draft: AgentDefinition
  readonly latestVersion: number
  readonly publishedVersion: number | null
  /** Rises with each change of name, description and draft. */
  readonly revision: number
  readonly createdBy: string
  readonly createdAt: Date
  readonly updatedAt: Date
}

export type Draft = Pick<Agent, 'name' | 'description' | 'draft'>

/** One immutable state of an agent, which executions are pinned to. */
export interface AgentVersion {
  readonly agentId: AgentId
  readonly number: number
  readonly definition: AgentDefinition
  readonly hash: string
  readonly createdBy: string
  readonly createdAt: Date
}

export interface AgentPublication {
  readonly id: string
  readonly versionNumber: number
  readonly kind: 'publish' | 'rollback' | 'alias'
  /** Which one was led to the version; null: what is taken without a name. */
  readonly alias: string | null
  /** Why it was published although it did not meet its gate. */
  readonly forceReason: string | null
  readonly publishedBy: string
  readonly publishedAt: Date
}

export interface AgentAlias {
  readonly agentId: AgentId
  readonly name: string
  readonly versionNumber: number
  readonly revision: number
  readonly changedBy: string
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** Which revisions a change may replace; undefined: any. */
export type Expected = readonly number[] | undefined

/** The first two parameters of every statement. */
export function ownerOf({ organizationId, projectId }: Tenant): [string, string] {
  return [organizationId, projectId]
}
