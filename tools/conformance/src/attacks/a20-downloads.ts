import { isStream } from '../openapi/operation.ts'
import type { Attack } from './attack.ts'
import { pathFor } from './paths.ts'

const HARMLESS = /^(application\/(problem\+)?json|text\/event-stream)(;|$)/

/** Whatever can be read is data for a browser, never a page: its type is fixed, and not guessed. */
export const downloads: Attack = async ({ world, alice, send }) => {
  const findings: string[] = []
  for (const operation of world.operations) {
    const path = pathFor(operation, alice.pool)
    if (operation.method !== 'GET' || path === undefined || isStream(operation)) continue
    const { status, headers } = await send('GET', path, { key: alice.key })
    const type = headers['content-type'] ?? ''
    if (status !== 200) continue
    if (headers['x-content-type-options'] !== 'nosniff') {
      findings.push(`${operation.operationId} lets a browser guess the type`)
    }
    const isAttached = headers['content-disposition']?.startsWith('attachment')
    if (!HARMLESS.test(type) && !isAttached) findings.push(`${operation.operationId} is ${type}`)
  }
  return findings
}
