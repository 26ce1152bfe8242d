import pg from 'pg'
import { asTenant } from '../postgres/tenant.ts'
import { withEveryTenant } from '../postgres/transaction.ts'
import { openUnitOfWork, type UnitOfWork } from '../postgres/unit-of-work.ts'
import type { KeyedRequest } from './idempotency-key.ts'

/** What is known of a key. */
export interface KeyRow {
  readonly requestHash: string
  /** Sealed; null while nobody was answered. */
  readonly answer: Buffer | null
  readonly expiresAt: Date
}

/** Keys of requests, and what was answered. A key that is expired is as one that was never used. */
export interface IdempotencyStore {
  /**
   * Claims a key within a unit of work of its own. While another one holds the key, it waits.
   *
   * @throws of PostgreSQL with the code 55P03 when that takes longer than 5 s
   */
  open(request: KeyedRequest): Promise<{ readonly unit: UnitOfWork; readonly row: KeyRow }>
  /** Keeps the answer, and all that was done in the unit. */
  commit(unit: UnitOfWork, request: KeyedRequest, answer: Buffer): Promise<void>
  /** Claims a key for good, outside of a unit. */
  claim(request: KeyedRequest): Promise<KeyRow>
  /** Keeps an answer, or gives back the one that was kept first. */
  keep(request: KeyedRequest, answer: Buffer): Promise<KeyRow>
  /** For a request that was refused: as if the key had not been used, unless there is an answer. */
  release(request: KeyedRequest): Promise<void>
  /** A bounded number of expired keys. @returns how many */
  prune(): Promise<number>
}

const BATCH = 1000
const LIVES = 'known.expires_at > now()'
const RETURNING = 'RETURNING request_hash AS "requestHash", answer, expires_at AS "expiresAt"'

/** @param answer whether the statement brings one, which then does not replace what is there */
function upsert(values: string, { answer }: { readonly answer: boolean }): string {
  const earlier = answer ? 'coalesce(known.answer, excluded.answer)' : 'known.answer'
  return `
    INSERT INTO idempotency_key AS known
      (id, organization_id, project_id, request_hash, answer, expires_at)
    VALUES (${values}, now() + interval '24 hours')
    ON CONFLICT (id) DO UPDATE SET
      request_hash = CASE WHEN ${LIVES} THEN known.request_hash ELSE excluded.request_hash END,
      answer = CASE WHEN ${LIVES} THEN ${earlier} ELSE excluded.answer END,
      expires_at = CASE WHEN ${LIVES} THEN known.expires_at ELSE excluded.expires_at END
    ${RETURNING}`
}

const CLAIM = upsert('$1, $2, $3, $4, NULL', { answer: false })
const KEEP = upsert('$1, $2, $3, $4, $5', { answer: true })
const RELEASE = 'DELETE FROM idempotency_key WHERE id = $1 AND request_hash = $2 AND answer IS NULL'

const PRUNE = `
  DELETE FROM idempotency_key WHERE id IN (
    SELECT id FROM idempotency_key WHERE expires_at <= now()
    ORDER BY expires_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
  )`

export function createIdempotencyStore(pool: pg.Pool): IdempotencyStore {
  const one = ({ tenant }: KeyedRequest, text: string, values: unknown[]) =>
    asTenant(tenant, async () => rowOf((await pool.query(text, values)).rows))

  return {
    async open(request) {
      // One message, so one round trip: that is why the values stand in it. They are hashes and ids.
      const values = columnsOf(request).map(pg.escapeLiteral).join(', ')
      const claim = upsert(`${values}, NULL`, { answer: false })
      const statements = `SET LOCAL lock_timeout = '5s'; ${claim}; SET LOCAL lock_timeout TO DEFAULT`
      const { unit, rows } = await asTenant(request.tenant, () => openUnitOfWork(pool, statements))
      return { unit, row: rowOf(rows.flat()) }
    },

    commit: (unit, { tenant, id }, answer) =>
      asTenant(tenant, () =>
        unit.commit(
          `UPDATE idempotency_key SET answer = decode('${answer.toString('base64')}', 'base64')
         WHERE id = ${pg.escapeLiteral(id)}`,
        ),
      ),

    claim: (request) => one(request, CLAIM, columnsOf(request)),
    keep: (request, answer) => one(request, KEEP, [...columnsOf(request), answer]),

    release: ({ tenant, id, requestHash }) =>
      asTenant(tenant, async () => void (await pool.query(RELEASE, [id, requestHash]))),

    prune: () => withEveryTenant(pool, async (client) => (await client.query(PRUNE)).rowCount ?? 0),
  }
}

function columnsOf({ id, tenant, requestHash }: KeyedRequest): string[] {
  return [id, tenant.organizationId, tenant.projectId, requestHash]
}

function rowOf(rows: readonly pg.QueryResultRow[]): KeyRow {
  const [row] = rows
  if (!row) throw new TypeError('A key was claimed, and there is no row of it')
  return row as KeyRow
}
