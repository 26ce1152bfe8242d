import { countedLength, FIELDS, type FieldName } from '@dure/retrieval'
import { keysOf, type PassageTerms, perField } from './terms.ts'

/** What the rarity of a term and the length of a passage are compared with, of one knowledge base. */
export interface Statistics {
  /** Passages. */
  size: number
  readonly fields: Readonly<Record<FieldName, FieldStatistics>>
}

interface FieldStatistics {
  /** Of all passages, as scores count it. */
  length: number
  /** In how many passages each term is, by its key. */
  readonly holders: Map<string, number>
}

/** As it is kept: what a batch of passages adds, or takes away. */
export interface StatisticsChange {
  readonly size: number
  readonly fields: Readonly<Record<FieldName, { length: number; holders: [string, number][] }>>
}

export function emptyStatistics(): Statistics {
  return { size: 0, fields: perField(() => ({ length: 0, holders: new Map<string, number>() })) }
}

/** @param sign 1: the passage comes, -1: it goes */
export function count(statistics: Statistics, passage: PassageTerms, sign: 1 | -1): void {
  statistics.size += sign
  for (const name of FIELDS) {
    const field = statistics.fields[name]
    const keys = keysOf(passage[name])
    field.length += sign * countedLength(keys.length)
    for (const key of new Set(keys)) add(field, key, sign)
  }
}

export function apply(statistics: Statistics, change: StatisticsChange): void {
  statistics.size += change.size
  for (const name of FIELDS) {
    const field = statistics.fields[name]
    field.length += change.fields[name].length
    for (const [key, holders] of change.fields[name].holders) add(field, key, holders)
  }
}

export function changeOf({ size, fields }: Statistics): StatisticsChange {
  const kept = ({ length, holders }: FieldStatistics) => ({ length, holders: [...holders] })
  return { size, fields: perField((name) => kept(fields[name])) }
}

function add({ holders }: FieldStatistics, key: string, by: number): void {
  const sum = (holders.get(key) ?? 0) + by
  if (sum === 0) holders.delete(key)
  else holders.set(key, sum)
}
