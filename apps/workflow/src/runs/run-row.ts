import type {
  RunEvent,
  RunId,
  Tenant,
  TraceContext,
  WorkflowId,
  WorkflowVersionId,
} from '@dure/contracts'
import type { Run } from './run.ts'

export type RunStatus = Exclude<Run['status'], 'absent'>

/** The row of a run: what lists show and what guards its changes. */
export interface RunRow {
  readonly id: RunId
  readonly tenant: Tenant
  readonly workflowId: WorkflowId
  readonly versionId: WorkflowVersionId
  readonly versionNumber: number
  readonly status: RunStatus
  readonly version: number
  readonly input: unknown
  readonly output: unknown
  readonly error: { code: string; message: string } | null
  readonly costMicroUsd: number
  readonly startedBy: string
  readonly requestHash: string | null
  readonly trace: TraceContext
  readonly createdAt: Date
  readonly endedAt: Date | null
}

/** One fact of a run, as it was stored. */
export interface RunEventView {
  readonly version: number
  readonly at: Date
  readonly event: RunEvent
}

export const COLUMNS = `id, organization_id, project_id, workflow_id, version_id, version_number, status,
  version, input, output, error, cost_micro_usd, started_by, request_hash, trace, created_at,
  ended_at`

export interface Row {
  readonly id: RunId
  readonly organization_id: Tenant['organizationId']
  readonly project_id: Tenant['projectId']
  readonly workflow_id: WorkflowId
  readonly version_id: WorkflowVersionId
  readonly version_number: number
  readonly status: RunStatus
  readonly version: number
  readonly input: unknown
  readonly output: unknown
  readonly error: { code: string; message: string } | null
  readonly cost_micro_usd: string
  readonly started_by: string
  readonly request_hash: string | null
  readonly trace: TraceContext
  readonly created_at: Date
  readonly ended_at: Date | null
}

export function toRun(row: Row): RunRow {
  return {
    id: row.id,
    tenant: { organizationId: row.organization_id, projectId: row.project_id },
    workflowId: row.workflow_id,
    versionId: row.version_id,
    versionNumber: row.version_number,
    status: row.status,
    version: row.version,
    input: row.input,
    output: row.output,
    error: row.error,
    costMicroUsd: Number(row.cost_micro_usd),
    startedBy: row.started_by,
    requestHash: row.request_hash,
    trace: row.trace,
    createdAt: row.created_at,
    endedAt: row.ended_at,
  }
}
