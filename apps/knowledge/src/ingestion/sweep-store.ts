import { withEveryTenant } from '@dure/platform'
import type pg from 'pg'
import { GAVE_UP, HAS_CONTENT, MAX_ATTEMPTS, type Outstanding } from './claim.ts'
import { type RenewOptions, renew } from './renew-store.ts'
import { outstandingOf, SWEPT } from './swept.ts'

/** Finds documents that are to be ingested, of all tenants. */
export interface SweepStore {
  /**
   * Finds documents that nobody works on, gives up those that were begun too often, and returns the
   * others to be sent for again. One process does this at a time; the others get nothing.
   *
   * @param options.all also those that were sent for just now: their messages are lost
   */
  sweep(options: { all: boolean }): Promise<Outstanding[]>
  /**
   * Begins new versions of documents whose passages another analyzer has made, as their terms would not
   * meet those of questions, or that are to be cut otherwise now. What was found before is found until the new version is ready.
   *
   * @param analyzerVersion of the rules, without the words of any project
   * @returns some of them, to be sent for; none when all are as they should be
   */
  renew(analyzerVersion: string, options: RenewOptions): Promise<Outstanding[]>
}

/** Without a sign of life for this long, whoever worked on it is taken to be gone. */
const LIFELESS = `interval '10 seconds'`
const SWEEP_LIMIT = 1000

const GIVE_UP = `
  UPDATE document SET status = 'failed', error_code = $1, error_message = $2, updated_at = now()
   WHERE status IN ('queued', 'ingesting') AND attempts >= ${MAX_ATTEMPTS}
     AND alive_at < now() - ${LIFELESS}`

// An array, for which no number of rows is foreseen: beneath a policy, PostgreSQL does not know how few have a status.
const SWEEP = `
  UPDATE document SET status = 'queued', alive_at = now()
   WHERE id = ANY (ARRAY(
     SELECT id FROM document
      WHERE (status = 'queued' AND ($1 OR alive_at < now() - ${LIFELESS}) AND ${HAS_CONTENT})
         OR (status = 'ingesting' AND alive_at < now() - ${LIFELESS})
      ORDER BY alive_at LIMIT ${SWEEP_LIMIT} FOR UPDATE SKIP LOCKED))
  RETURNING ${SWEPT}`

export function createSweepStore(pool: pg.Pool): SweepStore {
  return {
    sweep: ({ all }) => sweep(pool, all),
    renew: (analyzerVersion, options) => renew(pool, analyzerVersion, options),
  }
}

async function sweep(pool: pg.Pool, all: boolean): Promise<Outstanding[]> {
  return withEveryTenant(pool, async (client) => {
    const lock = await client.query<{ mine: boolean }>(
      `SELECT pg_try_advisory_xact_lock(hashtextextended('ingestion.sweep', 0)) AS mine`,
    )
    if (!lock.rows[0]?.mine) return []
    await client.query(GIVE_UP, [GAVE_UP.code, GAVE_UP.message])
    const { rows } = await client.query<Record<string, string>>(SWEEP, [all])
    return rows.map(outstandingOf)
  })
}
