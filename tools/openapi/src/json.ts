export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export type JsonObject = { readonly [key: string]: Json }

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function objectOf(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {}
}

export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : []
}

export interface Operation {
  /** `GET /v1/runs/{runId}` */
  readonly name: string
  readonly path: string
  readonly method: string
  readonly operation: JsonObject
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']

export function operationsOf(document: JsonObject): Operation[] {
  return Object.entries(objectOf(document.paths)).flatMap(([path, item]) =>
    Object.entries(objectOf(item)).flatMap(([method, operation]) =>
      METHODS.includes(method) && isObject(operation)
        ? [{ name: `${method.toUpperCase()} ${path}`, path, method, operation }]
        : [],
    ),
  )
}

/** What a reference into the document points to, as far as it is one. */
export function resolve(document: JsonObject, value: Json | undefined): JsonObject {
  let found = objectOf(value)
  for (let hops = 0; typeof found.$ref === 'string' && hops < 50; hops += 1) {
    const steps = found.$ref.slice(2).split('/')
    found = steps.reduce<JsonObject>((within, step) => {
      return objectOf(within[step.replaceAll('~1', '/').replaceAll('~0', '~')])
    }, document)
  }
  return found
}
