import openapiTS, { astToString } from 'openapi-typescript'
import { type Json, type JsonObject, objectOf } from './json.ts'

/** Where `libs/client` has them. */
export const CLIENT_TYPES = 'libs/client/src/generated/openapi.ts'

const METHODS = new Set(['get', 'put', 'post', 'delete', 'patch'])

/** The types of every operation of a document, as a module for `openapi-fetch`. */
export async function clientTypesOf(document: JsonObject): Promise<string> {
  const types = astToString(await openapiTS(slim(document) as never, { defaultNonNullable: false }))
  return `// Made by \`npm run openapi\` of docs/openapi/openapi.json: change nothing here.\n${withoutFillers(types)}`
}

/** Without what is said to be absent, and headers of which nothing is said: half of the types. */
function withoutFillers(types: string): string {
  return types
    .replaceAll(/^ *\w+\?: never;\n/gm, '')
    .replaceAll(/^ *headers: \{\n *\[name: string\]: unknown;\n *\};\n/gm, '')
}

/**
 * What types are needed of: whoever branches on an error reads the code of its problem, whatever its
 * status, and headers are read by their names. With those, the types would be five times as long.
 */
function slim(document: JsonObject): JsonObject {
  const { schemas = {} } = objectOf(document.components)
  const paths = mapped(objectOf(document.paths), (item) =>
    mapped(objectOf(item), (operation, key) =>
      METHODS.has(key) ? withFewResponses(objectOf(operation)) : operation,
    ),
  )
  const { openapi = '3.1.0', info = {} } = document
  // A copy: the generator changes what it is given.
  return structuredClone({ openapi, info, paths, components: { schemas } })
}

function withFewResponses(operation: JsonObject): JsonObject {
  const responses = Object.entries(objectOf(operation.responses)).flatMap(
    ([status, response]): [string, Json][] => {
      if (!status.startsWith('2')) return []
      const { headers: _headers, ...rest } = objectOf(response)
      return [[status, rest]]
    },
  )
  return { ...operation, responses: { ...Object.fromEntries(responses), default: PROBLEM } }
}

const PROBLEM = {
  description: 'What went wrong, and what to do about it',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
}

function mapped(object: JsonObject, map: (value: Json, key: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value, key)]))
}
