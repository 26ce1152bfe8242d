import { lengthOf, spend, spendOn } from './budget.ts'

/** A node of a checked syntax tree: `handle` computes its value from those of its operands. */
interface Computing {
  readonly op: string
  readonly args: unknown
  handle: (...operands: unknown[]) => unknown
}

type Price = (operands: readonly unknown[], node: Computing) => void

const byLength: Price = ([one, other]) => spend(lengthOf(one) + lengthOf(other))
const byContent: Price = ([one, other]) => {
  // Two values are compared no further than the first of them goes.
  if (typeof one === 'object' && typeof other === 'object') spendOn(one)
  else spend(lengthOf(one))
}
const byMembers: Price = ([one, list]) => {
  if (typeof one === 'object') spendOn(list)
  else spend(lengthOf(list))
}
/** Methods of a time with a time zone as their argument ask the calendar of the platform. */
const CALENDAR = 5000
const byArguments: Price = ([operands], { args }) => {
  if (!Array.isArray(operands) || !Array.isArray(args)) return
  if (operands[0] instanceof Date) spend(operands.length > 1 ? CALENDAR : 1)
  else if (args[0] === 'join') spendOn(operands)
  else spend(operands.reduce((sum: number, operand) => sum + lengthOf(operand), 0))
}

/** Of `map`, `filter` and the like; what each of them computes is paid for on top. */
const STEP = 5

/** What costs more, the larger the data is. All else is paid for by the limits of the syntax. */
const PRICES: ReadonlyMap<string, Price> = new Map([
  ['+', byLength],
  ['<', byLength],
  ['<=', byLength],
  ['>', byLength],
  ['>=', byLength],
  ['==', byContent],
  ['!=', byContent],
  ['in', byMembers],
  ['call', byArguments],
  ['rcall', byArguments],
  ['comprehension', ([items]) => spend(STEP * lengthOf(items))],
])

/**
 * Makes the operations of a checked syntax tree pay for the data that they look at. They are replaced
 * inside of the tree, as the library has no place for a hook: a test fails if a new version of it
 * computes them elsewhere.
 */
export function chargeOperations(tree: unknown): void {
  if (Array.isArray(tree)) {
    for (const child of tree) chargeOperations(child)
    return
  }
  if (typeof tree !== 'object' || tree === null) return
  if ('meta' in tree) chargeOperations((tree.meta as { alternate?: unknown }).alternate)
  const price = 'op' in tree ? PRICES.get(tree.op as string) : undefined
  if (price && 'handle' in tree) charge(tree as Computing, price)
  if ('args' in tree) chargeOperations(tree.args)
}

function charge(node: Computing, price: Price): void {
  const { handle } = node
  node.handle = (...operands) => {
    price(operands, node)
    return handle(...operands)
  }
}
