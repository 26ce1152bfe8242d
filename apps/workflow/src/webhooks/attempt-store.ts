import type { Tenant } from '@dure/contracts'
import { type Sealed, withTransaction } from '@dure/platform'
import type pg from 'pg'

/** A delivery that this process has in hand, until it is finished or for the time of its lease. */
export interface ClaimedDelivery {
  readonly id: string
  readonly endpointId: string
  readonly tenant: Tenant
  readonly url: string
  readonly eventType: string
  readonly payload: string
  /** The number of this attempt; what an older one has to say is discarded. */
  readonly attempt: number
  /** Attempts since somebody asked for it again, this one included. */
  readonly tries: number
  /** By the clock of PostgreSQL. */
  readonly now: Date
  /** What it is signed with, the current one first. */
  readonly secrets: readonly { readonly id: string; readonly sealed: Sealed }[]
}

export interface Finished {
  readonly status: 'delivered' | 'pending' | 'failed'
  /** Milliseconds until the next attempt; null when there is none. */
  readonly delayMs: number | null
  readonly responseStatus: number | null
  readonly error: string | null
  readonly durationMs: number
  /** The endpoint says that it wants nothing any more. */
  readonly isGone: boolean
}

export interface AttemptStore {
  /**
   * Deliveries that are due, each for one process, its attempt counted: of each endpoint and each
   * organization no more at a time than the limits say, and the organizations take turns.
   */
  claim(limit: number): Promise<ClaimedDelivery[]>
  finish(delivery: Pick<ClaimedDelivery, 'id' | 'attempt'>, finished: Finished): Promise<void>
  /** It was interrupted: somebody else may try at once, and it was no try. */
  handBack(delivery: Pick<ClaimedDelivery, 'id' | 'attempt'>): Promise<void>
}

const AT_ONCE = { endpoint: 4, organization: 16 }
/** Longer than an attempt takes. */
const LEASE = "interval '60 s'"
const FAILING_FOR = "interval '5 days'"
const MAX_SIGNATURES = 3

const LOCK = `SELECT pg_try_advisory_xact_lock('event_delivery'::regclass::oid::bigint) AS mine`

// One step of `waiting` for each endpoint that something waits for, and no look at what it is.
const CLAIM = `
  WITH RECURSIVE waiting AS (
    (SELECT endpoint_id FROM event_delivery WHERE due_at IS NOT NULL ORDER BY endpoint_id LIMIT 1)
    UNION ALL
    SELECT (
      SELECT d.endpoint_id FROM event_delivery d
      WHERE d.due_at IS NOT NULL AND d.endpoint_id > w.endpoint_id ORDER BY d.endpoint_id LIMIT 1
    ) FROM waiting w WHERE w.endpoint_id IS NOT NULL
  ), busy AS (
    SELECT endpoint_id, organization_id, count(*) AS n FROM event_delivery
    WHERE leased_until > now() GROUP BY 1, 2
  ), due AS (
    SELECT d.id, d.due_at, e.organization_id,
      row_number() OVER (PARTITION BY e.id ORDER BY d.due_at) + coalesce(busy.n, 0) AS of_endpoint
    FROM waiting w
    JOIN webhook_endpoint e ON e.id = w.endpoint_id AND e.enabled
    LEFT JOIN busy ON busy.endpoint_id = e.id
    CROSS JOIN LATERAL (
      SELECT id, due_at FROM event_delivery
      WHERE endpoint_id = e.id AND due_at <= now() AND (leased_until IS NULL OR leased_until <= now())
      ORDER BY due_at LIMIT $1
    ) d
  ), turns AS (
    SELECT id, due_at, row_number() OVER (
      PARTITION BY organization_id ORDER BY of_endpoint, due_at
    ) + coalesce((
      SELECT sum(n) FROM busy WHERE busy.organization_id = due.organization_id
    ), 0) AS turn
    FROM due WHERE of_endpoint <= $1
  ), mine AS (
    SELECT d.id FROM event_delivery d
    JOIN (SELECT id, turn, due_at FROM turns WHERE turn <= $2 ORDER BY turn, due_at LIMIT $3) t
      ON t.id = d.id
    FOR UPDATE OF d SKIP LOCKED
  )
  UPDATE event_delivery d SET leased_until = now() + ${LEASE}, attempts = attempts + 1,
    tries = tries + 1, attempted_at = now()
  FROM mine, webhook_endpoint e
  WHERE d.id = mine.id AND e.id = d.endpoint_id
  RETURNING d.id, d.endpoint_id, d.organization_id, d.project_id, d.event_type, d.payload,
    d.attempts, d.tries, e.url, now() AS now`

const SECRETS = `
  SELECT id, endpoint_id, key_id, wrapped_key, payload FROM webhook_secret
  WHERE endpoint_id = ANY ($1) AND (expires_at IS NULL OR expires_at > now())
  ORDER BY created_at DESC`

// An endpoint that took nothing for days is disabled by the failure that says so.
const FINISH = `
  WITH finished AS (
    UPDATE event_delivery SET status = $3, due_at = now() + $4 * interval '1 millisecond',
      leased_until = NULL, response_status = $5, error = $6, duration_ms = $7
    WHERE id = $1 AND attempts = $2
    RETURNING endpoint_id
  ), judged AS (
    SELECT e.id, CASE
      WHEN $8 THEN 'gone'
      WHEN $3 <> 'delivered' AND e.failing_since < now() - ${FAILING_FOR} THEN 'failing'
    END AS disabled
    FROM finished JOIN webhook_endpoint e ON e.id = finished.endpoint_id AND e.enabled
    WHERE $3 <> 'delivered' OR e.failing_since IS NOT NULL
  )
  UPDATE webhook_endpoint e SET
    failing_since = CASE WHEN $3 <> 'delivered' THEN coalesce(failing_since, now()) END,
    enabled = disabled IS NULL,
    disabled_reason = disabled,
    revision = revision + CASE WHEN disabled IS NULL THEN 0 ELSE 1 END
  FROM judged WHERE e.id = judged.id`

const HAND_BACK = `
  UPDATE event_delivery SET leased_until = NULL, tries = greatest(tries - 1, 0)
  WHERE id = $1 AND attempts = $2`

interface ClaimedRow {
  readonly id: string
  readonly endpoint_id: string
  readonly organization_id: Tenant['organizationId']
  readonly project_id: Tenant['projectId']
  readonly event_type: string
  readonly payload: string
  readonly attempts: number
  readonly tries: number
  readonly url: string
  readonly now: Date
}

interface SecretRow {
  readonly id: string
  readonly endpoint_id: string
  readonly key_id: string
  readonly wrapped_key: Buffer
  readonly payload: Buffer
}

export function createAttemptStore(pool: pg.Pool): AttemptStore {
  const claimed = (limit: number) =>
    withTransaction(pool, async (client) => {
      const { rows: locks } = await client.query<{ mine: boolean }>(LOCK)
      if (!locks[0]?.mine) return []
      const values = [AT_ONCE.endpoint, AT_ONCE.organization, limit]
      return (await client.query<ClaimedRow>(CLAIM, values)).rows
    })

  return {
    async claim(limit) {
      const rows = await claimed(limit)
      if (rows.length === 0) return []
      const endpoints = [...new Set(rows.map((row) => row.endpoint_id))]
      const { rows: secrets } = await pool.query<SecretRow>(SECRETS, [endpoints])
      return rows.map((row) => toClaimed(row, secrets))
    },

    async finish({ id, attempt }, finished) {
      const { status, delayMs, responseStatus, error, durationMs, isGone } = finished
      const values = [id, attempt, status, delayMs, responseStatus, error, durationMs, isGone]
      await pool.query(FINISH, values)
    },

    async handBack({ id, attempt }) {
      await pool.query(HAND_BACK, [id, attempt])
    },
  }
}

function toClaimed(row: ClaimedRow, secrets: readonly SecretRow[]): ClaimedDelivery {
  const { id, url, payload, tries, now } = row
  return {
    ...{ id, url, payload, tries, now },
    endpointId: row.endpoint_id,
    tenant: { organizationId: row.organization_id, projectId: row.project_id },
    eventType: row.event_type,
    attempt: row.attempts,
    secrets: secrets
      .filter((secret) => secret.endpoint_id === row.endpoint_id)
      .slice(0, MAX_SIGNATURES)
      .map(({ id: secretId, key_id: keyId, wrapped_key: wrappedKey, payload: bytes }) => ({
        id: secretId,
        sealed: { keyId, wrappedKey, payload: bytes },
      })),
  }
}
