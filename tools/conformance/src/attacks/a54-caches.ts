import { isStream } from '../openapi/operation.ts'
import type { Attack } from './attack.ts'
import { pathFor } from './paths.ts'

/** What one tenant has in its cache says nothing about what another gets, and no proxy may keep it. */
export const caches: Attack = async ({ world, alice, mallory, send }) => {
  const findings: string[] = []
  for (const operation of world.operations) {
    const path = pathFor(operation, alice.pool)
    if (operation.method !== 'GET' || path === undefined || isStream(operation)) continue
    const own = await send('GET', path, { key: alice.key })
    const isShared = /\b(public|s-maxage)\b/.test(own.headers['cache-control'] ?? '')
    if (isShared) findings.push(`${operation.operationId} may be kept by a proxy`)
    const { etag } = own.headers
    if (etag === undefined) continue
    const before = await send('GET', path, { key: mallory.key })
    const again = await send('GET', path, { key: mallory.key, headers: [['if-none-match', etag]] })
    const isSame = before.status === 200 && before.body.equals(own.body)
    // Under one address, a cache keeps apart what it is told to keep apart.
    const isKeptApart = /\bauthorization\b/.test(own.headers.vary ?? '')
    if (again.status === 304 && !isSame && !isKeptApart)
      findings.push(`${operation.operationId} answers 304 to another`)
  }
  return findings
}
