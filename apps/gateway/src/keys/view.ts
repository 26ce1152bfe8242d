import { ApiKeyId, Page, Scope, ServicePrincipalId } from '@dure/contracts'
import { type Static, Type } from 'typebox'
import type { ShownKey, WantedKey } from './management-service.ts'
import type { ManagedKey } from './management-store.ts'
import { OVERLAP_PATTERN } from './overlap.ts'

const Instant = Type.String({ format: 'date-time', maxLength: 40 })
const OrNull = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()])

const Scopes = Type.Array(Scope, { minItems: 1, maxItems: 64, uniqueItems: true })
const Cidrs = Type.Array(
  Type.String({ minLength: 1, maxLength: 50, examples: ['203.0.113.0/24'] }),
  {
    maxItems: 50,
    description: 'Networks that the key may be used from; empty: from everywhere',
  },
)

export const CreateApiKey = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100, examples: ['checkout service'] }),
    scopes: Scopes,
    expiresAt: Type.Optional(
      Type.String({
        format: 'date-time',
        maxLength: 40,
        description: 'Absent: as long as the key that makes it',
      }),
    ),
    allowedCidrs: Type.Optional(Cidrs),
    roles: Type.Optional(
      Type.Array(Type.String({ pattern: '^[a-z0-9_-]{1,64}$', examples: ['finance'] }), {
        maxItems: 16,
        description: 'As which it may decide approvals',
      }),
    ),
    servicePrincipalId: Type.Optional(ServicePrincipalId),
  },
  { additionalProperties: false, $id: 'CreateApiKey' },
)

export const RotateApiKey = Type.Object(
  {
    overlap: Type.String({
      pattern: OVERLAP_PATTERN,
      default: 'PT24H',
      description: 'How long the old key stays valid: ISO 8601, at most P30D; PT0S: not at all',
      examples: ['PT24H'],
    }),
  },
  { additionalProperties: false, $id: 'RotateApiKey' },
)

const properties = {
  id: ApiKeyId,
  name: Type.String(),
  start: Type.String({ description: 'How the key begins', examples: ['dure_live_3f9K'] }),
  last4: Type.String({ description: 'How the key ends', examples: ['x7Qz'] }),
  scopes: Type.Array(Scope),
  allowedCidrs: Type.Array(Type.String()),
  roles: Type.Array(Type.String()),
  servicePrincipalId: OrNull(ServicePrincipalId),
  state: Type.Enum(['active', 'expired', 'revoked']),
  createdBy: OrNull(
    Type.String({ description: 'The key or person that made it; null: made at the first start' }),
  ),
  createdAt: Instant,
  expiresAt: OrNull(Instant),
  lastUsedAt: OrNull(Type.String({ format: 'date-time', description: 'Written down every 10 s' })),
  revokedAt: OrNull(Instant),
  replacedBy: OrNull(ApiKeyId),
}

export const ApiKeyView = Type.Object(properties, { $id: 'ApiKey' })
export const CreatedApiKey = Type.Object(
  { ...properties, key: Type.String({ description: 'Shown here, and never again' }) },
  { $id: 'CreatedApiKey' },
)
export const ApiKeyPage = Page(ApiKeyView, 'ApiKeyPage')

export function viewOf(key: ManagedKey): Static<typeof ApiKeyView> {
  return {
    id: key.id,
    name: key.name,
    start: key.start,
    last4: key.last4,
    scopes: [...key.scopes],
    allowedCidrs: [...key.allowedCidrs],
    roles: [...key.roles],
    servicePrincipalId: key.servicePrincipalId ?? null,
    state: key.state,
    createdBy: key.createdBy ?? null,
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
    replacedBy: key.replacedBy ?? null,
  }
}

export function wantedKeyIn({ expiresAt, ...wanted }: Static<typeof CreateApiKey>): WantedKey {
  return { ...wanted, expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt) }
}

/** The only view with the key in it: no cache may keep it. */
export function showKey({ key, managed }: ShownKey): Static<typeof CreatedApiKey> {
  return { ...viewOf(managed), key }
}
