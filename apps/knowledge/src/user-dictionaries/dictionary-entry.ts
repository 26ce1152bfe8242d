import type { Tenant } from '@dure/contracts'
import { ConflictError, InvalidInputError, NotFoundError } from '@dure/kernel'
import { normalisedText, type UserTag } from '@dure/retrieval'

/** A word that the Korean dictionary lacks, or that the project reads in another way. */
export interface DictionaryEntry {
  readonly id: string
  readonly surface: string
  /** What it is searched by; joined, they are the surface. None: the surface itself. */
  readonly parts: readonly string[]
  readonly tag: UserTag
  readonly revision: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

export type EntryContent = Pick<DictionaryEntry, 'parts' | 'tag'>

/** Where an entry stands; all three are checked together. */
export interface EntryKey {
  readonly tenant: Tenant
  readonly id: string
}

export const MAX_ENTRIES = 10_000
export const MAX_SURFACE = 100
export const MAX_PARTS = 20

/**
 * @returns the word as texts are read: two that differ in case or width alone are one
 * @throws InvalidInputError `dictionary-entry.not-a-word`
 */
export function normalisedWord(surface: string): string {
  const word = normalisedText(surface)
  if (word.length <= MAX_SURFACE && /^\S*[\p{L}\p{N}]\S*$/u.test(word)) return word
  throw new InvalidInputError(
    'dictionary-entry.not-a-word',
    `A word has letters or digits, no spaces, and at most ${MAX_SURFACE} characters`,
    [{ pointer: '#/surface', message: 'is not one word' }],
  )
}

/** @throws InvalidInputError `dictionary-entry.parts-differ` */
export function checkParts(surface: string, parts: readonly string[]): void {
  if (parts.length === 0) return
  const normalised = parts.map(normalisedText)
  if (normalised.every(Boolean) && normalised.join('') === normalisedText(surface)) return
  throw new InvalidInputError(
    'dictionary-entry.parts-differ',
    'The parts of a word, joined, are the word: `세종`, `시` of `세종시`',
    [{ pointer: '#/parts', message: 'are not the surface when they are joined' }],
  )
}

export function entryNotFound(): NotFoundError {
  return new NotFoundError('dictionary-entry.not-found', 'There is no such word')
}

export function entryExists(): ConflictError {
  return new ConflictError(
    'dictionary-entry.exists',
    'The project has this word already: change that one',
  )
}

export function entryChanged(): ConflictError {
  return new ConflictError(
    'dictionary-entry.changed',
    'Somebody else has changed it meanwhile: get it again before you replace it',
  )
}

export function noRoom(): ConflictError {
  return new ConflictError(
    'dictionary-entry.no-room',
    `A project has at most ${MAX_ENTRIES} words: delete one that nothing needs`,
  )
}
