import { type Static, Type } from 'typebox'
import { ExecutionId, OrganizationId, ProjectId } from './ids.ts'
import { Spender } from './spender.ts'

/** Whose data this is. Every row, message, cache key and query names it. */
export const Tenant = Type.Object({ organizationId: OrganizationId, projectId: ProjectId })
export type Tenant = Static<typeof Tenant>

/** What a key may do. A route names exactly one; a key that lacks it is answered 403. */
export const SCOPES = [
  'workflows:read',
  'workflows:write',
  'runs:read',
  'runs:write',
  'knowledge:read',
  'knowledge:write',
  // Documents that not everybody may see, whoever may.
  'knowledge:read-all',
  'analytics:read',
  'models:use',
  'agents:read',
  'agents:write',
  'tools:read',
  'tools:write',
  'budgets:read',
  'budgets:write',
  'api-keys:read',
  'api-keys:write',
  'organizations:read',
  'organizations:write',
  // Of whoever runs the installation: no role has it.
  'organizations:create',
  'variables:read',
  'variables:write',
  'secrets:read',
  'secrets:write',
  'webhooks:read',
  'webhooks:write',
  'audit-logs:read',
] as const
export const Scope = Type.Enum(SCOPES)
export type Scope = Static<typeof Scope>

/** Who asks, as the gateway vouches for it. */
export const Identity = Type.Object({
  principalId: Type.String({ pattern: '^(key|usr|svc)_[0-9A-Za-z]{1,64}$' }),
  /** The key that was used, where it is not the principal itself. */
  keyId: Type.Optional(Type.String({ pattern: '^key_[0-9A-Za-z]{1,64}$' })),
  tenant: Tenant,
  scopes: Type.Array(Scope, { maxItems: 64 }),
  /** As which it may decide approvals, besides as itself. Absent: none. */
  roles: Type.Optional(
    Type.Array(Type.String({ pattern: '^[a-z0-9_-]{1,64}$' }), { maxItems: 32 }),
  ),
})
export type Identity = Static<typeof Identity>

/** In a list of who may see something: nobody is kept from it. */
export const EVERYBODY = 'everybody'

/**
 * For whom something is read: all that a list of who may see it may call them. `user:<principal>`, `key:<id>`, `role:<name>`,
 * and where others say it, `group:<name>`, `workflow:<id>`.
 */
export const Caller = Type.Object({
  principals: Type.Array(Type.String({ maxLength: 200 }), { maxItems: 64 }),
  /** Whatever such a list says. */
  seesAll: Type.Boolean(),
  /** The execution of the agent in whose name it is asked: whoever is asked may do nothing that this agent may not do. */
  delegatedBy: Type.Optional(ExecutionId),
  /** Whose budgets pay as well, whatever is begun from here on. Absent: those of whoever is named here. */
  spender: Type.Optional(Spender),
})
export type Caller = Static<typeof Caller>

/** The key that was used, which may have a budget of its own. */
export function keyOf({ principalId, keyId }: Pick<Identity, 'principalId' | 'keyId'>) {
  return keyId ?? (principalId.startsWith('key_') ? principalId : undefined)
}

export function callerOf({ roles = [], scopes, ...who }: Identity): Caller {
  const key = keyOf(who)
  return {
    principals: [
      `user:${who.principalId}`,
      ...(key === undefined ? [] : [`key:${key}`]),
      ...roles.map((role) => `role:${role}`),
    ],
    seesAll: scopes.includes('knowledge:read-all'),
  }
}

export const SERVICES = ['workflow', 'agent', 'knowledge', 'analytics'] as const
/** A service behind the gateway; also the audience of the identity that the gateway signs for it. */
export type ServiceName = (typeof SERVICES)[number]

/** Headers between the gateway and the services. The gateway removes them from what comes in. */
export const INTERNAL_HEADERS = {
  identity: 'x-dure-identity',
  /** Milliseconds that are left until nobody waits for the answer any more. */
  deadline: 'x-dure-deadline-ms',
} as const

/** The W3C headers that carry a trace from one process, or one row, to the next. */
export interface TraceContext {
  readonly traceparent?: string
  readonly tracestate?: string
  readonly baggage?: string
}
