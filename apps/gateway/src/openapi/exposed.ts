import { operationsIn } from './document.ts'
import { isJsonObject, type Json, type JsonObject, mapValues, objectOr } from './json.ts'
import { holdsNames, isData, METHODS } from './keywords.ts'

/** The description that one service gives of itself. */
export interface Source {
  readonly service: string
  readonly document: JsonObject
}

export interface Exposure {
  /** Whether a path of a service can be reached from outside. */
  isExposed(path: string, service: string): boolean
  /** Whether an operation, as the service describes it, is for callers without a key. */
  isKeyless(operation: JsonObject, path: string, service: string): boolean
}

/**
 * What of a service the outside is told: what it can reach, without a word on how the services prove
 * themselves to each other, and without links that lead to what it cannot reach.
 */
export function exposedPart({ service, document }: Source, exposure: Exposure): Source {
  const paths = mapValues(objectOr(document.paths), (item, path) =>
    exposure.isExposed(path, service)
      ? mapValues(objectOr(item), (operation, key) => {
          if (!METHODS.includes(key)) return operation
          const of = objectOr(operation)
          const isKeyless = exposure.isKeyless(of, path, service)
          return { ...objectOr(withoutSecurity(of)), ...(isKeyless && { security: [] }) }
        })
      : undefined,
  )
  const { securitySchemes: _internal, ...components } = objectOr(document.components)
  const { webhooks = {}, tags = [] } = document
  const rest = objectOr(withoutSecurity({ webhooks, components }))
  const told = mapValues(objectOr(rest.webhooks), toldWithoutKey)
  const part = withoutDeadLinks({ ...rest, webhooks: told, paths })
  return { service, document: { ...part, tags } }
}

/** Whoever is told of something knows us by a signature, and is not asked for a key of ours. */
function toldWithoutKey(item: Json): Json {
  return mapValues(objectOr(item), (operation, key) =>
    METHODS.includes(key) ? { ...objectOr(operation), security: [] } : operation,
  )
}

/** Without links to operations that the document does not have. */
export function withoutDeadLinks(document: JsonObject): JsonObject {
  const operations = operationsIn(document)
  const ids = new Set(operations.map(({ operation }) => operation.operationId))
  const references = new Set(
    operations.map(
      ({ path, method }) => `#/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}/${method}`,
    ),
  )
  const isDead = (link: Json) => {
    const { operationId, operationRef } = objectOr(link)
    if (operationId !== undefined) return !ids.has(operationId)
    return operationRef !== undefined && !references.has(String(operationRef))
  }
  const dead = Object.entries(objectOr(objectOr(document.components).links))
    .filter(([, link]) => isDead(link))
    .map(([name]) => `#/components/links/${name}`)
  const isDeadHere = (link: Json) => isDead(link) || dead.includes(String(objectOr(link).$ref))
  return objectOr(
    mapKeywords(document, (key, value) =>
      key === 'links'
        ? mapValues(objectOr(value), (link) => (isDeadHere(link) ? undefined : link))
        : value,
    ),
  )
}

/** How a service knows who calls is between it and the gateway. */
function withoutSecurity(value: Json): Json {
  return mapKeywords(value, (key, child) =>
    key === 'security' && Array.isArray(child) ? undefined : child,
  )
}

/** Changes or drops keywords wherever they stand; never names and data that look like one. */
function mapKeywords(
  value: Json,
  map: (keyword: string, value: Json) => Json | undefined,
  keysAreNames = false,
): Json {
  if (Array.isArray(value)) return value.map((item) => mapKeywords(item, map))
  if (!isJsonObject(value)) return value
  return mapValues(value, (child, key) => {
    if (keysAreNames) return mapKeywords(child, map)
    const mapped = map(key, child)
    if (mapped === undefined || isData(key, mapped)) return mapped
    return mapKeywords(mapped, map, holdsNames(key))
  })
}
