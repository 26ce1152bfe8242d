import { type ErrorCode, type FieldProblem, InvalidInputError } from '@dure/kernel'
import { LRUCache } from 'lru-cache'
import { withinExpressionBudget } from './budget.ts'
import { chargeOperations } from './charge.ts'
import { parse, reasonOf, variables } from './environment.ts'
import { inspect, isPartOfScope } from './inspect.ts'
import { toJson } from './to-json.ts'

/**
 * What an expression can see. Data only: own properties of plain objects (or of such without a
 * prototype), no functions. None of it is copied, so it may be as large as it likes, and a property
 * may be a getter that is asked only when an expression names it.
 */
export interface Scope {
  /** The input of the run. */
  readonly input: unknown
  /** What has finished so far: `nodes.<id>.data`. */
  readonly nodes: Readonly<Record<string, { readonly data: unknown }>>
  /** Variables of the run. */
  readonly vars?: Readonly<Record<string, unknown>>
  /** Inside a body: which iteration it is, and of what. */
  readonly loop?: { readonly index: number; readonly item?: unknown; readonly last?: unknown }
  /** While the outcome of a write is verified: what the other side answered. */
  readonly response?: unknown
}

export interface Expression {
  /**
   * @returns JSON; a part of the scope is given as it is, not as a copy
   * @throws InvalidInputError `expression.failed` when the data is not what the expression expects,
   *   `expression.too-expensive` when there is too much of it
   */
  evaluate(scope: Scope): unknown
  /** The ids of all nodes whose data it can read. */
  readonly references: ReadonlySet<string>
}

/** By length, as an expression may be a few characters or some thousand. */
const compiled = new LRUCache<string, Expression>({
  maxSize: 5_000_000,
  sizeCalculation: (_expression, source) => source.length + 200,
})

/** @throws InvalidInputError `expression.invalid`, with the mistake in its message */
export function compileExpression(source: string): Expression {
  const known = compiled.get(source)
  if (known) return known
  const expression = compile(source)
  compiled.set(source, expression)
  return expression
}

function compile(source: string): Expression {
  const { parsed, references } = attempt('expression.invalid', source, () => {
    const result = parse(source)
    return { parsed: result, references: inspect(result.ast) }
  })
  chargeOperations(parsed.ast)
  const finish = isPartOfScope(parsed.ast) ? (value: unknown) => value : toJson
  return {
    references,
    evaluate: (scope) =>
      attempt('expression.failed', source, () =>
        withinExpressionBudget(() => finish(parsed(variables(scope)))),
      ),
  }
}

function attempt<Result>(code: ErrorCode, source: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    const known = error instanceof InvalidInputError ? error.code : code
    throw new InvalidInputError(known, `${clip(reasonOf(error))} in \`${clip(source)}\``)
  }
}

/** Messages are shown and stored; what they are about may be long. */
function clip(text: string): string {
  return text.length <= 300 ? text : `${text.slice(0, 299)}…`
}

/** The mistakes of an expression as a problem of the field that holds it. */
export function expressionProblem(error: unknown, pointer: string): FieldProblem {
  if (!(error instanceof InvalidInputError)) throw error
  return { pointer, message: error.message, code: error.code }
}
