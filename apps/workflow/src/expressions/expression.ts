import { type DureError, type FieldProblem, InvalidInputError } from '@dure/kernel'
import { type ASTNode, Environment } from '@marcbachmann/cel-js'
import { LRUCache } from 'lru-cache'

/** What an expression can see. Data only: own properties, no prototypes, no functions. */
export interface Scope {
  /** The input of the run. */
  readonly input: unknown
  /** What has finished so far: `nodes.<id>.data`. */
  readonly nodes: Readonly<Record<string, { readonly data: unknown }>>
}

export interface Expression {
  /** @throws InvalidInputError `expression.failed` when the data is not what the expression expects */
  evaluate(scope: Scope): unknown
  /** The ids of the nodes that it names. */
  readonly references: ReadonlySet<string>
}

/**
 * Expressions are CEL (https://cel.dev): no loops, no side effects, and with these limits no
 * expression that is expensive to evaluate. Two things of CEL are left out on purpose: `matches`,
 * because a regular expression of a user can hang a process, and macros inside macros, because
 * their cost is a power of the size of the data.
 */
const LIMITS = {
  maxAstNodes: 200,
  maxDepth: 50,
  maxListElements: 100,
  maxMapEntries: 100,
  maxCallArguments: 16,
} as const
const MACROS = new Set(['all', 'exists', 'exists_one', 'map', 'filter'])

const environment = withMixedNumbers(
  new Environment({
    homogeneousAggregateLiterals: false,
    enableOptionalTypes: true,
    limits: LIMITS,
  })
    .registerVariable('nodes', 'map')
    .registerVariable('input', 'dyn'),
)

const compiled = new LRUCache<string, Expression>({ max: 5000 })

/** @throws InvalidInputError `expression.invalid`, with the position of the mistake in its message */
export function compileExpression(source: string): Expression {
  const known = compiled.get(source)
  if (known) return known
  const expression = compile(source)
  compiled.set(source, expression)
  return expression
}

function compile(source: string): Expression {
  const parsed = attempt('expression.invalid', source, () => {
    const result = environment.parse(source)
    const checked = result.check()
    if (!checked.valid) throw checked.error
    return result
  })
  const references = new Set<string>()
  inspect(parsed.ast, { references, insideMacro: false, source })
  return {
    references,
    evaluate: (scope) => toJson(attempt('expression.failed', source, () => parsed({ ...scope }))),
  }
}

interface Inspection {
  readonly references: Set<string>
  readonly insideMacro: boolean
  readonly source: string
}

function inspect(node: unknown, inspection: Inspection): void {
  if (Array.isArray(node)) {
    for (const child of node) inspect(child, inspection)
    return
  }
  if (!isAstNode(node)) return
  const { op, args } = node
  const called = op === 'call' || op === 'rcall' ? args[0] : undefined
  if (called === 'matches') throw refused('`matches` is not available', inspection.source)
  const isMacro = called !== undefined && MACROS.has(called)
  if (isMacro && inspection.insideMacro) {
    throw refused(`\`${called}\` inside another macro is not available`, inspection.source)
  }
  const reference = referenceOf(node)
  if (reference !== undefined) inspection.references.add(reference)
  inspect(args, isMacro ? { ...inspection, insideMacro: true } : inspection)
}

/** `nodes.find`, `nodes.?find` and `nodes["find"]` name the node `find`. */
function referenceOf({ op, args }: ASTNode): string | undefined {
  if (op !== '.' && op !== '.?' && op !== '[]' && op !== '[?]') return undefined
  const [object, key] = args
  if (object.op !== 'id' || object.args !== 'nodes') return undefined
  if (typeof key === 'string') return key
  return key.op === 'value' && typeof key.args === 'string' ? key.args : undefined
}

function isAstNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value
}

function attempt<Result>(
  code: 'expression.invalid' | 'expression.failed',
  source: string,
  work: () => Result,
): Result {
  try {
    return work()
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    throw new InvalidInputError(code, `${reason} in \`${source}\``)
  }
}

function refused(reason: string, source: string): DureError {
  return new InvalidInputError('expression.invalid', `${reason} in \`${source}\``)
}

/** The mistakes of an expression as a problem of the field that holds it. */
export function expressionProblem(error: unknown, pointer: string): FieldProblem {
  if (!(error instanceof InvalidInputError)) throw error
  return { pointer, message: error.message, code: error.code }
}

/** CEL counts in 64 bit integers and has types of its own; what leaves it is JSON. */
function toJson(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return value.map(toJson)
  if (value instanceof Map) return toJson(Object.fromEntries(value))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, toJson(child)]))
  }
  return value
}

/** JSON has one kind of number: `input.count + 1` must work although CEL calls them double and int. */
function withMixedNumbers(base: Environment): Environment {
  const operators = {
    '+': (a: number, b: number) => a + b,
    '-': (a: number, b: number) => a - b,
    '*': (a: number, b: number) => a * b,
    '/': (a: number, b: number) => a / b,
  }
  for (const [operator, apply] of Object.entries(operators)) {
    const mixed = (a: number | bigint, b: number | bigint) => apply(Number(a), Number(b))
    base.registerOperator(`double ${operator} int`, mixed)
    base.registerOperator(`int ${operator} double`, mixed)
  }
  return base
}
