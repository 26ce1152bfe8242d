import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { OpenApiDocument, Schema } from './operation.ts'

export interface Schemas {
  /** What is wrong with a value, as far as a schema of the document can say; empty when nothing is. */
  problemsOf(schema: Schema, value: unknown): readonly string[]
}

const DOCUMENT = 'document'

/** The schemas of a document, each compiled once, when it is first asked for. */
export function compileSchemas(document: OpenApiDocument): Schemas {
  const ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: true, logger: false })
  addFormats.default(ajv)
  ajv.addFormat('binary', true)
  ajv.addSchema({ $id: DOCUMENT, components: document.components })
  const compiled = new WeakMap<Schema, ValidateFunction>()

  return {
    problemsOf(schema, value) {
      const validate = compiled.get(schema) ?? ajv.compile(absolute(schema) as object)
      compiled.set(schema, validate)
      if (validate(value)) return []
      return (validate.errors ?? []).map(
        ({ instancePath, message }) => `${instancePath || 'the body'} ${message}`,
      )
    },
  }
}

/** References with the name of the document in front, since the schema is taken out of it. */
function absolute(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(absolute)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      key === '$ref' && typeof child === 'string' && child.startsWith('#')
        ? `${DOCUMENT}${child}`
        : absolute(child),
    ]),
  )
}
