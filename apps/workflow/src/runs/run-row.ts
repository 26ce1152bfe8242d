import type {
  Caller,
  RunEvent,
  RunId,
  Tenant,
  TraceContext,
  WorkflowId,
  WorkflowVersionId,
} from '@dure/contracts'
import type { RunRow, RunStatus } from '@dure/engine'

/** One fact of a run, as this build knows it. */
export interface RunEventView {
  readonly version: number
  readonly at: Date
  readonly event: RunEvent
}

export const COLUMNS = `run.id, run.organization_id, run.project_id, run.workflow_id, run.version_id,
  run.version_number, run.status, run.version, run.input, run.output, run.error, run.cost_micro_usd,
  run.started_by, run.request_hash, run.trace, run.seed, run.depth, run.parent_run_id,
  run.parent_path, run.parent_attempt, run.priority, run.timeout_ms, run.created_at, run.ended_at,
  run.labels->>'alias' AS alias, run.caller`

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
  readonly seed: string
  readonly depth: number
  readonly parent_run_id: RunId | null
  readonly parent_path: string | null
  readonly parent_attempt: number | null
  readonly priority: number
  readonly timeout_ms: string
  readonly created_at: Date
  readonly ended_at: Date | null
  readonly alias: string | null
  readonly caller: Caller | null
}

/** Nothing more happens to it, unless it is retried. */
export function isOver({ status }: Pick<RunRow, 'status'>): boolean {
  return status !== 'queued' && status !== 'running' && status !== 'paused'
}

export function toRun(row: Row): RunRow {
  return {
    id: row.id,
    alias: row.alias,
    caller: row.caller,
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
    seed: row.seed,
    depth: row.depth,
    parent: parentOf(row),
    priority: row.priority,
    timeoutMs: Number(row.timeout_ms),
    createdAt: row.created_at,
    endedAt: row.ended_at,
  }
}

function parentOf({ parent_run_id: runId, parent_path: path, parent_attempt: attempt }: Row) {
  return runId === null || path === null || attempt === null ? null : { runId, path, attempt }
}
