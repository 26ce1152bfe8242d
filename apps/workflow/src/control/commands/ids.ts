import { createHash, randomUUID } from 'node:crypto'

/** Lower case hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/**
 * By what a command is known in the inbox of its run: with the same key, the same command is taken in
 * once. Different commands may have the same key.
 */
export function commandId(what: string, key: string | undefined): string {
  return key === undefined ? randomUUID() : `key-${sha256(`${what}\n${key}`)}`
}
