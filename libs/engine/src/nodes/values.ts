import { InvalidInputError } from '@dure/kernel'
import { withinNodeBudget } from '../expressions/budget.ts'
import { compileExpression, type Scope } from '../expressions/expression.ts'

/** How many items a list may have that a node goes through. */
export const MAX_ITEMS = 10_000
/** The longest that anything may wait: a year. */
export const MAX_WAIT_MS = 31_536_000_000

/** @throws InvalidInputError `condition.not-boolean`, `expression.failed` */
export function evaluateBoolean(source: string, scope: Scope): boolean {
  const result = compileExpression(source).evaluate(scope)
  if (typeof result === 'boolean') return result
  throw new InvalidInputError(
    'condition.not-boolean',
    `${quote(source)} must be true or false, but is ${excerpt(result)}`,
  )
}

/** @throws InvalidInputError `node.not-a-list`, `node.too-many-items`, `expression.failed` */
export function evaluateItems(source: string, scope: Scope): readonly unknown[] {
  const items = compileExpression(source).evaluate(scope)
  return checkItems(items, quote(source))
}

/** @throws InvalidInputError `node.not-a-list`, `node.too-many-items` */
export function checkItems(items: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(items)) {
    throw new InvalidInputError(
      'node.not-a-list',
      `${what} must be a list, but is ${excerpt(items)}`,
    )
  }
  if (items.length <= MAX_ITEMS) return items
  throw new InvalidInputError(
    'node.too-many-items',
    `${what} has ${items.length} items, and at most ${MAX_ITEMS} are allowed: take fewer`,
  )
}

/**
 * The value of an expression for each item, which it sees as `loop.item` and `loop.index`; a `loop`
 * around the node is hidden by that. All of them are evaluated on one budget.
 */
export function evaluateEach<Result>(
  items: readonly unknown[],
  scope: Scope,
  evaluate: (scope: Scope) => Result,
): Result[] {
  return withinNodeBudget(() =>
    items.map((item, index) => evaluate({ ...scope, loop: { index, item } })),
  )
}

/** An expression in a message, which may be long, and messages may not. */
export function quote(source: string): string {
  return `\`${source.length <= 300 ? source : `${source.slice(0, 299)}…`}\``
}

/** The beginning of a value, for a message. */
export function excerpt(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  return (JSON.stringify(value) ?? 'nothing').slice(0, 100)
}

/**
 * A total order over JSON values, the same everywhere: null, false, true, numbers, texts by their
 * UTF-16 code units (which is the order of the dictionary for Hangul), then lists and objects, which
 * are all equal.
 */
export function compareValues(one: unknown, other: unknown): number {
  const byKind = rank(one) - rank(other)
  if (byKind !== 0) return byKind
  if (typeof one === 'number' && typeof other === 'number') return one - other
  if (typeof one === 'string' && typeof other === 'string') {
    return one < other ? -1 : one > other ? 1 : 0
  }
  return 0
}

function rank(value: unknown): number {
  if (value === null || value === undefined) return 0
  if (typeof value === 'boolean') return value ? 2 : 1
  if (typeof value === 'number') return 3
  return typeof value === 'string' ? 4 : 5
}

/** What groups and joins go by. Its type counts: 1 and "1" are two keys. */
export function keyOf(value: unknown, what: string): string {
  if (typeof value !== 'object' || value === null) return `${typeof value} ${String(value)}`
  throw new InvalidInputError(
    'node.invalid-key',
    `${what} must be a text, a number, true, false or null, but is ${excerpt(value)}`,
  )
}
