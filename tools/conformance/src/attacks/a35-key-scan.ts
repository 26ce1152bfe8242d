import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { generateApiKey, ROOT } from '@dure/dev'
import { codeIn, parsed } from '../fuzz/fault.ts'
import type { Attack } from './attack.ts'

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** A leaked key is found by what the how-to tells scanners; a mistyped one is told by its checksum. */
export const keyScan: Attack = async ({ alice, send }) => {
  const pattern = documentedPattern()
  const findings: string[] = []
  const keys = [alice.key, ...Array.from({ length: 200 }, generateApiKey)]
  for (const key of keys) {
    const found = new RegExp(pattern).exec(`const key = "${key}" // oops`)?.[0]
    if (found !== key) findings.push('A scanner would not find a key')
    if (checksumOf(key.slice(0, -6)) !== key.slice(-6)) findings.push('A checksum is wrong')
  }
  for (let at = 10; at < alice.key.length; at += 5) {
    const letter = alice.key[at] === 'a' ? 'b' : 'a'
    const typo = alice.key.slice(0, at) + letter + alice.key.slice(at + 1)
    const { status, body } = await send('GET', '/v1/models', { key: typo })
    const code = codeIn(parsed(body))
    if (status !== 401 || code !== 'key.malformed') findings.push(`A typing mistake is ${code}`)
  }
  return findings
}

function documentedPattern(): string {
  const text = readFileSync(join(ROOT, 'docs/how-to/manage-keys.md'), 'utf8')
  const pattern = /`(dure_live_\[[^`]+)`/.exec(text)?.[1]
  if (pattern === undefined) throw new Error('manage-keys.md tells scanners no pattern')
  return pattern
}

/** Written anew, from the documentation alone. */
export function checksumOf(text: string): string {
  let digits = ''
  for (let rest = crc32(text); digits.length < 6; rest = Math.floor(rest / 62)) {
    digits = DIGITS.charAt(rest % 62) + digits
  }
  return digits
}
