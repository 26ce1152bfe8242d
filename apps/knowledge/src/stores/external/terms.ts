import { FIELDS, type FieldName, type LexicalChunk, termsOf } from '@dure/retrieval'

/** The terms of each field by their keys, separated by spaces; repeated terms count. */
export type PassageTerms = Readonly<Record<FieldName, string>>

/**
 * A term as engines know it: letters and digits, whatever is in the term, so that no tokenizer cuts or folds it. Two terms
 * of a base of a million have the same key by a chance of one in ten thousand. cyrb53, by bryc, public domain.
 */
export function termKey(term: string): string {
  let [low, high] = [0xdeadbeef, 0x41c6ce57]
  for (let at = 0; at < term.length; at++) {
    const unit = term.charCodeAt(at)
    low = Math.imul(low ^ unit, 2654435761)
    high = Math.imul(high ^ unit, 1597334677)
  }
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  return (4294967296 * (2097151 & high) + (low >>> 0)).toString(36)
}

export function passageTerms(passage: LexicalChunk): PassageTerms {
  return perField((_name, at) => (termsOf(passage)[at] ?? []).map(termKey).join(' '))
}

/** One value for each field. */
export function perField<Value>(make: (name: FieldName, at: number) => Value) {
  return Object.fromEntries(FIELDS.map((name, at) => [name, make(name, at)])) as Record<
    FieldName,
    Value
  >
}

export function keysOf(text: string): string[] {
  return text === '' ? [] : text.split(' ')
}
