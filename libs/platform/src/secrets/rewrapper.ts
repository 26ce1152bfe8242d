import type { Tenant } from '@dure/contracts'
import type pg from 'pg'
import type { Logger } from 'pino'
import { createPoller, type Poller } from '../events/poller.ts'
import type { Envelope } from './envelope.ts'

export interface RewrapperOptions {
  readonly pool: pg.Pool
  readonly envelope: Envelope
  /** Has `id`, `organization_id`, `project_id`, `version`, `key_id` and `wrapped_key`. Never a user's. */
  readonly table: string
  /** As the secrets of this table were sealed. */
  readonly resourceOf: (id: string) => string
  readonly log: Logger
  readonly pollMs?: number
}

interface Row {
  readonly id: string
  readonly organization_id: Tenant['organizationId']
  readonly project_id: Tenant['projectId']
  readonly version: number
  readonly key_id: string
  readonly wrapped_key: Buffer
}

const BATCH = 100
const POLL_MS = 600_000

/**
 * Moves what is wrapped with an old key of the installation to the current one, a few rows at a time:
 * then the old one may go. What is encrypted stays as it is, and a row that changes meanwhile is left
 * to the next pass. Any number of processes may do this at the same time. It may rest for long: its
 * check says nothing, and is not for `/readyz`.
 */
export function createRewrapper(options: RewrapperOptions): Poller {
  const { pool, envelope, table, resourceOf, log, pollMs = POLL_MS } = options
  const find = `
    SELECT id, organization_id, project_id, version, key_id, wrapped_key FROM ${table}
    WHERE key_id <> $1 AND id > $2 ORDER BY id LIMIT ${BATCH}`
  const change = `
    UPDATE ${table} t SET key_id = $1, wrapped_key = n.wrapped_key
    FROM unnest($2::text[], $3::int[], $4::text[], $5::bytea[]) AS n (id, version, key_id, wrapped_key)
    WHERE t.id = n.id AND t.version = n.version AND t.key_id = n.key_id`
  let after = ''

  function rewrapped(row: Row): Buffer[] {
    const { id, version, key_id: keyId, wrapped_key: wrappedKey } = row
    const tenant = { organizationId: row.organization_id, projectId: row.project_id }
    try {
      const place = { tenant, resource: resourceOf(id), version }
      return [envelope.rewrap({ keyId, wrappedKey }, place).wrappedKey]
    } catch (error) {
      log.error({ err: error, table, id, keyId }, 'a secret cannot be moved to the current key')
      return []
    }
  }

  async function pass(): Promise<boolean> {
    const { rows } = await pool.query<Row>(find, [envelope.currentKeyId, after])
    const moved = rows.flatMap((row) => rewrapped(row).map((wrappedKey) => ({ row, wrappedKey })))
    if (moved.length > 0) {
      const { rowCount } = await pool.query(change, [
        envelope.currentKeyId,
        moved.map(({ row }) => row.id),
        moved.map(({ row }) => row.version),
        moved.map(({ row }) => row.key_id),
        moved.map(({ wrappedKey }) => wrappedKey),
      ])
      log.info({ table, moved: rowCount, keyId: envelope.currentKeyId }, 'secrets moved to a key')
    }
    const isLast = rows.length < BATCH
    after = isLast ? '' : (rows.at(-1)?.id ?? '')
    return !isLast
  }

  return createPoller({ name: 'rewrapper', pass, pollMs, log })
}
