import { createSecretKey, type KeyObject } from 'node:crypto'
import { Type } from 'typebox'

const ONE = '[a-z0-9][a-z0-9-]{0,31}:[A-Za-z0-9+/]{43}='

/** For the configuration of a service that keeps secrets of its users. */
export const SecretsConfig = Type.Object({
  SECRETS_KEYS: Type.String({
    pattern: `^${ONE}(?:,${ONE})*$`,
    description:
      'Keys that secrets are encrypted with, `id:base64 of 32 bytes`, comma separated. The first is for new ones; the others still decrypt until nothing needs them any more',
  }),
})

export interface KeyRing {
  readonly currentId: string
  get(id: string): KeyObject | undefined
}

/**
 * @param text as `SECRETS_KEYS` has it
 * @throws TypeError when two keys have one id, or one is too short; none of the keys is in the message
 */
export function parseKeyRing(text: string): KeyRing {
  const entries = text.split(',').map((entry): [string, KeyObject] => {
    const [id = '', base64 = ''] = entry.split(':')
    const bytes = Buffer.from(base64, 'base64')
    if (bytes.length !== 32) throw new TypeError(`SECRETS_KEYS: the key ${id} is not 32 bytes long`)
    return [id, createSecretKey(bytes)]
  })
  const keys = new Map(entries)
  const [first] = entries
  if (!first || keys.size < entries.length) {
    throw new TypeError('SECRETS_KEYS: each key needs an id that no other has')
  }
  return { currentId: first[0], get: (id) => keys.get(id) }
}
