import { SCOPES, type Scope } from '@dure/contracts'
import type { Pool } from '../fuzz/pool.ts'
import type { Draft } from '../fuzz/request.ts'
import type { Connection } from '../http/connection.ts'
import type { Operation } from '../openapi/operation.ts'
import type { Tenant, Tenants } from '../tenants.ts'
import { ask } from './client.ts'

/** Two keys for each scope: one that has nothing else, and one that has everything else. */
export type ScopeKeys = ReadonlyMap<string, { readonly only: string; readonly without: string }>

export async function createScopeKeys(tenants: Tenants, tenant: Tenant): Promise<ScopeKeys> {
  const keys = new Map<string, { only: string; without: string }>()
  for (const scope of SCOPES) {
    const others = SCOPES.filter((other: Scope) => other !== scope)
    keys.set(scope, {
      only: await tenants.createKey(tenant, { scopes: [scope] }),
      without: await tenants.createKey(tenant, { scopes: others }),
    })
  }
  return keys
}

export interface ScopeOptions {
  readonly connection: Connection
  readonly scopeKeys: ScopeKeys
  readonly pools: { readonly owner: Pool }
}

/** The scope that the document names is needed, and is enough. */
export async function scopeFindingsOf(
  operation: Operation,
  draft: Draft,
  { connection, scopeKeys, pools }: ScopeOptions,
): Promise<string[]> {
  const { operationId } = operation
  const [scope, ...more] = operation['x-dure-scopes'] ?? []
  if (scope === undefined || more.length > 0) {
    return [`${operationId} does not name one scope, but ${operation['x-dure-scopes'] ?? 'none'}`]
  }
  const keys = scopeKeys.get(scope)
  if (!keys) return [`${operationId} names the scope ${scope}, which nobody can have`]
  const replyTo = (key: string) => ask(connection, operation, { draft, pool: pools.owner, key })
  const findings: string[] = []
  const without = await replyTo(keys.without)
  if (without.status !== 403) {
    findings.push(`${operationId} answers ${without.status} without ${scope}`)
  }
  const only = await replyTo(keys.only)
  // Somebody may lack more than the scope: only owners make owners.
  if (only.status === 401 || /scope.missing/.test(only.code)) {
    findings.push(`${operationId} answers ${only.status} with ${scope}`)
  }
  return findings
}
