import { isJsonObject, type Json, type JsonObject } from './json.ts'

/** A pointer to a component, and what may follow it: `#/components/schemas/Run/properties/id`. */
const COMPONENT_REF = /^#\/components\/([^/]+)\/([^/]+)(.*)$/

/** Keywords whose value is data of the author, not a part of the description. */
const DATA = new Set(['const', 'default', 'enum', 'example', 'value'])
/** Keywords whose keys are names of the author, and could be any word, also a keyword. */
const NAMED = new Set([
  '$defs',
  'callbacks',
  'content',
  'definitions',
  'dependentSchemas',
  'encoding',
  'examples',
  'headers',
  'links',
  'parameters',
  'pathItems',
  'paths',
  'patternProperties',
  'properties',
  'requestBodies',
  'responses',
  'schemas',
  'securitySchemes',
  'variables',
  'webhooks',
])

export interface ComponentName {
  readonly kind: string
  readonly name: string
}

export interface Renaming {
  /** The name that a component gets; called for everything that points to one. */
  component(from: ComponentName): string
  operationId(from: string): string
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

function renameIn(value: Json, to: Renaming, keysAreNames: boolean): Json {
  if (Array.isArray(value)) return value.map((item) => renameIn(item, to, false))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      keysAreNames ? renameIn(child, to, false) : renameKeyword(key, child, to),
    ]),
  )
}

function renameKeyword(key: string, value: Json, to: Renaming): Json {
  if (key === '$ref' && typeof value === 'string') return renameRef(value, to)
  if (key === 'operationId' && typeof value === 'string') return to.operationId(value)
  if (key === 'discriminator' && isJsonObject(value)) return renameDiscriminator(value, to)
  // In a schema, `examples` is a list of data; elsewhere it is a map of named examples.
  if (DATA.has(key) || (key === 'examples' && Array.isArray(value))) return value
  return renameIn(value, to, NAMED.has(key))
}

function renameRef(ref: string, to: Renaming): string {
  const [, kind, name, rest = ''] = COMPONENT_REF.exec(ref) ?? []
  if (kind === undefined || name === undefined) return ref
  return `#/components/${kind}/${to.component({ kind, name })}${rest}`
}

/** A mapping names a schema by a reference, or by its bare name. */
function renameDiscriminator(discriminator: JsonObject, to: Renaming): JsonObject {
  const { mapping } = discriminator
  if (!isJsonObject(mapping)) return discriminator
  const renamed = Object.entries(mapping).map(([key, target]): [string, Json] => {
    if (typeof target !== 'string') return [key, target]
    const isBareName = /^[A-Za-z0-9._-]+$/.test(target)
    return [
      key,
      isBareName ? to.component({ kind: 'schemas', name: target }) : renameRef(target, to),
    ]
  })
  return { ...discriminator, mapping: Object.fromEntries(renamed) }
}
