import type {
  AgentId,
  Caller,
  ExecutionId,
  TaskError,
  Tenant,
  ThreadId,
  TraceContext,
} from '@dure/contracts'

import type { ModelMessage } from 'ai'
import type { Limits } from '../agents/definition.ts'

export const EXECUTION_STATUSES = [
  'queued',
  'running',
  'waiting',
  'succeeded',
  'failed',
  'cancelled',
] as const
export type ExecutionStatus = (typeof EXECUTION_STATUSES)[number]

/** Who is told of the end of an execution: what it is one of, and what that wants to have back. */
export type Origin = { readonly kind: string } & Readonly<Record<string, unknown>>

/** An execution as its row has it: how far it is, and what came of it. */
export interface Execution {
  readonly id: ExecutionId
  readonly tenant: Tenant
  readonly agentId: AgentId
  readonly agentVersion: number
  readonly threadId: ThreadId | null
  readonly status: ExecutionStatus
  readonly input: readonly ModelMessage[]
  readonly output: unknown
  readonly partial: string | null
  readonly error: TaskError | null
  readonly origin: Origin | null
  readonly caller: Caller | null
  readonly keyId: string | null
  readonly startedBy: string
  readonly priority: 'interactive' | 'background'
  readonly limits: Limits
  readonly steps: number
  readonly inputTokens: number
  readonly outputTokens: number
  readonly costMicroUsd: number
  readonly createdAt: Date
  readonly startedAt: Date | null
  readonly endedAt: Date | null
  readonly deadlineAt: Date
  readonly trace: TraceContext
}

export function isOver({ status }: Pick<Execution, 'status'>): boolean {
  return status === 'succeeded' || status === 'failed' || status === 'cancelled'
}

export const EXECUTION_COLUMNS = `id, organization_id, project_id, agent_id AS "agentId",
  agent_version AS "agentVersion", thread_id AS "threadId", status, input, output, partial, error,
  origin, caller, key_id AS "keyId", started_by AS "startedBy", priority, limits, steps,
  input_tokens::float8 AS "inputTokens", output_tokens::float8 AS "outputTokens",
  cost_micro_usd::float8 AS "costMicroUsd", created_at AS "createdAt", started_at AS "startedAt",
  ended_at AS "endedAt", deadline_at AS "deadlineAt", trace`

export type ExecutionRow = Omit<Execution, 'tenant'> & {
  readonly organization_id: Tenant['organizationId']
  readonly project_id: Tenant['projectId']
}

export function toExecution(row: ExecutionRow): Execution {
  const { organization_id: organizationId, project_id: projectId, ...rest } = row
  return { ...rest, tenant: { organizationId, projectId } }
}

/** All of them, and nothing that is not in them, is shown to nobody. */
export function ownerOf({ organizationId, projectId }: Tenant): [string, string] {
  return [organizationId, projectId]
}
