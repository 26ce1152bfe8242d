import type { OrganizationId, ProjectId } from '@dure/contracts'
import type pg from 'pg'
import { newestFirst, type PageSlice, pageValues } from '../paging.ts'

/** An organization, or one of its projects. */
export interface Named<Id> {
  readonly id: Id
  readonly name: string
  readonly revision: number
  readonly createdAt: Date
}
export type Organization = Named<OrganizationId>
export type Project = Named<ProjectId>

interface Row<Id> {
  readonly id: Id
  readonly name: string
  readonly revision: number
  readonly created_at: Date
}

/** A new name, and the revisions that may be replaced; undefined: any. */
export interface Renaming {
  readonly name: string
  readonly expected: readonly number[] | undefined
}

const COLUMNS = 'id, name, revision, created_at'
const RENAME = 'SET name = $2, revision = revision + 1'
const EXPECTED = '($3::int[] IS NULL OR revision = ANY ($3))'

/** SQL on one organization, within the transaction of `client`. */
export function organizationOf(client: pg.PoolClient, organizationId: OrganizationId) {
  async function read<Id>(text: string, values: readonly unknown[] = []): Promise<Named<Id>[]> {
    const { rows } = await client.query<Row<Id>>(text, [organizationId, ...values])
    return rows.map(({ created_at, ...row }) => ({ ...row, createdAt: created_at }))
  }
  const one = async <Id>(text: string, values: readonly unknown[] = []) =>
    (await read<Id>(text, values))[0]

  return {
    find: () => one<OrganizationId>(`SELECT ${COLUMNS} FROM organization WHERE id = $1`),

    add: (name: string) =>
      one<OrganizationId>(
        `INSERT INTO organization (id, name) VALUES ($1, $2) RETURNING ${COLUMNS}`,
        [name],
      ),

    /** @returns undefined when another revision is there */
    rename: ({ name, expected }: Renaming) =>
      one<OrganizationId>(
        `UPDATE organization ${RENAME} WHERE id = $1 AND ${EXPECTED} RETURNING ${COLUMNS}`,
        [name, expected ?? null],
      ),

    findProject: (id: string) =>
      one<ProjectId>(`SELECT ${COLUMNS} FROM project WHERE organization_id = $1 AND id = $2`, [id]),

    projects: (page: PageSlice) =>
      read<ProjectId>(
        `SELECT ${COLUMNS} FROM project WHERE organization_id = $1 ${newestFirst(2)}`,
        pageValues(page),
      ),

    async countProjects(): Promise<number> {
      const { rows } = await client.query<{ projects: number }>(
        'SELECT count(*)::int AS projects FROM project WHERE organization_id = $1',
        [organizationId],
      )
      return rows[0]?.projects ?? 0
    },

    addProject: (id: string, name: string) =>
      one<ProjectId>(
        `INSERT INTO project (organization_id, id, name) VALUES ($1, $2, $3) RETURNING ${COLUMNS}`,
        [id, name],
      ),

    /** @returns undefined when there is none, or another revision */
    renameProject: (id: string, { name, expected }: Renaming) =>
      one<ProjectId>(
        `UPDATE project ${RENAME} WHERE organization_id = $1 AND ${EXPECTED} AND id = $4
         RETURNING ${COLUMNS}`,
        [name, expected ?? null, id],
      ),
  }
}
