import type { MemberId, OrganizationId, ProjectId } from '@dure/contracts'
import { withTransaction } from '@dure/platform'
import type pg from 'pg'
import { type AskedBy, firstSignIn } from '../audit/entry.ts'
import { appendWith } from '../audit/store.ts'
import type { Role } from '../members/role.ts'
import { membersOf } from '../members/store.ts'
import { type Candidate, oneEach } from './candidate.ts'
import type { Person } from './token.ts'

/** Somebody in one project. */
export interface Membership {
  readonly memberId: MemberId
  readonly organizationId: OrganizationId
  readonly projectId: ProjectId
  readonly role: Role
}

export type Refusal = 'unknown-member' | 'project-required' | 'project-not-found'
export type FoundMembership = Membership | { readonly refusal: Refusal }

export interface MembershipStore {
  /**
   * Who somebody is in a project, or in the only one that they have. A member who was found by their
   * address gets the subject: from then on nobody else is found by it. That is in the audit log.
   */
  find(person: Person, projectId: string | undefined, asked: AskedBy): Promise<FoundMembership>
}

interface Place {
  readonly organizationId: OrganizationId
  readonly projectId: ProjectId
}

/** More organizations than anybody is in. */
const MAX_CANDIDATES = 1000

export function createMembershipStore(pool: pg.Pool): MembershipStore {
  return {
    find: (person, projectId, asked) =>
      withTransaction(pool, async (client) => {
        const candidates = oneEach(await candidatesFor(client, person))
        if (candidates.length === 0) return { refusal: 'unknown-member' }
        const place = await (projectId === undefined
          ? onlyPlace(client, candidates)
          : placeOf(client, projectId))
        if ('refusal' in place) return place
        const { organizationId } = place
        const candidate = candidates.find((one) => one.organizationId === organizationId)
        if (!candidate) return { refusal: 'project-not-found' }
        if (candidate.isBound) return { ...place, ...candidate }
        const bound = await bind(client, organizationId, person)
        if (!bound) return { refusal: 'unknown-member' }
        const { isFirst, ...member } = bound
        const content = isFirst && firstSignIn({ ...place, ...member }, asked)
        if (content) await appendWith(client, organizationId, JSON.stringify(content))
        return { ...place, ...member }
      }),
  }
}

/** One statement: row level security shows who has this subject or address, once the settings are made. */
async function candidatesFor(client: pg.PoolClient, { subject, email }: Person) {
  const { rows } = await client.query<Candidate>(
    `SELECT m.id AS "memberId", m.organization_id AS "organizationId", m.role,
            m.external_subject IS NOT NULL AS "isBound"
       FROM (SELECT set_config('dure.subject', $1, true) AS subject,
                    set_config('dure.email', $2, true) AS email OFFSET 0) asked
      CROSS JOIN LATERAL (
            SELECT * FROM member
             WHERE external_subject = asked.subject
                OR (external_subject IS NULL AND email = asked.email) OFFSET 0) m
      LIMIT ${MAX_CANDIDATES}`,
    [subject, email ?? ''],
  )
  return rows
}

async function placeOf(client: pg.PoolClient, projectId: string): Promise<Place | Refused> {
  const { rows } = await client.query<Place>(
    `SELECT p.organization_id AS "organizationId", p.id AS "projectId"
       FROM (SELECT set_config('dure.looked_up', $1, true) AS id OFFSET 0) asked
      CROSS JOIN LATERAL (SELECT * FROM project WHERE id = asked.id OFFSET 0) p`,
    [projectId],
  )
  const [place] = rows
  if (!place) return { refusal: 'project-not-found' }
  await enter(client, place.organizationId)
  return place
}

type Refused = Extract<FoundMembership, { readonly refusal: Refusal }>

/** Each organization has a project: whoever is in several has several. */
async function onlyPlace(
  client: pg.PoolClient,
  [first, second]: readonly Candidate[],
): Promise<Place | Refused> {
  if (!first || second) return { refusal: 'project-required' }
  const { organizationId } = first
  await enter(client, organizationId)
  const { rows } = await client.query<{ projectId: ProjectId }>(
    'SELECT id AS "projectId" FROM project WHERE organization_id = $1 LIMIT 2',
    [organizationId],
  )
  const [only, other] = rows
  return only && !other ? { organizationId, ...only } : { refusal: 'project-required' }
}

async function enter(client: pg.PoolClient, organizationId: OrganizationId): Promise<void> {
  await client.query("SELECT set_config('dure.organization', $1, true)", [organizationId])
}

/** While nobody else changes members: of two who come with one address, the first gets it. */
async function bind(
  client: pg.PoolClient,
  organizationId: OrganizationId,
  person: Person,
): Promise<(Pick<Membership, 'memberId' | 'role'> & { readonly isFirst: boolean }) | undefined> {
  await membersOf(client, organizationId).hold()
  const values = [organizationId, person.subject]
  const { rowCount } = await client.query(
    `UPDATE member SET external_subject = $2
      WHERE organization_id = $1 AND email = $3 AND external_subject IS NULL
        AND NOT EXISTS (SELECT FROM member WHERE organization_id = $1 AND external_subject = $2)`,
    [...values, person.email],
  )
  const { rows } = await client.query<Pick<Membership, 'memberId' | 'role'>>(
    `SELECT id AS "memberId", role FROM member
      WHERE organization_id = $1 AND external_subject = $2`,
    values,
  )
  return rows[0] && { ...rows[0], isFirst: rowCount === 1 }
}
