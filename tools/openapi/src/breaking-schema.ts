import { isObject, type Json, type JsonObject, listOf, objectOf, resolve } from './json.ts'
import {
  choicesOf,
  fits,
  isObjectLike,
  isTagged,
  isUnion,
  namesOf,
  neutral,
  pairOf,
  tagOf,
  typesOf,
  valuesOf,
} from './schema-facts.ts'

/** Whether a client sends what the schema describes, or gets it. */
export type Direction = 'sent' | 'received'

export interface ComparedDocuments {
  readonly before: JsonObject
  readonly now: JsonObject
  readonly direction: Direction
  readonly tell: (where: string, message: string) => void
}

/** Limits that let less through when they go down, and when they go up. */
const UPPER = ['maxLength', 'maximum', 'exclusiveMaximum', 'maxItems', 'maxProperties']
const LOWER = ['minLength', 'minimum', 'exclusiveMinimum', 'minItems', 'minProperties']
const EXACT = ['pattern', 'format', 'multipleOf', 'uniqueItems', 'const']

/**
 * Compares schemas, references followed: what was sent must still be taken, and what is received
 * must be no more than what could come before, apart from new fields and new values of enumerations.
 */
export class SchemaComparison {
  readonly #of: ComparedDocuments
  readonly #compared: Set<string>

  constructor(of: ComparedDocuments, compared = new Set<string>()) {
    this.#of = of
    this.#compared = compared
  }

  compare(first: Json, second: Json, where: string): void {
    const { before, now, direction } = this.#of
    const pair = pairOf(first, second)
    if (pair && this.#compared.has(pair)) return
    if (pair) this.#compared.add(pair)
    const [a, b] = [resolve(before, first), resolve(now, second)]
    if (isUnion(a) || isUnion(b)) {
      this.#compareUnions(a, b, where)
      return
    }
    this.#compareTypes(a, b, where)
    this.#compareEnums(a, b, where)
    if (direction === 'sent') this.#compareLimits(a, b, where)
    else if (a.format !== b.format)
      this.#of.tell(where, `has the format ${b.format}, had ${a.format}`)
    this.#compareProperties(a, b, where)
    this.#compareInside(a, b, where)
  }

  #compareTypes(a: JsonObject, b: JsonObject, where: string) {
    const [olds, news] = [typesOf(a), typesOf(b)]
    const [narrow, wide] = this.#of.direction === 'sent' ? [olds, news] : [news, olds]
    if (wide === undefined) return
    const lost = narrow === undefined ? ['anything'] : narrow.filter((type) => !fits(type, wide))
    if (lost.length === 0) return
    this.#of.tell(
      where,
      this.#of.direction === 'sent' ? `does not take ${lost} any more` : `can be ${lost} now`,
    )
  }

  #compareEnums(a: JsonObject, b: JsonObject, where: string) {
    const [olds, news] = [valuesOf(a), valuesOf(b)]
    if (this.#of.direction === 'received') {
      if (olds && !news) this.#of.tell(where, 'can be any value now, and had a choice of them')
      return
    }
    if (!news) return
    if (!olds) this.#of.tell(where, 'takes a choice of values only')
    const gone = olds?.filter((value) => !news.includes(value)) ?? []
    if (gone.length > 0) this.#of.tell(where, `does not take ${gone.join(', ')} any more`)
  }

  #compareLimits(a: JsonObject, b: JsonObject, where: string) {
    for (const limit of [...UPPER, ...LOWER]) {
      const [old, own] = [a[limit], b[limit]]
      if (own === undefined || own === old || neutral(limit, own)) continue
      const isNarrower =
        old === undefined ||
        (UPPER.includes(limit) ? Number(own) < Number(old) : Number(own) > Number(old))
      if (isNarrower) this.#of.tell(where, `${limit} is ${own}, was ${old ?? 'without a limit'}`)
    }
    for (const rule of EXACT) {
      if (b[rule] !== undefined && JSON.stringify(b[rule]) !== JSON.stringify(a[rule])) {
        this.#of.tell(where, `${rule} is ${b[rule]}, was ${a[rule] ?? 'not demanded'}`)
      }
    }
    if (a.default !== undefined && JSON.stringify(a.default) !== JSON.stringify(b.default)) {
      this.#of.tell(
        where,
        `stands for ${JSON.stringify(b.default)} when absent, stood for ${JSON.stringify(a.default)}`,
      )
    }
  }

  #compareProperties(a: JsonObject, b: JsonObject, where: string) {
    const [olds, news] = [objectOf(a.properties), objectOf(b.properties)]
    const [wasRequired, isRequired] = [listOf(a.required), listOf(b.required)]
    if (this.#of.direction === 'sent') {
      for (const name of isRequired) {
        if (!wasRequired.includes(name)) this.#of.tell(`${where}/${name}`, 'must be sent now')
      }
      if (b.additionalProperties === false && a.additionalProperties !== false && isObjectLike(a)) {
        this.#of.tell(where, 'takes no other fields any more')
      }
    }
    for (const [name, old] of Object.entries(olds)) {
      const own = news[name]
      if (own !== undefined) this.compare(old, own, `${where}/${name}`)
      else if (this.#of.direction === 'received' || b.additionalProperties === false) {
        this.#of.tell(`${where}/${name}`, 'is gone')
      }
      if (
        this.#of.direction === 'received' &&
        wasRequired.includes(name) &&
        !isRequired.includes(name)
      ) {
        if (own !== undefined) this.#of.tell(`${where}/${name}`, 'may be absent now')
      }
    }
  }

  #compareInside(a: JsonObject, b: JsonObject, where: string) {
    if (a.items !== undefined && b.items !== undefined)
      this.compare(a.items, b.items, `${where}/[]`)
    if (isObject(a.additionalProperties) && b.additionalProperties !== undefined) {
      this.compare(a.additionalProperties, b.additionalProperties, `${where}/*`)
    }
    const patterns = objectOf(b.patternProperties)
    for (const [pattern, old] of Object.entries(objectOf(a.patternProperties))) {
      const own = patterns[pattern]
      if (own === undefined) this.#of.tell(`${where}/${pattern}`, 'is gone')
      else this.compare(old, own, `${where}/*`)
    }
    const [olds, news] = [listOf(a.allOf), listOf(b.allOf)]
    if (olds.length !== news.length)
      this.#of.tell(where, 'is put together of other parts (`allOf`)')
    else for (const [at, old] of olds.entries()) this.compare(old, news[at] ?? true, where)
  }

  /** Each choice of the one side must have one on the other side that it is compatible with. */
  #compareUnions(a: JsonObject, b: JsonObject, where: string) {
    const [olds, news] = [choicesOf(a), choicesOf(b)]
    const areCompatible = (old: Json, own: Json) => {
      const found: string[] = []
      const tellAside = (_where: string, message: string) => found.push(message)
      // A copy: what is found out aside is not found out for good.
      new SchemaComparison({ ...this.#of, tell: tellAside }, new Set(this.#compared)).compare(
        old,
        own,
        where,
      )
      return found.length === 0
    }
    if (this.#of.direction === 'sent') {
      const lost = olds.filter((old) => !news.some((own) => areCompatible(old, own)))
      if (lost.length > 0)
        this.#of.tell(where, `does not take ${namesOf(this.#of.before, lost)} any more`)
      return
    }
    const added = news.filter((own) => !olds.some((old) => areCompatible(old, own)))
    const unexpected = added.filter((own) => !isTagged(resolve(this.#of.now, own)))
    if (unexpected.length > 0)
      this.#of.tell(where, `can be ${namesOf(this.#of.now, unexpected)} now`)
    const tags = new Set(news.map((own) => tagOf(resolve(this.#of.now, own))))
    const lost = olds.filter(
      (old) =>
        isTagged(resolve(this.#of.before, old)) && !tags.has(tagOf(resolve(this.#of.before, old))),
    )
    if (lost.length > 0) this.#of.tell(where, `is never ${namesOf(this.#of.before, lost)} any more`)
  }
}
