import { codeIn, parsed, shown } from '../fuzz/fault.ts'
import type { Attack } from './attack.ts'
import { pathFor } from './paths.ts'

const SPELLINGS: Readonly<Record<string, (path: string) => string>> = {
  'capital letters': (path) => path.toUpperCase(),
  'a capital version': (path) => path.replace('/v', '/V'),
  'a slash more at its beginning': (path) => `/${path}`,
  'two slashes inside': (path) => path.replace(/\/([^/]+)$/, '//$1'),
  'a slash at its end': (path) => `${path}/`,
  'an encoded slash': (path) => path.replace(/\/([^/]+)$/, '%2f$1'),
  'an encoded letter': (path) => path.replace(/\/v(\d)/, '/%76$1'),
  'a detour': (path) => path.replace(/^(\/v\d)/, '$1/..$1'),
  'an encoded detour': (path) => path.replace(/^(\/v\d)/, '$1/%2e%2e$1'),
  'a way from what is public': (path) => `/hooks/..${path}`,
  'an encoded way from what is public': (path) => `/hooks/%2e%2e${path}`,
  'a twice encoded way': (path) => `/hooks/%252e%252e${path}`,
  'a parameter of its segment': (path) => `${path};public`,
  'a backslash': (path) => path.replace(/\//g, '\\'),
  'a whole address': (path) => `http://localhost${path}`,
  'a fragment': (path) => `${path}#/hooks/`,
  'the character zero': (path) => `${path}%00`,
}
const FORWARDED = [
  ['x-original-url', '/hooks/x'],
  ['x-rewrite-url', '/hooks/x'],
  ['x-http-method-override', 'GET'],
  ['x-forwarded-for', '127.0.0.1'],
] as const

/** However the path of a route is spelled: without a key, it is not reached. */
export const pathSpellings: Attack = async ({ world, tenants, alice, send }) => {
  const findings: string[] = []
  const scopeless = await tenants.createKey(alice.tenant, { scopes: [] })
  for (const operation of world.operations) {
    const path = pathFor(operation, alice.pool)
    if (operation.isPublic || operation.method !== 'GET' || path === undefined) continue
    for (const [what, spell] of Object.entries(SPELLINGS)) {
      for (const key of [undefined, scopeless]) {
        const answer = await send('GET', spell(path), { key })
        const code = codeIn(parsed(answer.body))
        const isRefused = answer.status >= 400 && answer.status < 500 && code !== undefined
        if (!isRefused) findings.push(`${path} with ${what}: ${shown(answer)}`)
      }
    }
    for (const header of FORWARDED) {
      const answer = await send('GET', path, { headers: [header] })
      if (answer.status !== 401) findings.push(`${path} with ${header[0]}: ${answer.status}`)
    }
  }
  return findings
}
