import { type JsonObject, objectOf, operationsOf } from './json.ts'

/** In a few lines, what a document says otherwise than before. */
export function changesBetween(before: JsonObject, now: JsonObject): string[] {
  const [olds, news] = [operationsByName(before), operationsByName(now)]
  const schemas = (document: JsonObject) => objectOf(objectOf(document.components).schemas)
  const changes = [
    ...compare(olds, news),
    ...compare(byName(schemas(before), 'schema'), byName(schemas(now), 'schema')),
  ]
  return changes.length > 0 ? changes : ['~ what it says of itself']
}

function operationsByName(document: JsonObject): ReadonlyMap<string, string> {
  const all = operationsOf(document)
  return new Map(all.map(({ name, operation }) => [name, JSON.stringify(operation)]))
}

function byName(values: JsonObject, kind: string): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(values).map(([name, value]) => [`${kind} ${name}`, JSON.stringify(value)]),
  )
}

function compare(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): string[] {
  const gone = [...before.keys()].filter((name) => !now.has(name)).map((name) => `- ${name}`)
  const changed = [...now].flatMap(([name, text]) => {
    const old = before.get(name)
    if (old === text) return []
    return [old === undefined ? `+ ${name}` : `~ ${name}`]
  })
  return [...gone, ...changed]
}
