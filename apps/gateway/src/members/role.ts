import { type Identity, SCOPES, type Scope } from '@dure/contracts'

export const ROLES = ['owner', 'admin', 'developer', 'operator', 'viewer'] as const
export type Role = (typeof ROLES)[number]

/** All but what is above every organization. */
const OF_ORGANIZATIONS = SCOPES.filter((scope) => scope !== 'organizations:create')
/** What only who runs the organization may do. */
const OF_ADMINS: readonly Scope[] = [
  'organizations:write',
  'audit-logs:read',
  'knowledge:read-all',
  'budgets:write',
]
/** What shows more than work. */
const NOT_FOR_VIEWERS: readonly Scope[] = ['api-keys:read', 'secrets:read', 'audit-logs:read']

const SCOPES_OF: Readonly<Record<Role, readonly Scope[]>> = {
  owner: OF_ORGANIZATIONS,
  admin: OF_ORGANIZATIONS,
  developer: OF_ORGANIZATIONS.filter((scope) => !OF_ADMINS.includes(scope)),
  operator: [
    'workflows:read',
    'runs:read',
    'runs:write',
    'knowledge:read',
    'analytics:read',
    'models:use',
    'agents:read',
    'tools:read',
    'budgets:read',
    'organizations:read',
    'variables:read',
    'webhooks:read',
  ],
  viewer: SCOPES.filter((scope) => scope.endsWith(':read') && !NOT_FOR_VIEWERS.includes(scope)),
}

/** What a role may do. An owner may do what an admin may, and say who else is an owner. */
export function scopesOfRole(role: Role): readonly Scope[] {
  return SCOPES_OF[role]
}

/** Whether somebody may give a role to others, or take it away: nobody gives what they lack. */
export function mayGrant(granter: Pick<Identity, 'scopes' | 'roles'>, role: Role): boolean {
  if (role === 'owner' && !granter.roles?.includes('owner')) return false
  return scopesOfRole(role).every((scope) => granter.scopes.includes(scope))
}
