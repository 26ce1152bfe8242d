import type { Json } from './json.ts'

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

/** Keys of a path item that hold an operation. */
export const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']

export function isData(keyword: string, value: Json): boolean {
  // In a schema, `examples` is a list of data; elsewhere it is a map of named examples.
  return DATA.has(keyword) || (keyword === 'examples' && Array.isArray(value))
}

export function holdsNames(keyword: string): boolean {
  return NAMED.has(keyword)
}
