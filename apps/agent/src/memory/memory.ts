import { MEMORY_OWNER, type MemoryScope, type Tenant } from '@dure/contracts'
import { ConflictError, InvalidInputError, NotFoundError } from '@dure/kernel'

/** Scopes that nobody else reads: what is written there goes nowhere. */
const OWN_SCOPES: readonly MemoryScope[] = ['thread', 'user']

export function isOwn(scopes: readonly MemoryScope[]): boolean {
  return scopes.every((scope) => OWN_SCOPES.includes(scope))
}

/** The one owner of the scope `project`. */
export const PROJECT_OWNER = 'all'

/** Whose memory it is: an agent, a thread, a person, or the project. */
export interface MemoryOwner {
  readonly scope: MemoryScope
  readonly owner: string
}

export interface MemoryKey extends MemoryOwner {
  readonly tenant: Tenant
  readonly key: string
}

export interface MemoryEntry extends MemoryOwner {
  readonly key: string
  readonly value: unknown
  /** What search looks in. */
  readonly text: string
  readonly source: MemorySource
  /** A principal, an execution, or a run. */
  readonly writtenBy: string
  readonly revision: number
  readonly expiresAt: Date | null
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** How it came there: what an agent has written may be the wish of whoever wrote what it had read. */
export type MemorySource = 'agent' | 'api' | 'workflow'

/** What somebody wants to be remembered. */
export interface Remembered {
  readonly value: unknown
  /** Absent: the texts and numbers of the value. */
  readonly text?: string | undefined
  readonly expiresInS?: number | undefined
  readonly source: MemorySource
  readonly writtenBy: string
}

export const MAX_VALUE_BYTES = 16_384
export const MAX_TEXT_CHARACTERS = 4000
export const MAX_ENTRIES_OF_OWNER = 1000
export const MAX_ENTRIES_OF_PROJECT = 100_000
export const MAX_EXPIRES_IN_S = 315_360_000
export const MAX_FOUND = 50

export function isOwnerName(name: unknown): name is string {
  return typeof name === 'string' && MEMORY_OWNER.test(name)
}

/** @throws InvalidInputError `memory.too-large` */
export function jsonOf(value: unknown): string {
  const json = JSON.stringify(value)
  if (Buffer.byteLength(json) <= MAX_VALUE_BYTES) return json
  const detail = `A value has at most ${MAX_VALUE_BYTES} bytes of JSON: keep what is needed, under several keys`
  throw new InvalidInputError('memory.too-large', detail)
}

/** What search looks in: all that a person could read in the value. PostgreSQL has no text with a NUL in it. */
export function textOf({ value, text }: Pick<Remembered, 'value' | 'text'>): string {
  const whole = text ?? [...textsIn(value)].join('\n')
  return whole.replaceAll('\u0000', '').slice(0, MAX_TEXT_CHARACTERS).toWellFormed()
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (typeof value === 'number') yield String(value)
  else if (typeof value === 'object' && value !== null) {
    const isList = Array.isArray(value)
    for (const [name, inner] of Object.entries(value)) {
      if (!isList) yield name
      yield* textsIn(inner)
    }
  }
}

export function memoryNotFound(): NotFoundError {
  return new NotFoundError('memory.not-found', 'Nothing is remembered by this key')
}

export function memoryChanged(): ConflictError {
  const hint = 'Somebody else has changed it meanwhile: get it again before you replace it'
  return new ConflictError('memory.changed', hint)
}

export function memoryFull(limit: number, whose: string): ConflictError {
  const hint = `${whose} has ${limit} entries, which is as many as there may be: delete some, or let them expire`
  return new ConflictError('memory.too-many', hint)
}

/** Of an owner that has to be there, such as a thread. */
export function ownerNotFound({ scope, owner }: MemoryOwner): NotFoundError {
  const hint = `There is no ${scope} ${owner}: what is to be remembered needs one`
  return new NotFoundError('memory.owner-not-found', hint)
}
