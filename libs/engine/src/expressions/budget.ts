import { InvalidInputError } from '@dure/kernel'

/**
 * How much work evaluation may do, so that no expression holds up the other runs of its process. One
 * unit is one element or character that is looked at; a million takes some tens of milliseconds on a
 * machine that has nothing else to do.
 */
const OF_AN_EXPRESSION = 1_000_000
/** For the node types that evaluate an expression for each of many items. */
const OF_A_NODE = 5_000_000

/** One for all, as `exists` may catch and forget a thousand of them. */
const EXHAUSTED = new InvalidInputError(
  'expression.too-expensive',
  'It looks at more data than an expression may: filter or shorten the data in a node before',
)

let left = 0
let nesting = 0

/** @throws InvalidInputError `expression.too-expensive` */
export function withinExpressionBudget<Result>(work: () => Result): Result {
  return within(OF_AN_EXPRESSION, work)
}

/** @throws InvalidInputError `expression.too-expensive` */
export function withinNodeBudget<Result>(work: () => Result): Result {
  return within(OF_A_NODE, work)
}

/** All of `work`, which is synchronous, on one budget. A budget inside of another is part of it. */
function within<Result>(units: number, work: () => Result): Result {
  if (nesting > 0) return work()
  left = units
  nesting += 1
  try {
    const result = work()
    // `a || b` and `exists` forget an error on one side; this one counts nevertheless.
    spend(0)
    return result
  } finally {
    nesting -= 1
  }
}

/** @throws InvalidInputError `expression.too-expensive` */
export function spend(units: number): void {
  left -= units
  if (left < 0) throw EXHAUSTED
}

/** Looks into a value only as long as there is budget left for what it finds. */
export function spendOn(value: unknown): void {
  const open: unknown[] = [value]
  while (open.length > 0) {
    const next = open.pop()
    spend(lengthOf(next))
    if (typeof next !== 'object' || next === null) continue
    for (const child of Array.isArray(next) ? next : Object.values(next)) open.push(child)
  }
}

/** Elements or characters, without those inside of elements; 1 for what has none. */
export function lengthOf(value: unknown): number {
  if (typeof value === 'string' || Array.isArray(value) || value instanceof Uint8Array) {
    return value.length + 1
  }
  return 1
}
