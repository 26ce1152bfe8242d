import type { FieldProblem } from '@dure/kernel'
import type { FastifySchemaCompiler, FastifySchemaValidationError } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Value } from 'typebox/value'

/** A URL holds only text, so its parts are converted; a JSON body has types and must get them right. */
export const typeboxValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const validator = Compile(schema)
  return (input: unknown) => {
    const typed = httpPart === 'body' ? input : Value.Convert(schema, input)
    const value = Value.Default(schema, typed)
    return validator.Check(value) ? { value } : { error: validator.Errors(value) }
  }
}

/** One entry per invalid field, each with a pointer into the part of the request it stands in. */
export function fieldProblems(
  errors: readonly FastifySchemaValidationError[],
): readonly FieldProblem[] {
  const fields = errors
    .filter(isAboutOneField)
    .map(({ keyword, instancePath, message, params }) => {
      const missing = keyword === 'required' ? firstOf(params?.requiredProperties) : undefined
      if (missing !== undefined) {
        return { pointer: `#${instancePath}/${missing}`, message: 'is missing' }
      }
      return {
        pointer: `#${instancePath}`,
        message: keyword === 'boolean' ? 'is not a known property' : (message ?? 'is not valid'),
      }
    })
  return fields.filter(
    ({ pointer }, index) => fields.findIndex((other) => other.pointer === pointer) === index,
  )
}

function firstOf(value: unknown): string | undefined {
  return Array.isArray(value) && typeof value[0] === 'string' ? value[0] : undefined
}

/** TypeBox reports an unknown property twice: on the object, and (as `boolean`) on the property. */
function isAboutOneField({ keyword }: { keyword: string }): boolean {
  return keyword !== 'additionalProperties'
}
