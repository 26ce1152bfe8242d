import type { OrganizationId } from '@dure/contracts'
import { withTenant } from '@dure/platform'
import type pg from 'pg'
import type { Policies, PolicyChanges } from './policy.ts'

/** What an organization has that others have not. */
export interface OwnPolicies {
  /** By the operator. */
  readonly granted: PolicyChanges
  /** By itself. */
  readonly chosen: Policies
  /** Of `chosen`, from 1. */
  readonly revision: number
}

export interface PolicyStore {
  find(organizationId: OrganizationId): Promise<OwnPolicies | undefined>
  /** @returns undefined when its revision is none of those that were expected */
  choose(organizationId: OrganizationId, choice: Choice): Promise<OwnPolicies | undefined>
}

export interface Choice {
  readonly chosen: Policies
  /** Undefined: any. Of an organization that has never chosen, it is 1. */
  readonly expected: readonly number[] | undefined
}

export function createPolicyStore(pool: pg.Pool): PolicyStore {
  return {
    find: (organizationId) =>
      withTenant(pool, { organizationId }, async (client) => {
        const { rows } = await client.query<OwnPolicies>(
          'SELECT granted, chosen, revision FROM limit_policy WHERE organization_id = $1',
          [organizationId],
        )
        return rows[0]
      }),

    choose: (organizationId, { chosen, expected }) =>
      withTenant(pool, { organizationId }, async (client) => {
        await client.query(
          'INSERT INTO limit_policy (organization_id) VALUES ($1) ON CONFLICT DO NOTHING',
          [organizationId],
        )
        const { rows } = await client.query<OwnPolicies>(CHOOSE, [
          organizationId,
          JSON.stringify(chosen),
          expected ?? null,
        ])
        return rows[0]
      }),
  }
}

const CHOOSE = `
  UPDATE limit_policy SET chosen = $2, revision = revision + 1, updated_at = now()
   WHERE organization_id = $1 AND ($3::int[] IS NULL OR revision = ANY ($3))
  RETURNING granted, chosen, revision`
