import { componentsIn, rename } from './document.ts'
import { isJsonObject, type Json, type JsonObject, objectOr } from './json.ts'
import { chooseNames, meaningOf, type Named } from './names.ts'

/** The description that one service gives of itself. */
export interface Source {
  readonly service: string
  readonly document: JsonObject
}

export interface MergeOptions {
  /** Whether a path of a service can be reached from outside. */
  readonly isExposed: (path: string, service: string) => boolean
  /** What the merged document says of itself: `openapi`, `info`, `servers`, `security`, … */
  readonly frame: JsonObject
  /** The only ways to authenticate: what holds between gateway and services concerns nobody else. */
  readonly securitySchemes: JsonObject
}

/**
 * One description of many services, in which every operation means what it meant before, whatever
 * names the services chose for their components, operations and webhooks. The result does not
 * depend on the order of the sources.
 */
export function merge(sources: readonly Source[], options: MergeOptions): JsonObject {
  const parts = sources
    .map((source) => exposedPart(source, options))
    .sort((a, b) => (a.service < b.service ? -1 : 1))
  const nameOf = chooseNames(parts.flatMap(namesIn))
  const renamed = parts.map(({ service, document }) => ({
    service,
    document: rename(document, {
      component: (from) => nameOf({ service, ...from }),
      operationId: (name) => nameOf({ service, kind: OPERATION, name }),
    }) as JsonObject,
  }))

  const merged = new Map<string, Map<string, Json>>()
  for (const { service, document } of renamed) {
    for (const { kind, name, value } of partsOf(document)) {
      const ofKind = merged.get(kind) ?? new Map<string, Json>()
      // Paths belong to one service each; everything else may have got another name.
      ofKind.set(kind === PATH ? name : nameOf({ service, kind, name }), value)
      merged.set(kind, ofKind)
    }
  }
  const { [PATH]: paths = {}, [WEBHOOK]: webhooks, ...components } = inOrder(merged)
  return {
    ...options.frame,
    tags: tagsOf(parts),
    paths,
    ...(webhooks && { webhooks }),
    components: { ...components, securitySchemes: options.securitySchemes },
  }
}

/**
 * Why a document cannot be merged; `undefined` when it can. One bad service must not break the
 * description of the others.
 */
export function faultOf(document: unknown): string | undefined {
  if (!isJsonObject(document)) return 'is not an object'
  if (!String(document.openapi).startsWith('3.1.')) return 'is not OpenAPI 3.1'
  if (!isJsonObject(document.paths)) return 'has no paths'
  const components = objectOr(document.components)
  const dangling = componentsIn(document).find(
    ({ kind, name }) => !Object.hasOwn(objectOr(components[kind]), name),
  )
  return dangling && `points to ${dangling.kind}/${dangling.name}, which is not there`
}

const PATH = ' path'
const WEBHOOK = ' webhook'
const OPERATION = ' operation'

/** What of a service is merged: reachable paths, and no word on how the gateway proves itself. */
function exposedPart({ service, document }: Source, { isExposed }: MergeOptions): Source {
  const paths = Object.entries(objectOr(document.paths)).filter(([path]) =>
    isExposed(path, service),
  )
  const { securitySchemes: _internal, ...components } = objectOr(document.components)
  return {
    service,
    document: {
      paths: withoutSecurity(Object.fromEntries(paths)),
      webhooks: withoutSecurity(objectOr(document.webhooks)),
      components,
      tags: document.tags ?? [],
    },
  }
}

function withoutSecurity(items: JsonObject): JsonObject {
  return mapValues(items, (item) =>
    mapValues(objectOr(item), (operation) => {
      if (!isJsonObject(operation)) return operation
      const { security: _internal, ...rest } = operation
      return rest
    }),
  )
}

function namesIn({ service, document }: Source): Named[] {
  const parts = partsOf(document).filter(({ kind }) => kind !== PATH)
  const named = parts.map(({ kind, name, value }) => ({
    service,
    kind,
    name,
    meaning: meaningOf(document, value),
  }))
  // No two services have the same operation.
  const operations = operationIdsIn(document).map((name) => ({
    service,
    kind: OPERATION,
    name,
    meaning: service,
  }))
  return [...named, ...operations]
}

function partsOf({ paths, webhooks, components }: JsonObject) {
  const kinds = { ...objectOr(components), [PATH]: paths, [WEBHOOK]: webhooks }
  return Object.entries(kinds).flatMap(([kind, ofKind]) =>
    Object.entries(objectOr(ofKind)).map(([name, value]) => ({ kind, name, value })),
  )
}

function operationIdsIn(document: JsonObject): string[] {
  const found = new Set<string>()
  rename(document, {
    component: ({ name }) => name,
    operationId: (id) => {
      found.add(id)
      return id
    },
  })
  return [...found]
}

/** Declared tags with their descriptions, and those that operations merely use. */
function tagsOf(parts: readonly Source[]): Json[] {
  const tags = new Map<string, Json>()
  for (const { document } of parts) {
    for (const tag of Array.isArray(document.tags) ? document.tags : []) {
      if (isJsonObject(tag)) tags.set(String(tag.name), tag)
    }
    for (const item of Object.values(objectOr(document.paths))) {
      for (const operation of Object.values(objectOr(item))) {
        const used = objectOr(operation).tags
        for (const name of Array.isArray(used) ? used : []) {
          if (!tags.has(String(name))) tags.set(String(name), { name })
        }
      }
    }
  }
  return Object.values(sorted(tags))
}

function inOrder(
  kinds: ReadonlyMap<string, ReadonlyMap<string, Json>>,
): Record<string, JsonObject> {
  return Object.fromEntries([...kinds].map(([kind, ofKind]) => [kind, sorted(ofKind)]))
}

function sorted(values: ReadonlyMap<string, Json>): JsonObject {
  return Object.fromEntries([...values].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function mapValues(object: JsonObject, map: (value: Json) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]))
}
