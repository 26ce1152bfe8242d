import type { RunId, Tenant } from '@dure/contracts'
import type { WaitRequest } from '@dure/engine'
import type pg from 'pg'
import { eventLookup } from './commit-store.ts'

type RequestOf<Kind extends WaitRequest['kind']> = Extract<WaitRequest, { kind: Kind }>

/** A node that waits for people to decide. */
export interface OpenApproval {
  /** `apr_…`: stands for the run and the path. */
  readonly id: string
  readonly runId: RunId
  /** Of its run at the moment at which it waits. */
  readonly runVersion: number
  readonly path: string
  readonly attempt: number
  readonly request: RequestOf<'approval'>
  readonly createdAt: Date
}

/** A node that waits for an event. */
export interface EventWait {
  readonly runId: RunId
  readonly path: string
  readonly attempt: number
  readonly request: RequestOf<'event'>
}

export interface ApprovalPage {
  readonly limit: number
  /** Of the last approval that was seen. */
  readonly after: { readonly createdAt: string | Date; readonly id: string } | undefined
}

/** What runs wait for from outside. */
export interface WaitingStore {
  /** Newest first. */
  approvals(tenant: Tenant, page: ApprovalPage): Promise<OpenApproval[]>
  findApproval(tenant: Tenant, id: string): Promise<OpenApproval | undefined>
  /**
   * Nodes that wait for this event, in order of their runs: at most `limit` that follow `after`.
   *
   * @param event a correlation of null is one of its own: it finds nodes that named none
   */
  eventWaits(
    tenant: Tenant,
    event: { readonly name: string; readonly correlation: string | null },
    page: { readonly limit: number; readonly after?: EventWait | undefined },
  ): Promise<EventWait[]>
}

const OPEN = `
  SELECT t.lookup AS id, t.run_id AS "runId", run.version AS "runVersion", t.path, t.attempt,
    t.request, t.sent_at AS "createdAt"
  FROM node_task t JOIN run ON run.id = t.run_id`

const APPROVALS = `${OPEN}
  WHERE t.organization_id = $1 AND t.project_id = $2 AND t.kind = 'approval' AND t.status = 'open'
    AND ($3::timestamptz IS NULL OR (t.sent_at, t.lookup) < ($3, $4))
  ORDER BY t.sent_at DESC, t.lookup DESC LIMIT $5`

const FIND_APPROVAL = `${OPEN}
  WHERE t.lookup = $1 AND t.organization_id = $2 AND t.project_id = $3 AND t.kind = 'approval'
    AND t.status = 'open'`

const EVENT_WAITS = `
  SELECT run_id AS "runId", path, attempt, request FROM node_task
  WHERE lookup = $1 AND organization_id = $2 AND project_id = $3 AND kind = 'event'
    AND status = 'open' AND ($4::text IS NULL OR (run_id, path) > ($4, $5))
  ORDER BY run_id, path LIMIT $6`

export function createWaitingStore(pool: pg.Pool): WaitingStore {
  return {
    async approvals({ organizationId, projectId }, { limit, after }) {
      const values = [organizationId, projectId, after?.createdAt, after?.id, limit]
      return (await pool.query<OpenApproval>(APPROVALS, values)).rows
    },

    async findApproval({ organizationId, projectId }, id) {
      const values = [id, organizationId, projectId]
      return (await pool.query<OpenApproval>(FIND_APPROVAL, values)).rows[0]
    },

    async eventWaits(tenant, { name, correlation }, { limit, after }) {
      const { organizationId, projectId } = tenant
      const lookup = eventLookup(tenant, name, correlation)
      const values = [lookup, organizationId, projectId, after?.runId, after?.path, limit]
      return (await pool.query<EventWait>(EVENT_WAITS, values)).rows
    },
  }
}
