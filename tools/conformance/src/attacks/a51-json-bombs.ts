import { codeIn, parsed, shown } from '../fuzz/fault.ts'
import type { Attack } from './attack.ts'
import { pathFor } from './paths.ts'

const BOMBS: Readonly<Record<string, string | Buffer>> = {
  'deep arrays': '['.repeat(50_000),
  'deep objects': '{"a":'.repeat(50_000),
  'deep and closed': `${'['.repeat(200)}${']'.repeat(200)}`,
  'many keys': `{${Array.from({ length: 20_000 }, (_, n) => `"k${n}":0`).join()}}`,
  'one key twice': '{"name":"a","name":"b"}',
  'one key twice, written differently': '{"name":"a","n\\u0061me":"b"}',
  'a huge number': '{"name":1e400}',
  'a long number': `{"name":${'9'.repeat(100_000)}}`,
  'half a character': '{"name":"\\ud800"}',
  'the character zero': '{"name":"\\u0000"}',
  'a prototype': '{"__proto__":{"polluted":true}}',
  'a constructor': '{"constructor":{"prototype":{"polluted":true}}}',
  'bytes that are no text': Buffer.from('{"name":"\xff\xfe"}', 'latin1'),
  'too much': `{"name":"${'x'.repeat(13 * 1_048_576)}"}`,
}

/** Bodies that are there to be expensive, or to mean two things: refused, and nobody else waits. */
export const jsonBombs: Attack = async ({ world, alice, send }) => {
  const findings: string[] = []
  for (const operation of world.operations) {
    const schema = operation.requestBody?.content['application/json']?.schema
    const path = pathFor(operation, alice.pool)
    if (!schema || path === undefined || Object.keys(schema).length === 0) continue
    for (const [what, body] of Object.entries(BOMBS)) {
      // One route tells for all that a body of 13 MB is too large.
      if (body.length > 1_000_000 && operation.operationId !== 'createWorkflow') continue
      const answer = await send(operation.method, path, { key: alice.key, body })
      const code = codeIn(parsed(answer.body))
      const isRefused = answer.status >= 400 && answer.status < 500 && code !== undefined
      if (!isRefused) findings.push(`${operation.operationId}, ${what}: ${shown(answer)}`)
    }
  }
  const alive = await send('GET', '/v1/models', { key: alice.key })
  if (alive.status !== 200) findings.push(`Afterwards: ${shown(alive)}`)
  if ('polluted' in {}) findings.push('This process was polluted')
  return findings
}
