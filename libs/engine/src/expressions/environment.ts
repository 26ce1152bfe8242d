import { InvalidInputError } from '@dure/kernel'
import { type ASTNode, Environment, ParseError, type ParseResult } from '@marcbachmann/cel-js'

/**
 * Expressions are CEL (https://cel.dev): no loops, no side effects, and with these limits, the rules
 * of `inspect.ts` and the budget of `budget.ts` no expression that is expensive to evaluate.
 */
const LIMITS = {
  maxAstNodes: 200,
  maxDepth: 50,
  maxListElements: 100,
  maxMapEntries: 100,
  maxCallArguments: 16,
} as const

/** CEL keeps the word `loop` for itself, so inside of the parser it goes by a name as long. */
const LOOP = 'loop'
const LOOP_INSIDE = 'l__p'

const environment = withMixedNumbers(
  new Environment({
    homogeneousAggregateLiterals: false,
    enableOptionalTypes: true,
    limits: LIMITS,
  })
    .registerVariable('nodes', 'map')
    .registerVariable('input', 'dyn')
    .registerVariable('vars', 'map')
    .registerVariable(LOOP_INSIDE, 'dyn')
    .registerVariable('response', 'dyn'),
)

/** What the first name of an expression may be, as the syntax tree has it. */
export const ROOTS: ReadonlySet<string> = new Set([
  'nodes',
  'input',
  'vars',
  LOOP_INSIDE,
  'response',
])

/** The variables as the environment knows them. */
export function variables(scope: {
  readonly input: unknown
  readonly nodes: object
  readonly vars?: object
  readonly loop?: unknown
  readonly response?: unknown
}): Record<string, unknown> {
  const { input, nodes, vars = NONE, loop = null, response = null } = scope
  return { input: input ?? null, nodes, vars, [LOOP_INSIDE]: loop, response }
}

const NONE: object = Object.freeze(Object.create(null))

/** @throws an error of CEL, whose first line says what is wrong */
export function parse(source: string): ParseResult & { readonly ast: ASTNode } {
  const parsed = parseWithLoop(source)
  const checked = parsed.check()
  if (!checked.valid) throw checked.error
  return parsed
}

/**
 * Only the parser knows where `loop` is a name, and not part of a text or the name of a field: it
 * says so by refusing it. Ends, because each round replaces one of the words.
 */
function parseWithLoop(source: string): ParseResult {
  let renamed = source
  for (;;) {
    try {
      return environment.parse(renamed)
    } catch (error) {
      const at = error instanceof ParseError ? error.range?.start : undefined
      if (at === undefined || !isReservedLoop(error, renamed, at)) throw error
      renamed = renamed.slice(0, at) + LOOP_INSIDE + renamed.slice(at + LOOP.length)
    }
  }
}

function isReservedLoop(error: unknown, source: string, at: number): boolean {
  const isReserved = error instanceof ParseError && error.code === 'reserved_identifier'
  return isReserved && source.startsWith(LOOP, at)
}

/** What CEL says about a mistake, without its picture of the place, in the words of the author. */
export function reasonOf(error: unknown): string {
  if (error instanceof InvalidInputError) return error.message
  const message = error instanceof Error ? error.message : String(error)
  return (message.split('\n')[0] ?? '').replaceAll(LOOP_INSIDE, LOOP)
}

/** JSON has one kind of number: `input.count + 1` must work although CEL calls them double and int. */
function withMixedNumbers(base: Environment): Environment {
  const operators = {
    '+': (a: number, b: number) => a + b,
    '-': (a: number, b: number) => a - b,
    '*': (a: number, b: number) => a * b,
    '/': (a: number, b: number) => a / b,
    '%': (a: number, b: number) => a % b,
  }
  for (const [operator, apply] of Object.entries(operators)) {
    const mixed = (a: number | bigint, b: number | bigint) => apply(Number(a), Number(b))
    base.registerOperator(`double ${operator} int`, mixed)
    base.registerOperator(`int ${operator} double: double`, mixed)
  }
  base.registerOperator('double % double', operators['%'])
  return base
}
