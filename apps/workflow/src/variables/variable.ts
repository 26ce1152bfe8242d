import type { Tenant } from '@dure/contracts'
import { InvalidInputError } from '@dure/kernel'

export interface Variable {
  readonly id: string
  readonly tenant: Tenant
  readonly name: string
  /** JSON. */
  readonly value: unknown
  readonly description: string
  readonly revision: number
  readonly createdBy: string
  readonly createdAt: Date
  readonly updatedAt: Date
}

export const VARIABLE_LIMITS = {
  /** Of one value as JSON. */
  bytes: 16_384,
  /** Of a project. */
  count: 200,
  /** Of all values of a project: a run may get them all. */
  totalBytes: 131_072,
} as const

/** @throws InvalidInputError `variable.too-large` */
export function checkedJson(value: unknown): string {
  const json = JSON.stringify(value)
  if (byteLength(json) <= VARIABLE_LIMITS.bytes) return json
  const detail = `A value has at most ${VARIABLE_LIMITS.bytes} bytes of JSON`
  throw new InvalidInputError('variable.too-large', detail, [
    { pointer: '#/value', message: 'is too large' },
  ])
}

/** Of UTF-8. */
function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}
