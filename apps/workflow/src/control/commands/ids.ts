import { randomUUID } from 'node:crypto'
import { sha256 } from '../../sha256.ts'

/**
 * By what a command is known in the inbox of its run: with the same key, the same command is taken in
 * once. Different commands may have the same key.
 */
export function commandId(what: string, key: string | undefined): string {
  return key === undefined ? randomUUID() : `key-${sha256(`${what}\n${key}`)}`
}
