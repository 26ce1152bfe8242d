import type pg from 'pg'

export interface UpkeepStore {
  /** A bounded number of them. @returns how many */
  forgetOld(): Promise<number>
}

/** For so long, a delivery or an event that is sent again starts nothing. */
const KEPT = "interval '30 days'"
const BATCH = 1000

const FORGET_DELIVERIES = `
  DELETE FROM webhook_delivery WHERE (trigger_id, key) IN (
    SELECT trigger_id, key FROM webhook_delivery WHERE created_at < now() - ${KEPT} LIMIT ${BATCH}
  )`

const FORGET_EVENTS = `
  DELETE FROM event_emitted WHERE (organization_id, project_id, id) IN (
    SELECT organization_id, project_id, id FROM event_emitted
    WHERE created_at < now() - ${KEPT} AND claimed_until IS NULL LIMIT ${BATCH}
  )`

export function createUpkeepStore(pool: pg.Pool): UpkeepStore {
  const rowsOf = async (sql: string) => (await pool.query(sql)).rowCount ?? 0
  return {
    forgetOld: async () => (await rowsOf(FORGET_DELIVERIES)) + (await rowsOf(FORGET_EVENTS)),
  }
}
