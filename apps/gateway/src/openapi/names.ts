import { placesById, rename } from './document.ts'
import { canonical, type Json, type JsonObject, objectOr } from './json.ts'

/** Something with a name in the description of one service. */
export interface Named {
  readonly service: string
  readonly kind: string
  readonly name: string
  /** The same text for those that may share a name. */
  readonly meaning: string
}

export type NameOf = (named: Pick<Named, 'service' | 'kind' | 'name'>) => string

/** A name that has one meaning stays; one with several becomes `<Service>_<name>` for each. */
export function chooseNames(all: readonly Named[]): NameOf {
  const meanings = Map.groupBy(all, ({ kind, name }) => `${kind}/${name}`)
  const taken = new Set(meanings.keys())
  const chosen = new Map<string, string>()
  for (const [of, named] of meanings) {
    if (new Set(named.map(({ meaning }) => meaning)).size === 1) continue
    for (const { service, kind, name } of named) {
      let own = `${service.charAt(0).toUpperCase()}${service.slice(1)}_${name}`
      while (taken.has(`${kind}/${own}`)) own += '_'
      taken.add(`${kind}/${own}`)
      chosen.set(`${service} ${of}`, own)
    }
  }
  return ({ service, kind, name }) => chosen.get(`${service} ${kind}/${name}`) ?? name
}

/**
 * What a part of a document says, with everything that it points to: two parts with equal text may
 * still point to different things of one name, and link to different operations.
 */
export function meaningOf(document: JsonObject, part: Json): string {
  const places = placesById(document)
  const reached = new Map<string, Json>()
  const visit = (value: Json): Json =>
    rename(value, {
      component: ({ kind, name }) => {
        const key = `${kind}/${name}`
        if (!reached.has(key)) {
          reached.set(key, null)
          reached.set(key, visit(objectOr(objectOr(document.components)[kind])[name] ?? null))
        }
        return name
      },
      operationId: (id) => places.get(id) ?? id,
    })
  return canonical([visit(part), Object.fromEntries(reached)])
}
