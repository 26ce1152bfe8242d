import type pg from 'pg'

export interface WebhookUpkeepStore {
  /** A bounded number of deliveries, and secrets that nothing is signed with any more. */
  forgetOld(): Promise<number>
  /** Endpoints for which more waits than they may have waiting. @returns their ids */
  disableFull(): Promise<string[]>
}

const KEPT = "interval '7 days'"
const BATCH = 1000
const MAX_WAITING = 10_000

const FORGET_OLD = `
  DELETE FROM event_delivery WHERE id IN (
    SELECT id FROM event_delivery WHERE created_at < now() - ${KEPT} LIMIT ${BATCH}
  )`

// Those of endpoints that are gone: an endpoint goes at once, whatever it has.
const FORGET_ORPHANS = `
  WITH RECURSIVE owner AS (
    (SELECT endpoint_id FROM event_delivery ORDER BY endpoint_id LIMIT 1)
    UNION ALL
    SELECT (
      SELECT d.endpoint_id FROM event_delivery d
      WHERE d.endpoint_id > o.endpoint_id ORDER BY d.endpoint_id LIMIT 1
    ) FROM owner o WHERE o.endpoint_id IS NOT NULL
  )
  DELETE FROM event_delivery WHERE id IN (
    SELECT d.id FROM event_delivery d JOIN owner USING (endpoint_id)
    WHERE NOT EXISTS (SELECT FROM webhook_endpoint e WHERE e.id = owner.endpoint_id)
    LIMIT ${BATCH}
  )`

const FORGET_SECRETS = 'DELETE FROM webhook_secret WHERE expires_at <= now()'

const DISABLE_FULL = `
  UPDATE webhook_endpoint e SET enabled = false, disabled_reason = 'backlog-full',
    revision = revision + 1
  WHERE enabled AND EXISTS (
    SELECT FROM event_delivery d WHERE d.endpoint_id = e.id AND due_at IS NOT NULL
    OFFSET ${MAX_WAITING} LIMIT 1
  )
  RETURNING id`

export function createWebhookUpkeepStore(pool: pg.Pool): WebhookUpkeepStore {
  const rowsOf = async (sql: string) => (await pool.query(sql)).rowCount ?? 0
  return {
    async forgetOld() {
      await pool.query(FORGET_SECRETS)
      return (await rowsOf(FORGET_OLD)) + (await rowsOf(FORGET_ORPHANS))
    },
    disableFull: async () =>
      (await pool.query<{ id: string }>(DISABLE_FULL)).rows.map(({ id }) => id),
  }
}
