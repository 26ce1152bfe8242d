import type { NodeId, RunEvent, RunId, TaskOutcome, TaskRef } from '@dure/contracts'
import { type EventStore, withTransaction } from '@dure/platform'
import type pg from 'pg'
import type { Run, ScheduledTask } from './run.ts'
import { COLUMNS, type Row, type RunRow, toRun } from './run-row.ts'

export interface NewRun {
  readonly row: Omit<
    RunRow,
    'status' | 'version' | 'output' | 'error' | 'costMicroUsd' | 'createdAt' | 'endedAt'
  >
  readonly idempotencyKey: string | undefined
  readonly timeoutMs: number
}

/** What one decision changes, committed as one. */
export interface RunChange {
  readonly events: readonly RunEvent[]
  readonly tasks: readonly ScheduledTask[]
  readonly after: Run
}

export interface FoldedTask {
  readonly nodeId: NodeId
  readonly attempt: number
  readonly outcome: TaskOutcome
}

export interface LoadedRun {
  readonly row: RunRow
  readonly events: readonly RunEvent[]
  /** Results that are stored and not yet part of the events. */
  readonly results: readonly FoldedTask[]
}

export interface RunStore {
  /** @returns false when a run with this idempotency key exists already; then nothing is stored */
  create(run: NewRun, change: RunChange): Promise<boolean>
  /** @returns false when the run has changed since it was loaded; then nothing is stored */
  commit(loaded: LoadedRun, change: RunChange): Promise<boolean>
  /** @returns false when the task is not waiting for this result (any more) */
  recordResult(task: TaskRef, outcome: TaskOutcome): Promise<boolean>
  load(runId: RunId): Promise<LoadedRun | undefined>
}

const INSERT_RUN = `
  INSERT INTO run (id, organization_id, project_id, workflow_id, version_id, version_number,
    input, started_by, request_hash, trace, idempotency_key, deadline_at,
    status, version, output, error, ended_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, now() + $12::int * interval '1 ms',
    $13, $14, $15, $16, CASE WHEN $13 = 'running' THEN NULL ELSE now() END)
  ON CONFLICT (organization_id, project_id, idempotency_key) DO NOTHING`

const UPDATE_RUN = `
  UPDATE run SET version = $3, status = $4, output = $5, error = $6,
    cost_micro_usd = cost_micro_usd + $7,
    ended_at = CASE WHEN $4 = 'running' THEN NULL ELSE now() END
  WHERE id = $1 AND version = $2`

const INSERT_TASKS = `
  INSERT INTO node_task (run_id, node_id, attempt, queue, message, key, payload)
  SELECT $1, node_id, attempt, queue, message, key, payload
  FROM unnest($2::text[], $3::int[], $4::text[], $5::text[], $6::text[], $7::json[])
    AS task (node_id, attempt, queue, message, key, payload)`

/** With the run itself, all its tasks end: a result that comes later finds none that waits. */
const CLOSE_TASKS = `
  UPDATE node_task SET status = 'closed'
  WHERE run_id = $1 AND status <> 'closed' AND ($2 OR node_id = ANY ($3::text[]))`

const RECORD_RESULT = `
  UPDATE node_task SET status = 'done', outcome = $4
  FROM run
  WHERE run_id = $1 AND node_id = $2 AND attempt = $3 AND node_task.status = 'open'
    AND run.id = run_id AND run.organization_id = $5 AND run.project_id = $6`

const UNFOLDED = `
  SELECT node_id, attempt, outcome FROM node_task
  WHERE run_id = $1 AND status = 'done' ORDER BY node_id`

export interface RunStoreDependencies {
  readonly pool: pg.Pool
  readonly events: EventStore
}

/** Runs in PostgreSQL: a decision is one transaction, guarded by the version of the run. */
export function createRunStore({ pool, events }: RunStoreDependencies): RunStore {
  async function append(client: pg.PoolClient, run: RunIdentity, change: RunChange) {
    await events.append(client, {
      stream: run.id,
      expectedVersion: run.version,
      events: change.events,
      tenant: run.tenant,
    })
    if (change.tasks.length > 0) await insertTasks(client, run.id, change.tasks)
  }

  return {
    async create({ row, idempotencyKey, timeoutMs }, change) {
      const { status, output, error } = outcomeOf(change)
      return withTransaction(pool, async (client) => {
        const { rowCount } = await client.query(INSERT_RUN, [
          ...[row.id, row.tenant.organizationId, row.tenant.projectId, row.workflowId],
          ...[row.versionId, row.versionNumber, JSON.stringify(row.input), row.startedBy],
          ...[row.requestHash, JSON.stringify(row.trace), idempotencyKey ?? null, timeoutMs],
          ...[status, change.events.length, output, error],
        ])
        if (rowCount === 0) return false
        await append(client, { ...row, version: 0 }, change)
        return true
      })
    },

    async commit({ row, results }, change) {
      const { status, output, error, costMicroUsd } = outcomeOf(change)
      return withTransaction(pool, async (client) => {
        const version = row.version + change.events.length
        const values = [row.id, row.version, version, status, output, error, costMicroUsd]
        const { rowCount } = await client.query(UPDATE_RUN, values)
        if (rowCount === 0) return false
        const folded = results.map(({ nodeId }) => nodeId)
        await client.query(CLOSE_TASKS, [row.id, status !== 'running', folded])
        await append(client, row, change)
        return true
      })
    },

    async recordResult({ runId, nodeId, attempt, tenant }, outcome) {
      const { organizationId, projectId } = tenant
      const { rowCount } = await pool.query(RECORD_RESULT, [
        ...[runId, nodeId, attempt, JSON.stringify(outcome), organizationId, projectId],
      ])
      return rowCount === 1
    },

    async load(runId) {
      const sql = `SELECT ${COLUMNS} FROM run WHERE id = $1`
      const [found] = (await pool.query<Row>(sql, [runId])).rows
      if (!found) return undefined
      const row = toRun(found)
      const [stored, { rows }] = await Promise.all([
        events.read(runId),
        pool.query<{ node_id: NodeId; attempt: number; outcome: TaskOutcome }>(UNFOLDED, [runId]),
      ])
      return {
        row,
        // What was appended meanwhile belongs to a newer version: the commit will find out.
        events: stored
          .filter(({ version }) => version <= row.version)
          .map(({ type, data }) => ({ ...data, type }) as RunEvent),
        results: rows.map(({ node_id, ...rest }) => ({ nodeId: node_id, ...rest })),
      }
    },
  }
}

type RunIdentity = Pick<RunRow, 'id' | 'tenant' | 'version'>

async function insertTasks(client: pg.PoolClient, runId: RunId, tasks: readonly ScheduledTask[]) {
  await client.query(INSERT_TASKS, [
    runId,
    tasks.map(({ task }) => task.nodeId),
    tasks.map(({ task }) => task.attempt),
    tasks.map(({ message }) => message.queue),
    tasks.map(({ message }) => message.name),
    tasks.map(({ message }) => message.key),
    tasks.map(({ message }) => JSON.stringify(message.payload)),
  ])
}

function outcomeOf({ events, after }: RunChange) {
  const last = events.at(-1)
  const costs = events.map((event) =>
    event.type === 'node.completed' ? (event.usage?.costMicroUsd ?? 0) : 0,
  )
  return {
    status: after.status,
    output: last?.type === 'run.completed' ? JSON.stringify(last.output) : null,
    error: last?.type === 'run.failed' ? JSON.stringify(last.error) : null,
    costMicroUsd: costs.reduce((sum, cost) => sum + cost, 0),
  }
}
