import type { SecretInfo } from './secret.ts'

/** Bound to its hosts as well: a row whose hosts were changed in the database cannot be opened. */
export function placeOf({
  tenant,
  id,
  version,
  hosts,
}: Pick<SecretInfo, 'tenant' | 'id' | 'version' | 'hosts'>) {
  return { tenant, resource: resourceOf(id), version, bound: hosts }
}

export function resourceOf(id: string): string {
  return `secret:${id}`
}
