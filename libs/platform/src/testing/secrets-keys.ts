import { randomBytes } from 'node:crypto'

/** For `SECRETS_KEYS`: a new key for each id, the first the current one. */
export function testSecretsKeys(...ids: readonly string[]): string {
  const names = ids.length === 0 ? ['test'] : ids
  return names.map((id) => `${id}:${randomBytes(32).toString('base64')}`).join(',')
}
