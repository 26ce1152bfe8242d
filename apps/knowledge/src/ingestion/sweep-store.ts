import { withEveryTenant } from '@dure/platform'
import type pg from 'pg'
import { beginOutdated } from '../reanalysis/begin-store.ts'
import { GAVE_UP, HAS_CONTENT, MAX_ATTEMPTS, type Outstanding } from './claim.ts'
import { type RenewOptions, renewCuts, renewTerms } from './renew-store.ts'
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
   * Begins to make terms anew of bases that are searched by those of another analyzer, and new versions of documents that are to
   * be cut otherwise now. What was found before is found until that is done.
   *
   * @param analyzerVersion of the rules, without the words of any project
   */
  renew(analyzerVersion: string, options: RenewOptions): Promise<Renewed>
}

export interface Renewed {
  /** Some of the documents, to be sent for. */
  readonly outstanding: readonly Outstanding[]
  /** Whether all were by the right analyzer, or are about to be. */
  readonly isDone: boolean
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

/** @param options.hasEngine outside: then it is documents that are made anew, each for itself */
export function createSweepStore(
  pool: pg.Pool,
  { hasEngine }: { readonly hasEngine: boolean },
): SweepStore {
  return {
    sweep: ({ all }) => sweep(pool, all),

    renew: (analyzerVersion, options) =>
      withEveryTenant(pool, async (client) => {
        const cuts = await renewCuts(client)
        if (!hasEngine) {
          const hasBegun = await beginOutdated(client, analyzerVersion, options)
          return { outstanding: cuts, isDone: !hasBegun }
        }
        const outdated = await renewTerms(client, analyzerVersion, options)
        return { outstanding: [...outdated, ...cuts], isDone: outdated.length === 0 }
      }),
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
