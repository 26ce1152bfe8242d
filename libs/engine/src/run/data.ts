import type { TaskError } from '@dure/contracts'
import { type Decision, isPayloadRef, type PayloadRef } from './decision.ts'
import { isLargerThan } from './json-size.ts'

/** Larger data are stored beside the events, under their hash, and once however often they occur. */
const INLINE_BYTES = 32_768
/** Larger ones belong into a file or a database. */
const MAX_DATA_BYTES = 4_194_304

/**
 * Data as an event holds them: as they are, or, when they are large, a reference to them. Data that look
 * like a reference are stored as if they were large: no user can make one.
 */
export function storable(decision: Decision, data: unknown): unknown | PayloadRef {
  if (!isPayloadRef(data) && !isLargerThan(INLINE_BYTES, data)) return data
  const json = JSON.stringify(data)
  const hash = decision.context.sha256(json)
  decision.payloads.push({ hash, json })
  decision.context.payloads.set(hash, data)
  return { $payload: hash, bytes: json.length }
}

/** Why data cannot be those of a node; undefined when they can. */
export function tooLarge(what: string, data: unknown): TaskError | undefined {
  if (!isLargerThan(MAX_DATA_BYTES, data)) return undefined
  return {
    code: 'node.data-too-large',
    class: 'invalid',
    message: `${what} is larger than ${MAX_DATA_BYTES} bytes: ask for less`,
  }
}
