import type { FoundRun, FoundWorkflow, RunId, Tenant, WorkflowId } from '@dure/contracts'
import type pg from 'pg'

export interface WorkflowsWanted {
  readonly ids: readonly WorkflowId[]
  readonly words: readonly string[]
}

export interface RunsWanted {
  readonly ids: readonly RunId[]
  /** None: of any workflow. */
  readonly workflowIds: readonly WorkflowId[]
  /** None: in any state. */
  readonly statuses: readonly string[]
}

/** What a project has, for whoever asks about it. The tenant is part of every query. */
export interface QuestionStore {
  /** Those that are named, then those with most of the words, then the newest; at most 10. */
  findWorkflows(tenant: Tenant, wanted: WorkflowsWanted): Promise<FoundWorkflow[]>
  /** Those that are named, then the newest; at most 10. */
  findRuns(tenant: Tenant, wanted: RunsWanted): Promise<FoundRun[]>
}

const MOST = 10
const STEPS = 30

// Of a project with more, the newest: a question must not read all that somebody ever made.
const WORKFLOWS = `
  SELECT id, name, description, published_version, updated_at, draft->'nodes' AS nodes FROM (
    SELECT w.*, id = ANY($3::text[]) AS named, (
      SELECT count(*) FROM unnest($4::text[]) word
      WHERE strpos(lower(w.name), word) > 0 OR strpos(lower(w.description), word) > 0
    ) AS hits
    FROM (
      SELECT * FROM workflow
      WHERE organization_id = $1 AND project_id = $2 AND deleted_at IS NULL
      ORDER BY created_at DESC, id DESC LIMIT 1000
    ) w
  ) found
  WHERE named OR hits > 0 OR cardinality($4::text[]) = 0
  ORDER BY named DESC, hits DESC, updated_at DESC, id LIMIT ${MOST}`

const RUNS = `
  SELECT r.id, r.workflow_id, w.name, r.status, r.created_at, r.ended_at, r.cost_micro_usd, r.error,
    (SELECT e.event->>'nodeId' FROM run_commit c
     CROSS JOIN LATERAL json_array_elements(c.events) AS e (event)
     WHERE r.status = 'failed' AND c.run_day = run_day(r.id) AND c.run_id = r.id
       AND e.event->>'type' = 'run.failed'
     ORDER BY c.first_version DESC LIMIT 1) AS node_id
  FROM (
    SELECT * FROM (
      SELECT run.*, id = ANY($3::text[]) AS named FROM run
      WHERE organization_id = $1 AND project_id = $2 AND (id = ANY($3) OR id IN (
        SELECT id FROM run WHERE organization_id = $1 AND project_id = $2
        ORDER BY created_at DESC, id DESC LIMIT 500
      ))
    ) recent
    WHERE named OR (
      (cardinality($4::text[]) = 0 OR workflow_id = ANY($4))
      AND (cardinality($5::text[]) = 0 OR status = ANY($5)))
    ORDER BY named DESC, created_at DESC, id DESC LIMIT ${MOST}
  ) r
  LEFT JOIN workflow w ON w.id = r.workflow_id AND w.organization_id = $1 AND w.project_id = $2
  ORDER BY r.named DESC, r.created_at DESC, r.id DESC`

interface WorkflowRow {
  readonly id: WorkflowId
  readonly name: string
  readonly description: string
  readonly published_version: number | null
  readonly updated_at: Date
  readonly nodes: readonly { readonly id: string; readonly type: string }[] | null
}

interface RunRow {
  readonly id: RunId
  readonly workflow_id: WorkflowId
  readonly name: string | null
  readonly status: string
  readonly created_at: Date
  readonly ended_at: Date | null
  readonly cost_micro_usd: string
  readonly error: { readonly code: string; readonly message: string } | null
  readonly node_id: string | null
}

export function createQuestionStore(pool: pg.Pool): QuestionStore {
  return {
    async findWorkflows({ organizationId, projectId }, { ids, words }) {
      const lower = words.map((word) => word.toLowerCase())
      const values = [organizationId, projectId, ids, lower]
      return (await pool.query<WorkflowRow>(WORKFLOWS, values)).rows.map(toWorkflow)
    },

    async findRuns({ organizationId, projectId }, { ids, workflowIds, statuses }) {
      const values = [organizationId, projectId, ids, workflowIds, statuses]
      return (await pool.query<RunRow>(RUNS, values)).rows.map(toRun)
    },
  }
}

/** Names are by people, and errors by whatever failed: as much of them as a question needs. */
function line(text: string): string {
  return text.slice(0, 500).toWellFormed()
}

function toWorkflow(row: WorkflowRow): FoundWorkflow {
  return {
    id: row.id,
    name: line(row.name),
    description: line(row.description),
    publishedVersion: row.published_version,
    steps: (row.nodes ?? []).slice(0, STEPS).map(({ id, type }) => line(`${id} (${type})`)),
    updatedAt: row.updated_at.toISOString(),
  }
}

function toRun(row: RunRow): FoundRun {
  const { error, node_id: nodeId } = row
  return {
    id: row.id,
    workflowId: row.workflow_id,
    workflowName: line(row.name ?? ''),
    status: row.status,
    createdAt: row.created_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    costMicroUsd: Number(row.cost_micro_usd),
    ...(error && {
      error: {
        code: line(error.code),
        message: line(error.message),
        ...(nodeId !== null && { nodeId: line(nodeId) }),
      },
    }),
  }
}
