import { type Direction, SchemaComparison } from './breaking-schema.ts'
import { type JsonObject, listOf, type Operation, objectOf, operationsOf, resolve } from './json.ts'

/** A change after which a client that worked may not work any more. */
export interface Break {
  /** `GET /v1/runs/{runId}: response 200/status` */
  readonly where: string
  readonly message: string
}

/**
 * What is in `now` that a client written for `before` could stumble over.
 *
 * New operations, new optional fields of requests, new fields and new values of answers are none:
 * clients have to read answers tolerantly (docs/how-to/change-the-api.md).
 */
export function breaksBetween(before: JsonObject, now: JsonObject): Break[] {
  const current = new Map(operationsOf(now).map((operation) => [operation.name, operation]))
  return operationsOf(before).flatMap((old) => {
    const own = current.get(old.name)
    if (!own) return [{ where: old.name, message: 'is gone' }]
    const found: Break[] = []
    const tell = (where: string, message: string) =>
      found.push({ where: `${old.name}: ${where}`, message })
    compareOperations({ before, now, old, own, tell })
    return found
  })
}

/** Operations of `now` that `before` has not: whatever happens to them, no client of `before` sees it. */
export function unreleasedIn(before: JsonObject, now: JsonObject): string[] {
  const released = new Set(operationsOf(before).map(({ name }) => name))
  return operationsOf(now).flatMap(({ name }) => (released.has(name) ? [] : [name]))
}

interface Comparison {
  readonly before: JsonObject
  readonly now: JsonObject
  readonly old: Operation
  readonly own: Operation
  readonly tell: (where: string, message: string) => void
}

function compareOperations(comparison: Comparison): void {
  const { old, own, tell } = comparison
  const [a, b] = [old.operation, own.operation]
  if (a.operationId !== b.operationId) {
    tell(
      'operationId',
      `was ${a.operationId}, is ${b.operationId}: clients that were generated call it by that`,
    )
  }
  const scopes = listOf(a['x-dure-scopes'])
  for (const scope of listOf(b['x-dure-scopes'])) {
    if (!scopes.includes(scope))
      tell('scopes', `needs ${String(scope)}, which keys of today may lack`)
  }
  if (isKeyless(a) && !isKeyless(b)) tell('security', 'needs a key now')
  compareParameters(comparison)
  compareBodies(comparison)
  compareResponses(comparison)
}

function isKeyless({ security }: JsonObject): boolean {
  return Array.isArray(security) && security.length === 0
}

function compareParameters({ before, now, old, own, tell }: Comparison): void {
  const byName = (document: JsonObject, { operation }: Operation) =>
    new Map(
      listOf(operation.parameters).map((one) => {
        const parameter = resolve(document, one)
        // The name of a path parameter is between us and whoever reads: its place counts.
        const name = String(parameter.name)
        return [
          `${parameter.in} ${parameter.in === 'header' ? name.toLowerCase() : name}`,
          parameter,
        ]
      }),
    )
  const [olds, news] = [byName(before, old), byName(now, own)]
  for (const [name, parameter] of news) {
    if (parameter.required && !olds.get(name)?.required) tell(name, 'must be sent now')
  }
  for (const [name, parameter] of olds) {
    const current = news.get(name)
    if (!current) tell(name, 'is gone')
    else
      compareSchemas(
        { before, now, tell },
        { a: parameter, b: current, where: name, direction: 'sent' },
      )
  }
}

function compareBodies({ before, now, old, own, tell }: Comparison): void {
  const a = resolve(before, old.operation.requestBody)
  const b = resolve(now, own.operation.requestBody)
  if (b.required && !a.required) tell('request body', 'must be sent now')
  compareContents({ before, now, tell }, { a, b, where: 'request', direction: 'sent' })
}

function compareResponses({ before, now, old, own, tell }: Comparison): void {
  const responses = objectOf(own.operation.responses)
  for (const [status, response] of Object.entries(objectOf(old.operation.responses))) {
    const current = responses[status]
    if (current === undefined) {
      if (status.startsWith('2')) tell(`response ${status}`, 'is gone')
      continue
    }
    const [a, b] = [resolve(before, response), resolve(now, current)]
    const where = `response ${status}`
    for (const name of Object.keys(objectOf(a.headers))) {
      if (objectOf(b.headers)[name] === undefined) tell(`${where} header ${name}`, 'is gone')
    }
    compareContents({ before, now, tell }, { a, b, where, direction: 'received' })
  }
}

interface Sides {
  readonly a: JsonObject
  readonly b: JsonObject
  readonly where: string
  readonly direction: Direction
}

type Documents = Pick<Comparison, 'before' | 'now' | 'tell'>

function compareContents(documents: Documents, { a, b, where, direction }: Sides): void {
  const current = objectOf(b.content)
  for (const [type, media] of Object.entries(objectOf(a.content))) {
    const own = current[type]
    if (own === undefined) documents.tell(`${where} ${type}`, 'is gone')
    else compareSchemas(documents, { a: objectOf(media), b: objectOf(own), where, direction })
  }
}

function compareSchemas({ before, now, tell }: Documents, { a, b, where, direction }: Sides): void {
  const comparison = new SchemaComparison({ before, now, direction, tell })
  comparison.compare(a.schema ?? true, b.schema ?? true, where)
}
