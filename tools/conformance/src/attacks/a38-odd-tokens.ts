import { codeIn, parsed, shown } from '../fuzz/fault.ts'
import type { Attack, Stage } from './attack.ts'

/** What is sent where a token should be by programs that have none, and by those who hope that we compare loosely. */
const ODD = [
  'null',
  'undefined',
  'NaN',
  'true',
  'false',
  '0',
  '1',
  '-1',
  '0e12345',
  '[]',
  '{}',
  '[object Object]',
  '""',
  ' ',
  '%',
  '*',
  '.',
  '..',
  '\0',
  'x'.repeat(150),
] as const

/** A token that is empty, of another type, cut or used up is none, in a path as in a head. */
export const oddTokens: Attack = async (stage) => [
  ...(await inPaths(stage)),
  ...(await inHeads(stage)),
  ...(await usedUp(stage)),
]

async function inPaths({ alice, send }: Stage): Promise<string[]> {
  const hook = String(alice.pool.hintFor('receiveHook', 0).token)
  const callback = String(alice.pool.hintFor('deliverCallback', 0).token)
  const findings: string[] = []
  const places = {
    '/hooks/': [hook, 'hook.not-found'],
    '/v2/callbacks/': [callback, 'callback.not-found'],
  } as const
  for (const [place, [token, code]] of Object.entries(places)) {
    for (const odd of [...ODD, ...beside(token)]) {
      const answer = await send('POST', place + encodeURIComponent(odd), { body: {} })
      const isRefused = answer.status === 404 || answer.status === 400
      const isOfToken =
        answer.status === 400 ||
        [code, 'route.not-found'].includes(codeIn(parsed(answer.body)) ?? '')
      if (!isRefused || !isOfToken)
        findings.push(`${place} ${JSON.stringify(odd)}: ${shown(answer)}`)
    }
  }
  return findings
}

/** Almost the token: cut, longer, in other letters, twice, two of them. */
function beside(token: string): string[] {
  const changed = token.endsWith('a') ? 'b' : 'a'
  return [
    token.slice(0, -1),
    token.slice(0, Math.ceil(token.length / 2)),
    `${token.slice(0, -1)}${changed}`,
    `${token}a`,
    `${token} `,
    token.toUpperCase(),
    token + token,
    `${token},${token}`,
    `["${token}"]`,
  ]
}

async function inHeads({ alice, send }: Stage): Promise<string[]> {
  const findings: string[] = []
  const schemes = ['', 'Bearer', 'Bearer ', 'bearer ', 'Basic ', 'Token ', 'Bearer Bearer ']
  const texts = ODD.filter((odd) => odd !== '\0')
  const values = schemes.flatMap((scheme) => texts.map((odd) => `${scheme}${odd}`))
  const ofAlice = [
    `Basic ${alice.key}`,
    alice.key,
    `Bearer ${alice.key},${alice.key}`,
    `Bearer ["${alice.key}"]`,
  ]
  for (const value of [...values, ...ofAlice, ...beside(alice.key).map((one) => `Bearer ${one}`)]) {
    // Spaces at the end of a header are no part of it (RFC 9110 §5.5).
    if (value.trim() === `Bearer ${alice.key}`) continue
    const answer = await send('GET', '/v1/models', { headers: [['authorization', value]] })
    if (answer.status !== 401) findings.push(`${JSON.stringify(value)}: ${shown(answer)}`)
  }
  return findings
}

async function usedUp({ alice, send }: Stage): Promise<string[]> {
  const token = String(alice.pool.hintFor('deliverCallback', 0).token)
  const deliver = () => send('POST', `/v2/callbacks/${token}`, { body: {} })
  const [first, second] = [await deliver(), await deliver()]
  if (first.status === 204 && second.status === 404) return []
  return [`A callback that is delivered twice: ${shown(first)}, then ${shown(second)}`]
}
