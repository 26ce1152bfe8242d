import type { Tenant } from '@dure/contracts'
import type { PageKey } from '@dure/platform'
import type pg from 'pg'
import type { Delivery, DeliveryState } from './endpoint.ts'

export type DeliveryWithPayload = Delivery & { readonly payload: string }

/** Deliveries as a project looks at them. */
export interface DeliveryStore {
  /** What no event of a run has led to. */
  insert(delivery: {
    readonly id: string
    readonly tenant: Tenant
    readonly endpointId: string
    readonly eventType: string
    readonly payload: string
  }): Promise<Delivery>
  find(tenant: Tenant, of: DeliveryKey): Promise<DeliveryWithPayload | undefined>
  /** Newest first. */
  page(tenant: Tenant, endpointId: string, page: DeliveryPage): Promise<Delivery[]>
  /** Due now, with all its tries before it. @returns undefined when there is no such delivery */
  redeliver(tenant: Tenant, of: DeliveryKey): Promise<Delivery | undefined>
  now(): Promise<Date>
}

export interface DeliveryKey {
  readonly endpointId: string
  readonly id: string
}

export interface DeliveryPage {
  readonly limit: number
  readonly after: PageKey | undefined
  readonly status: DeliveryState | undefined
}

const COLUMNS = `id, event_type AS "eventType", run_id AS "runId", status, attempts,
  response_status AS "responseStatus", error, duration_ms AS "durationMs",
  attempted_at AS "attemptedAt", due_at AS "dueAt", created_at AS "createdAt"`
const OWNED = 'organization_id = $1 AND project_id = $2 AND endpoint_id = $3'

const INSERT = `
  INSERT INTO event_delivery (organization_id, project_id, endpoint_id, id, event_type, payload)
  VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${COLUMNS}`

const PAGE = `
  SELECT ${COLUMNS} FROM event_delivery
  WHERE ${OWNED} AND ($4::timestamptz IS NULL OR (created_at, id) < ($4, $5))
    AND ($6::text IS NULL OR status = $6)
  ORDER BY created_at DESC, id DESC LIMIT $7`

// One that is in hand at this moment is left to whoever has it: its lease says so.
const REDELIVER = `
  UPDATE event_delivery SET status = 'pending', due_at = now(), tries = 0
  WHERE ${OWNED} AND id = $4
  RETURNING ${COLUMNS}`

export function createDeliveryStore(pool: pg.Pool): DeliveryStore {
  async function rowsOf<Row extends Delivery = Delivery>(
    text: string,
    { organizationId, projectId }: Tenant,
    values: unknown[],
  ): Promise<Row[]> {
    return (await pool.query<Row>(text, [organizationId, projectId, ...values])).rows
  }

  return {
    async insert({ tenant, endpointId, id, eventType, payload }) {
      const [row] = await rowsOf(INSERT, tenant, [endpointId, id, eventType, payload])
      if (!row) throw new TypeError('PostgreSQL gave back no row')
      return row
    },

    async find(tenant, { endpointId, id }) {
      const text = `SELECT ${COLUMNS}, payload FROM event_delivery WHERE ${OWNED} AND id = $4`
      return (await rowsOf<DeliveryWithPayload>(text, tenant, [endpointId, id]))[0]
    },

    page(tenant, endpointId, { limit, after, status }) {
      const from = [after?.createdAt ?? null, after?.id ?? null]
      return rowsOf(PAGE, tenant, [endpointId, ...from, status ?? null, limit])
    },

    redeliver: async (tenant, { endpointId, id }) =>
      (await rowsOf(REDELIVER, tenant, [endpointId, id]))[0],

    async now() {
      const { rows } = await pool.query<{ now: Date }>('SELECT now() AS now')
      return rows[0]?.now ?? new Date(Number.NaN)
    },
  }
}
