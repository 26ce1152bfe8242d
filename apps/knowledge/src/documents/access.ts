import { type Caller, EVERYBODY, type OnBehalfOf } from '@dure/contracts'
import { InvalidInputError } from '@dure/kernel'
import { Type } from 'typebox'

/** Who may see a document: whoever is one of these. An empty list is nobody. */
export const Access = Type.Array(
  Type.String({
    pattern: `^(?:${EVERYBODY}|(?:user|key|role|group|workflow):[^\\p{Cc}\\p{Cs}]+)$`,
    maxLength: 200,
    examples: [EVERYBODY, 'user:usr_0198c0de4a7b7c3e9f10223344556677', 'role:admin', 'group:sales'],
  }),
  { maxItems: 200 },
)
export type Access = readonly string[]

/** For whom documents are read: each of its lists must share a name with the list of a document. */
export interface Reader {
  /** All that who asks may be called; null: sees all. */
  readonly caller: readonly string[] | null
  /** All that the person may be called for whom it asks; null: for nobody else. */
  readonly person: readonly string[] | null
}

/** @param onBehalfOf takes away, and never adds: whoever asks may say whatever they like */
export function readerOf({ principals, seesAll }: Caller, onBehalfOf?: OnBehalfOf): Reader {
  const { user, groups = [] } = onBehalfOf ?? {}
  const person = [...(user === undefined ? [] : [`user:${user}`]), ...groups.map(groupOf)]
  return {
    caller: seesAll ? null : namesOf(principals),
    person: onBehalfOf ? namesOf(person) : null,
  }
}

const groupOf = (name: string) => `group:${name}`

function namesOf(principals: readonly string[]): string[] {
  return [EVERYBODY, ...principals.map((name) => name.normalize('NFC'))]
}

/** As `seenBy` says it in SQL. */
export function maySee({ caller, person }: Reader, access: readonly string[]): boolean {
  return [caller, person].every(
    (names) => names === null || access.some((name) => names.includes(name)),
  )
}

/** The condition on the table `document`, of two parameters: the caller and the person of a reader. */
export function seenBy(firstParameter: number): string {
  const shares = (parameter: number) =>
    `($${parameter}::text[] IS NULL OR document.access && $${parameter})`
  return `${shares(firstParameter)} AND ${shares(firstParameter + 1)}`
}

/**
 * A list of who may see a document, as it is stored: equal lists are equal there.
 *
 * @throws InvalidInputError `document.access-without-you` when it keeps out who makes it
 */
export function accessOf(given: Access, reader: Reader): Access {
  const access = [...new Set(given.map((name) => name.normalize('NFC')))].sort()
  if (maySee(reader, access)) return access
  throw new InvalidInputError(
    'document.access-without-you',
    'You would not see the document any more: add yourself, or use a key with the scope `knowledge:read-all`',
    [{ pointer: '#/access', message: 'has none of your names' }],
  )
}
