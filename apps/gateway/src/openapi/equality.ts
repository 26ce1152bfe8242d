import { at, placesById, referenceOfMapping } from './document.ts'
import { canonical, isJsonObject, type Json, type JsonObject, objectOr } from './json.ts'
import { holdsNames, isData } from './keywords.ts'

/** A part of a document, and the document that its references point into. */
export interface Part {
  readonly document: JsonObject
  readonly value: Json
}

/** More hops from reference to reference than any description needs. */
const MAX_HOPS = 50

/**
 * Where two parts differ once every reference is replaced by what it points to; undefined when both
 * say the same, whatever their components are called.
 *
 * The references are followed on both sides in step, and a pair of them that is being compared is
 * taken to be equal: two recursive descriptions are the same when no way leads to a difference (the
 * test for equal automata of Hopcroft and Karp). So it ends for every description, in time
 * proportional to the pairs, where writing out what the references stand for might not.
 */
export function differenceBetween(left: Part, right: Part): string | undefined {
  const compared = new Set<string>()
  const [fromLeft, fromRight] = [left.document, right.document]
  const operations = { left: placesById(fromLeft), right: placesById(fromRight) }

  function inValue(a: Json, b: Json, where: string, keysAreNames = false): string | undefined {
    if (Array.isArray(a) && Array.isArray(b)) {
      if (a.length !== b.length) return where
      return firstOf(a.keys(), (n) => inValue(a[n] ?? null, b[n] ?? null, `${where}/${n}`))
    }
    if (!isJsonObject(a) || !isJsonObject(b)) return a === b ? undefined : where
    if (!keysAreNames && (isReference(a) || isReference(b))) return inReferences(a, b, where)
    return firstOf(new Set([...Object.keys(a), ...Object.keys(b)]), (key) => {
      const [ofA, ofB, place] = [a[key], b[key], `${where}/${key}`]
      if (key === 'operationId' && !keysAreNames) return inOperationIds(ofA, ofB, place)
      if (ofA === undefined || ofB === undefined) return place
      return keysAreNames ? inValue(ofA, ofB, place) : inKeyword(key, ofA, ofB, place)
    })
  }

  function inKeyword(key: string, a: Json, b: Json, where: string) {
    if (key === 'discriminator') return inDiscriminators(objectOr(a), objectOr(b), where)
    if (isData(key, a)) return canonical(a) === canonical(b) ? undefined : where
    return inValue(a, b, where, holdsNames(key))
  }

  function inReferences(a: JsonObject, b: JsonObject, where: string) {
    const [toA, toB] = [lastReference(fromLeft, a), lastReference(fromRight, b)]
    if (toA === undefined || toB === undefined) return where
    const pair = `${toA.reference ?? where} ${toB.reference ?? where}`
    if (compared.has(pair)) return undefined
    compared.add(pair)
    return inValue(toA.value, toB.value, where)
  }

  function inDiscriminators(a: JsonObject, b: JsonObject, where: string) {
    const { mapping: mapA = {}, ...restA } = a
    const { mapping: mapB = {}, ...restB } = b
    const asReferences = (map: Json): JsonObject =>
      Object.fromEntries(
        Object.entries(objectOr(map)).map(([key, target]) => [
          key,
          { $ref: referenceOfMapping(String(target)) },
        ]),
      )
    return (
      inValue(restA, restB, where) ??
      inValue(asReferences(mapA), asReferences(mapB), `${where}/mapping`, true)
    )
  }

  /** Of an operation and of a link to one: both name the operation of one path, or none of any. */
  function inOperationIds(a: Json | undefined, b: Json | undefined, where: string) {
    const [ofA, ofB] = [operations.left.get(String(a)), operations.right.get(String(b))]
    return ofA === ofB ? undefined : where
  }

  return inValue(left.value, right.value, '#')
}

function isReference(value: JsonObject): boolean {
  return typeof value.$ref === 'string'
}

/** The end of a chain of references, with what the references say beside themselves. */
function lastReference(document: JsonObject, from: JsonObject) {
  let value: Json = from
  let reference: string | undefined
  const beside: JsonObject = {}
  for (let hops = 0; hops < MAX_HOPS; hops += 1) {
    if (!isJsonObject(value) || typeof value.$ref !== 'string') {
      if (Object.keys(beside).length === 0) return { value, reference }
      return {
        value: { 'beside $ref': beside, $is: value },
        reference: `${reference} ${canonical(beside)}`,
      }
    }
    const { $ref, ...rest } = value
    Object.assign(beside, rest)
    reference = $ref as string
    const target = at(document, reference)
    if (target === undefined) return undefined
    value = target
  }
  return undefined
}

function firstOf<Item>(
  items: Iterable<Item>,
  differenceIn: (item: Item) => string | undefined,
): string | undefined {
  for (const item of items) {
    const difference = differenceIn(item)
    if (difference !== undefined) return difference
  }
  return undefined
}
