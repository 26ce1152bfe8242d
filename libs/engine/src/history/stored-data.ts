import { isPayloadRef, type Payload, type PayloadRef } from '../run/decision.ts'
import { isLargerThan } from '../run/json-size.ts'

/** As for what nodes give: larger data stand beside the events. */
const INLINE_BYTES = 32_768

export interface StoredData {
  /** As an event holds it. */
  readonly data: unknown | PayloadRef
  /** What must be stored before the event is. */
  readonly payload: Payload | undefined
}

/**
 * Data that come from outside, as an event may hold them. What looks like a reference is stored as if it
 * were large: nobody can refer to data that are not theirs.
 */
export function storedData(data: unknown, sha256: (text: string) => string): StoredData {
  if (!isPayloadRef(data) && !isLargerThan(INLINE_BYTES, data)) return { data, payload: undefined }
  const json = JSON.stringify(data)
  const hash = sha256(json)
  return { data: { $payload: hash, bytes: json.length }, payload: { hash, json } }
}
