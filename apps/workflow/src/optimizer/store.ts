import type { RunEvent, RunId, Tenant, WorkflowId } from '@dure/contracts'
import {
  type Graph,
  isPayloadRef,
  type RecordedRun,
  type RunStore,
  runEvents,
  type TimedEvent,
} from '@dure/engine'
import type { StoredEvent } from '@dure/kernel'
import type pg from 'pg'

export interface VersionToOptimize {
  readonly id: string
  readonly number: number
  readonly graph: Graph
}

export interface RecordedRuns {
  /** In the order in which they began. */
  readonly runs: readonly RecordedRun[]
  readonly payloads: ReadonlyMap<string, unknown>
  /** Ended runs that were left out because they would have been too much to read. */
  readonly leftOut: number
}

/** What the advice on a workflow is made from. Each look-up names the tenant. */
export interface OptimizerStore {
  /** @returns undefined when there is no such workflow; a version is null when there is none of it */
  findVersion(
    tenant: Tenant,
    workflowId: WorkflowId,
    number: number | undefined,
  ): Promise<{ readonly version: VersionToOptimize | null } | undefined>
  /** The last runs of a version that have ended, as far as they are not too large in all. */
  readRuns(tenant: Tenant, versionId: string, limit: number): Promise<RecordedRuns>
}

const MAX_EVENTS = 20_000
const MAX_BYTES = 16_777_216
const MAX_PAYLOAD_BYTES = 16_777_216

const VERSION = `
  SELECT v.id, v.number, v.graph FROM workflow w
  LEFT JOIN workflow_version v ON v.workflow_id = w.id
    AND v.number = coalesce($4::int, w.published_version, w.latest_version)
  WHERE w.id = $1 AND w.organization_id = $2 AND w.project_id = $3 AND w.deleted_at IS NULL`

// The sum over those before it says whether there is room for one more.
const RUNS = `
  SELECT id, workflow_id, seed, timeout_ms, version,
    sum(version) OVER (ORDER BY created_at DESC, id DESC)::int AS events
  FROM (
    SELECT id, workflow_id, seed, timeout_ms, version, created_at FROM run
    WHERE organization_id = $1 AND project_id = $2 AND version_id = $3 AND ended_at IS NOT NULL
    ORDER BY created_at DESC, id DESC LIMIT $4
  ) ended
  ORDER BY created_at DESC, id DESC`

// The days are known first: beneath a policy, an index serves only what is compared as it is.
const OF_RUNS = `(run_day, run_id) IN (SELECT run_day(id), id FROM unnest($1::text[]) AS id OFFSET 0)`

const SIZES = `
  SELECT run_id, sum(octet_length(events::text))::int AS bytes FROM run_commit
  WHERE ${OF_RUNS} AND organization_id = $2 AND project_id = $3
  GROUP BY run_id`

const EVENTS = `
  SELECT run_id, floor(extract(epoch FROM at) * 1000)::float8 AS at_ms, events FROM run_commit
  WHERE ${OF_RUNS} AND organization_id = $2 AND project_id = $3
  ORDER BY run_id, first_version`

const PAYLOADS = `
  SELECT hash, max(size) AS size FROM payload
  WHERE organization_id = $1 AND project_id = $2 AND hash = ANY ($3::text[])
  GROUP BY hash ORDER BY size, hash`

interface EndedRow {
  readonly id: RunId
  readonly workflow_id: WorkflowId
  readonly seed: string
  readonly timeout_ms: string
  readonly version: number
  readonly events: number
}

interface EventsRow {
  readonly run_id: RunId
  readonly at_ms: number
  readonly events: readonly StoredEvent<RunEvent>[]
}

export function createOptimizerStore(
  pool: pg.Pool,
  payloadStore: Pick<RunStore, 'readPayloads'>,
): OptimizerStore {
  /** Newest first, until the next one would not fit. */
  async function fitting(tenant: Tenant, ended: readonly EndedRow[]): Promise<EndedRow[]> {
    const some = ended.filter(({ events }) => events <= MAX_EVENTS)
    const values = [some.map(({ id }) => id), tenant.organizationId, tenant.projectId]
    const { rows } = await pool.query<{ run_id: RunId; bytes: number }>(SIZES, values)
    const sizes = new Map(rows.map(({ run_id, bytes }) => [run_id, bytes]))
    let left = MAX_BYTES
    return some.filter(({ id }) => {
      left -= sizes.get(id) ?? 0
      return left >= 0 && sizes.has(id)
    })
  }

  async function eventsOf(tenant: Tenant, ids: readonly RunId[]) {
    const values = [ids, tenant.organizationId, tenant.projectId]
    const { rows } = await pool.query<EventsRow>(EVENTS, values)
    const found = new Map<RunId, TimedEvent[]>(ids.map((id) => [id, []]))
    for (const { run_id, at_ms: atMs, events } of rows) {
      found.get(run_id)?.push(...events.map((event) => ({ event: runEvents.read(event), atMs })))
    }
    return found
  }

  async function payloadsOf(tenant: Tenant, events: Iterable<readonly TimedEvent[]>) {
    const hashes = new Set<string>()
    for (const some of events) {
      for (const { event } of some) {
        for (const value of Object.values(event))
          if (isPayloadRef(value)) hashes.add(value.$payload)
      }
    }
    if (hashes.size === 0) return new Map<string, unknown>()
    const values = [tenant.organizationId, tenant.projectId, [...hashes]]
    const { rows } = await pool.query<{ hash: string; size: number }>(PAYLOADS, values)
    let left = MAX_PAYLOAD_BYTES
    const read = rows.filter(({ size }) => {
      left -= size
      return left >= 0
    })
    return payloadStore.readPayloads(
      tenant,
      read.map(({ hash }) => hash),
    )
  }

  return {
    async findVersion({ organizationId, projectId }, workflowId, number) {
      const values = [workflowId, organizationId, projectId, number ?? null]
      const { rows } = await pool.query<{ id: string | null; number: number; graph: Graph }>(
        VERSION,
        values,
      )
      const [row] = rows
      return row && { version: row.id === null ? null : { ...row, id: row.id } }
    },

    async readRuns(tenant, versionId, limit) {
      const values = [tenant.organizationId, tenant.projectId, versionId, limit]
      const { rows } = await pool.query<EndedRow>(RUNS, values)
      const chosen = await fitting(tenant, rows)
      const ids = chosen.map(({ id }) => id)
      const events = await eventsOf(tenant, ids)
      const runs = chosen.toReversed().map(
        ({ id, workflow_id: workflowId, seed, timeout_ms }): RecordedRun => ({
          ...{ id, tenant, workflowId, seed },
          timeoutMs: Number(timeout_ms),
          events: events.get(id) ?? [],
        }),
      )
      const payloads = await payloadsOf(tenant, events.values())
      return { runs, payloads, leftOut: rows.length - chosen.length }
    },
  }
}
