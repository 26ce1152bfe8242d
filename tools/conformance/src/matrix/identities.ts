import type { Scope } from '@dure/contracts'
import { generateApiKey } from '@dure/dev'
import type { Tenant, Tenants } from '../tenants.ts'
import type { Reply } from './client.ts'

/** Who may ask, and how the answer has to begin for an operation that wants a key. */
export interface Identities {
  readonly none: undefined
  readonly malformed: string
  readonly unknown: string
  readonly expired: string
  readonly revoked: string
  /** Of the same project, and without any scope. */
  readonly scopeless: string
  /** Of another organization, with all scopes. */
  readonly stranger: string
  readonly owner: string
}

export type IdentityName = keyof Identities

/** What has to be answered to these, whatever the request asks for. */
export const REFUSED: Readonly<Partial<Record<IdentityName, readonly [number, string]>>> = {
  none: [401, 'key.missing'],
  malformed: [401, 'key.malformed'],
  unknown: [401, 'key.unknown'],
  expired: [401, 'key.expired'],
  revoked: [401, 'key.revoked'],
  scopeless: [403, 'key.scope-missing'],
}

/** Each of them that was answered anything else. */
export function refusalFindings(
  what: string,
  byIdentity: Readonly<Partial<Record<IdentityName, Reply>>>,
): string[] {
  return Object.entries(REFUSED).flatMap(([name, [status, code]]) => {
    const reply = byIdentity[name as IdentityName]
    const isRefused = reply?.status === status && (!isProblem(reply) || reply.code === code)
    if (isRefused) return []
    return [`${what} answers ${reply?.status} ${reply?.code} to ${name}, not ${status} ${code}`]
  })
}

/** A door that speaks the language of another API has codes of its own. */
function isProblem({ body }: Reply): boolean {
  return 'type' in Object(body)
}

const NO_SCOPES: readonly Scope[] = []

export async function createIdentities(
  tenants: Tenants,
  own: Tenant,
  other: Tenant,
): Promise<Identities> {
  return {
    none: undefined,
    malformed: 'dure_live_not-a-key',
    unknown: generateApiKey(),
    expired: await tenants.createKey(own, { state: 'expired' }),
    revoked: await tenants.createKey(own, { state: 'revoked' }),
    scopeless: await tenants.createKey(own, { scopes: NO_SCOPES }),
    stranger: await tenants.createKey(other),
    owner: await tenants.createKey(own),
  }
}
