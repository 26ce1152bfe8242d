import { isJsonObject, type Json, type JsonObject, mapValues, objectOr } from './json.ts'
import { holdsNames, isData, METHODS } from './keywords.ts'

/** A pointer to a component, and what may follow it: `#/components/schemas/Run/properties/id`. */
const COMPONENT_REF = /^#\/components\/([^/]+)\/([^/]+)(.*)$/

export interface ComponentName {
  readonly kind: string
  readonly name: string
}

export interface Renaming {
  /** The name that a component gets; called for everything that points to one. */
  component(from: ComponentName): string
  operationId(from: string): string
  /** Called for a reference to anything but a component: those stay as they are. */
  foreign?(reference: string): void
}

/** The same description, under other names: references, discriminator mappings and links follow. */
export function rename(value: Json, to: Renaming): Json {
  return renameIn(value, to, false)
}

/** Every component that a description points to. */
export function componentsIn(value: Json): ComponentName[] {
  const found: ComponentName[] = []
  rename(value, {
    component: (from) => {
      found.push(from)
      return from.name
    },
    operationId: (from) => from,
  })
  return found
}

/** References to anything but components. */
export function foreignReferencesIn(value: Json): string[] {
  const found: string[] = []
  rename(value, {
    component: ({ name }) => name,
    operationId: (from) => from,
    foreign: (reference) => void found.push(reference),
  })
  return found
}

/** What a reference points to; undefined when that is not there, or in another document. */
export function at(document: JsonObject, reference: string): Json | undefined {
  if (!reference.startsWith('#/')) return undefined
  let value: Json = document
  for (const step of reference.slice(2).split('/')) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as JsonObject)[key] ?? null
  }
  return value
}

/** A mapping of a discriminator names a schema by a reference, or by its bare name. */
export function referenceOfMapping(target: string): string {
  return isBareName(target) ? `#/components/schemas/${target}` : target
}

/** Every operation under `paths`, with its path and its method. */
export function operationsIn(document: JsonObject) {
  return Object.entries(objectOr(document.paths)).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = objectOr(item)[method]
      return isJsonObject(operation) ? [{ path, method, operation }] : []
    }),
  )
}

/** Under which path, with which method, each operation id is found. */
export function placesById(document: JsonObject): Map<string, string> {
  const places = operationsIn(document).flatMap(({ path, method, operation }) =>
    typeof operation.operationId === 'string'
      ? [[operation.operationId, `${method} ${path}`] as const]
      : [],
  )
  return new Map(places)
}

/** Without the components that nothing points to any more. */
export function withoutUnused(document: JsonObject): JsonObject {
  const components = objectOr(document.components)
  const used = new Set<string>()
  const visit = (value: Json) => {
    for (const { kind, name } of componentsIn(value)) {
      const key = `${kind}/${name}`
      if (used.has(key)) continue
      used.add(key)
      visit(objectOr(components[kind])[name] ?? null)
    }
  }
  visit({ paths: document.paths ?? {}, webhooks: document.webhooks ?? {} })
  const kept = mapValues(components, (ofKind, kind) => {
    if (kind === 'securitySchemes') return ofKind
    const rest = mapValues(objectOr(ofKind), (value, name) =>
      used.has(`${kind}/${name}`) ? value : undefined,
    )
    return Object.keys(rest).length > 0 ? rest : undefined
  })
  return { ...document, components: kept }
}

function renameIn(value: Json, to: Renaming, keysAreNames: boolean): Json {
  if (Array.isArray(value)) return value.map((item) => renameIn(item, to, false))
  if (!isJsonObject(value)) return value
  return mapValues(value, (child, key) =>
    keysAreNames ? renameIn(child, to, false) : renameKeyword(key, child, to),
  )
}

function renameKeyword(key: string, value: Json, to: Renaming): Json {
  if (key === '$ref' && typeof value === 'string') return renameRef(value, to)
  if (key === 'operationId' && typeof value === 'string') return to.operationId(value)
  if (key === 'discriminator' && isJsonObject(value)) return renameDiscriminator(value, to)
  if (isData(key, value)) return value
  return renameIn(value, to, holdsNames(key))
}

function renameRef(ref: string, to: Renaming): string {
  const [, kind, name, rest = ''] = COMPONENT_REF.exec(ref) ?? []
  if (kind === undefined || name === undefined) {
    to.foreign?.(ref)
    return ref
  }
  return `#/components/${kind}/${to.component({ kind, name })}${rest}`
}

function renameDiscriminator(discriminator: JsonObject, to: Renaming): JsonObject {
  const { mapping } = discriminator
  if (!isJsonObject(mapping)) return discriminator
  const renamed = mapValues(mapping, (target) => {
    if (typeof target !== 'string') return target
    return isBareName(target)
      ? to.component({ kind: 'schemas', name: target })
      : renameRef(target, to)
  })
  return { ...discriminator, mapping: renamed }
}

function isBareName(target: string): boolean {
  return /^[A-Za-z0-9._-]+$/.test(target)
}
