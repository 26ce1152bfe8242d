import { Compile } from 'typebox/schema'
import { isObject, type Json, type JsonObject, listOf, objectOf } from './json.ts'

export interface Example {
  /** A JSON pointer. */
  readonly where: string
  /** In what way it is not what its schema says; empty when it is. */
  readonly errors: readonly string[]
}

/** Keywords whose value is data, in which nothing is an example. */
const DATA = new Set(['const', 'default', 'enum', 'example', 'value'])
/** Keywords whose keys are names. */
const NAMED = new Set([
  'properties',
  'patternProperties',
  'headers',
  'responses',
  'schemas',
  'paths',
])

/**
 * Every example of a document, those of media types and parameters as well as those inside schemas,
 * and every default, each held against its schema.
 */
export function examplesIn(document: JsonObject): Example[] {
  const found: Example[] = []
  const check = (schema: Json, value: Json, where: string) => {
    found.push({ where, errors: errorsOf(document, schema, value) })
  }
  const visit = (value: Json, where: string, keysAreNames: boolean) => {
    if (Array.isArray(value))
      for (const [at, item] of value.entries()) visit(item, `${where}/${at}`, false)
    if (!isObject(value)) return
    if (!keysAreNames) checkHere(value, where, check)
    for (const [key, child] of Object.entries(value)) {
      if (!keysAreNames && (DATA.has(key) || key === 'examples')) continue
      visit(child, `${where}/${key.replaceAll('/', '~1')}`, !keysAreNames && NAMED.has(key))
    }
  }
  visit(document, '#', false)
  return found
}

function checkHere(
  value: JsonObject,
  where: string,
  check: (schema: Json, value: Json, where: string) => void,
): void {
  const { schema, example, examples } = value
  if (schema !== undefined) {
    if (example !== undefined) check(schema, example, `${where}/example`)
    for (const [name, one] of Object.entries(objectOf(examples))) {
      const { value: given } = objectOf(one)
      if (given !== undefined) check(schema, given, `${where}/examples/${name}`)
    }
    return
  }
  for (const [at, one] of listOf(examples).entries()) check(value, one, `${where}/examples/${at}`)
  if (value.default !== undefined) check(value, value.default, `${where}/default`)
}

const compiled = new WeakMap<object, ReturnType<typeof Compile>>()

function errorsOf(document: JsonObject, schema: Json, value: Json): string[] {
  if (!isObject(schema)) return []
  let validator = compiled.get(schema)
  if (!validator) {
    // References of the schema point into the document.
    validator = Compile({ ...schema, components: document.components } as never)
    compiled.set(schema, validator)
  }
  if (validator.Check(value)) return []
  const [, errors] = validator.Errors(value)
  return errors.map(({ instancePath, message }) => `${instancePath || 'it'} ${message}`)
}
