import { randomUUID } from 'node:crypto'
import { sha256 } from '../../sha256.ts'

/**
 * By what a command is known in the inbox of its run: with the same id of a caller, the same command is
 * taken in once.
 */
export function commandId(what: string, onceId: string | undefined): string {
  return onceId === undefined ? randomUUID() : `key-${sha256(`${what}\n${onceId}`)}`
}
