import fc from 'fast-check'
import { HOSTILE_NAMES, HOSTILE_TEXTS, HOSTILE_VALUES, Raw } from './hostile.ts'

/** One change of a value at one of its places, whatever the value turns out to be. */
export interface Mutation {
  readonly kind: (typeof KINDS)[number]
  /** Which place: counted from the outermost, modulo how many there are. */
  readonly place: number
  readonly pick: number
}

const KINDS = ['value', 'text', 'remove', 'add', 'wrap', 'double', 'near', 'swap'] as const

export const mutations: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom(...KINDS),
  place: fc.nat(2000),
  pick: fc.nat(1000),
})

interface Place {
  readonly holder: Record<string, unknown>
  readonly key: string
}

/** Changes a copy of the value. */
export function mutated(value: unknown, all: readonly Mutation[]): unknown {
  const root: Record<string, unknown> = { value: structuredCopy(value) }
  for (const mutation of all) {
    const places = placesIn(root)
    const place = places[mutation.place % places.length]
    if (place) apply(place, mutation, places)
  }
  return root.value
}

function apply({ holder, key }: Place, { kind, pick }: Mutation, places: readonly Place[]): void {
  if (kind === 'remove') {
    if (Array.isArray(holder)) holder.splice(Number(key), 1)
    else delete holder[key]
    return
  }
  const other = places[pick % places.length]
  const swapped = other && structuredCopy(other.holder[other.key])
  holder[key] = kind === 'swap' ? swapped : CHANGES[kind](holder[key], pick)
}

const CHANGES = {
  value: (_value: unknown, pick: number) => HOSTILE_VALUES[pick % HOSTILE_VALUES.length],
  text: (_value: unknown, pick: number) => HOSTILE_TEXTS[pick % HOSTILE_TEXTS.length],
  add: withExtra,
  wrap: (value: unknown, pick: number) => (pick % 2 === 0 ? [value] : { value }),
  double: (value: unknown) => (Array.isArray(value) ? [...value, ...value] : [value, value]),
  near,
} as const

function withExtra(value: unknown, pick: number): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Raw) return { extra: value }
  if (Array.isArray(value)) return [...value, HOSTILE_VALUES[pick % HOSTILE_VALUES.length]]
  const name = HOSTILE_NAMES[pick % HOSTILE_NAMES.length] ?? ''
  return { ...value, [name]: HOSTILE_TEXTS[pick % HOSTILE_TEXTS.length] }
}

/** Something that is almost the same: one more, one less, another letter. */
function near(value: unknown, pick: number): unknown {
  if (typeof value === 'number') return value + ([1, -1, 0.5, 2 ** 31][pick % 4] ?? 1)
  if (typeof value === 'boolean') return String(value)
  if (typeof value !== 'string') return value
  const changes = [`${value}x`, value.slice(1), value.toUpperCase(), ` ${value}`, `${value}\n`]
  return changes[pick % changes.length]
}

function placesIn(root: Record<string, unknown>): Place[] {
  const places: Place[] = []
  const visit = (holder: Record<string, unknown>, key: string) => {
    places.push({ holder, key })
    const child = holder[key]
    if (typeof child !== 'object' || child === null || child instanceof Raw) return
    for (const name of Object.keys(child)) visit(child as Record<string, unknown>, name)
  }
  visit(root, 'value')
  return places
}

function structuredCopy(value: unknown): unknown {
  if (value instanceof Raw) return value
  if (Array.isArray(value)) return value.map(structuredCopy)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, structuredCopy(child)]),
  )
}
