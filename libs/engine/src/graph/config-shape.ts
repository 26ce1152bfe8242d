import type { ErrorCode, FieldProblem } from '@dure/kernel'

/** As much of a compiled schema as is needed here. */
export interface ShapeValidator {
  Check(value: unknown): boolean
  Errors(value: unknown): readonly {
    readonly instancePath: string
    readonly keyword: string
    readonly message: string
    readonly params: object
  }[]
}

/** What of a value does not fit its schema, one problem for each place. */
export function shapeProblems(
  validator: ShapeValidator,
  value: unknown,
  { pointer, code }: { readonly pointer: string; readonly code: ErrorCode },
): FieldProblem[] {
  if (validator.Check(value)) return []
  // An unknown property is told twice: of the object, and (as `boolean`) of the property.
  return validator
    .Errors(value)
    .filter(({ keyword }) => keyword !== 'additionalProperties')
    .map(({ instancePath, keyword, message, params }) => ({
      code,
      pointer: `${pointer}${instancePath}${missingProperty(keyword, params)}`,
      message: inOurWords(keyword) ?? message,
    }))
}

function inOurWords(keyword: string): string | undefined {
  if (keyword === 'required') return 'is missing'
  return keyword === 'boolean' ? 'is not a known property' : undefined
}

function missingProperty(keyword: string, params: object): string {
  if (keyword !== 'required' || !('requiredProperties' in params)) return ''
  const [name] = params.requiredProperties as string[]
  return name === undefined ? '' : `/${name}`
}
