import type { OrganizationId, ProjectId } from '@dure/contracts'
import { asTenant, withEveryTenant } from '@dure/platform'
import type pg from 'pg'
import type { Head, Link } from './chain.ts'

export interface AuditQuery {
  readonly organizationId: OrganizationId
  readonly projectId: ProjectId
  readonly principalId: string | undefined
  readonly target: string | undefined
  /** Only entries with a smaller number. */
  readonly before: number | undefined
  readonly limit: number
}

export interface OrganizationHead extends Head {
  readonly organizationId: OrganizationId
}

export interface AuditStore {
  /** Adds to the chain of the organization. Appends of one organization wait for each other. */
  append(organizationId: OrganizationId, content: string): Promise<void>
  /** Newest first. */
  list(query: AuditQuery): Promise<Link[]>
  /** In order, for whoever verifies. */
  linksAfter(organizationId: OrganizationId, seq: number, limit: number): Promise<Link[]>
  head(organizationId: OrganizationId): Promise<Head | undefined>
  /** Heads that have moved since they were last signed, at most `limit`: those first that moved furthest. */
  unsignedHeads(limit: number): Promise<OrganizationHead[]>
  recordSigned(head: OrganizationHead, jws: string): Promise<void>
}

interface LinkRow {
  readonly seq: string
  readonly content: string
  readonly hash: Buffer
}
interface HeadRow {
  readonly organization_id: OrganizationId
  readonly seq: string
  readonly hash: Buffer
}

/** The same within a transaction that has the tenant: with what it tells of, or not at all. */
export async function appendWith(
  client: pg.PoolClient,
  organizationId: OrganizationId,
  content: string,
): Promise<void> {
  await client.query({ name: 'audit-append', text: APPEND, values: [organizationId, content] })
}

export function createAuditStore(pool: pg.Pool): AuditStore {
  /** A chain is that of an organization, whatever project somebody is in. */
  const query = <Row extends pg.QueryResultRow>(
    organizationId: OrganizationId,
    config: pg.QueryConfig,
  ) => asTenant({ organizationId }, () => pool.query<Row>(config))

  return {
    async append(organizationId, content) {
      const values = [organizationId, content]
      await query(organizationId, { name: 'audit-append', text: APPEND, values })
    },

    async list({ organizationId, projectId, principalId, target, before, limit }) {
      const values = [organizationId, projectId, principalId, target, before, limit]
      const list = { name: 'audit-list', text: LIST, values }
      const { rows } = await asTenant({ organizationId, projectId }, () =>
        pool.query<LinkRow>(list),
      )
      return rows.map(linkOf)
    },

    async linksAfter(organizationId, seq, limit) {
      const values = [organizationId, seq, limit]
      const { rows } = await query<LinkRow>(organizationId, { text: LINKS, values })
      return rows.map(linkOf)
    },

    async head(organizationId) {
      const { rows } = await query<HeadRow>(organizationId, {
        text: HEAD,
        values: [organizationId],
      })
      return rows[0] && headOf(rows[0])
    },

    unsignedHeads: (limit) =>
      withEveryTenant(pool, async (client) => {
        const { rows } = await client.query<HeadRow>(UNSIGNED, [limit])
        return rows.map(headOf)
      }),

    async recordSigned({ organizationId, seq }, jws) {
      await query(organizationId, { text: SIGNED, values: [organizationId, seq, jws] })
    },
  }
}

const LINKS = `
  SELECT seq, content, hash FROM audit_entry
   WHERE organization_id = $1 AND seq > $2 ORDER BY seq LIMIT $3`

const HEAD = 'SELECT organization_id, seq, hash FROM audit_head WHERE organization_id = $1'

const UNSIGNED = `
  SELECT organization_id, seq, hash FROM audit_head
   WHERE seq > signed_seq ORDER BY seq - signed_seq DESC, organization_id LIMIT $1`

/**
 * One statement: the row of the head is locked by its own change, so that two appends get two numbers.
 * The hash is the one of `linkHash` in `chain.ts`.
 */
const APPEND = `
  WITH head AS (
    INSERT INTO audit_head AS h (organization_id, seq, hash)
    VALUES ($1, 1, sha256(decode(repeat('00', 32), 'hex') || int8send(1) || convert_to($2, 'UTF8')))
    ON CONFLICT (organization_id) DO UPDATE
      SET seq = h.seq + 1, hash = sha256(h.hash || int8send(h.seq + 1) || convert_to($2, 'UTF8'))
    RETURNING seq, hash)
  INSERT INTO audit_entry (organization_id, seq, content, hash, project_id, principal_id, targets)
  SELECT $1, seq, $2, hash, c->>'projectId', c->>'principalId',
         ARRAY(SELECT jsonb_array_elements_text(c->'targets'))
    FROM head, (SELECT $2::jsonb AS c) AS content`

const LIST = `
  SELECT seq, content, hash FROM audit_entry
   WHERE organization_id = $1 AND project_id = $2
     AND ($3::text IS NULL OR principal_id = $3)
     AND ($4::text IS NULL OR $4 = ANY (targets))
     AND ($5::bigint IS NULL OR seq < $5)
   ORDER BY seq DESC LIMIT $6`

const SIGNED = `
  WITH signature AS (
    INSERT INTO audit_signature (organization_id, seq, jws) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING)
  UPDATE audit_head SET signed_seq = $2 WHERE organization_id = $1 AND signed_seq < $2`

function linkOf({ seq, content, hash }: LinkRow): Link {
  return { seq: Number(seq), content, hash }
}

function headOf({ organization_id, seq, hash }: HeadRow): OrganizationHead {
  return { organizationId: organization_id, seq: Number(seq), hash }
}
