import { InvalidInputError } from '@dure/kernel'
import type { ASTNode } from '@marcbachmann/cel-js'
import { ROOTS } from './environment.ts'

/** Those that go through a list, and the one whose result can be twice its value. */
const MACROS = new Set(['all', 'exists', 'exists_one', 'map', 'filter', 'bind'])

/**
 * The ids of the nodes that an expression names. Three things of CEL are refused: `matches`, because
 * a regular expression of a user can hang a process; macros inside macros, because their cost is a
 * power of the size of the data; and `nodes` without a name, so that these ids are all that it reads.
 *
 * @throws InvalidInputError `expression.invalid`
 */
export function inspect(tree: ASTNode): ReadonlySet<string> {
  const references = new Set<string>()
  visit(tree, false)
  return references

  function visit(node: unknown, isInsideMacro: boolean): void {
    if (Array.isArray(node)) {
      for (const child of node) visit(child, isInsideMacro)
      return
    }
    if (!isAstNode(node)) return
    const reference = referenceOf(node)
    if (reference !== undefined) {
      references.add(reference)
      return
    }
    refuseBareNodes(node)
    const called = node.op === 'call' || node.op === 'rcall' ? node.args[0] : undefined
    const isMacro = called !== undefined && MACROS.has(called)
    if (called === 'matches') throw refused('`matches` is not available')
    if (isMacro && isInsideMacro) throw refused(`\`${called}\` in another macro is not available`)
    // What a macro goes through is not inside of it: `list.filter(…).map(…)` goes through two lists.
    if (node.op === 'rcall') visit(node.args[1], isInsideMacro)
    visit(node.op === 'rcall' ? node.args[2] : node.args, isInsideMacro || isMacro)
  }
}

function refuseBareNodes({ op, args }: ASTNode): void {
  if (op === 'id' && args === 'nodes') {
    throw refused('`nodes` must be followed by the id of a node, as in `nodes.find.data`')
  }
}

/** `nodes.find`, `nodes.?find` and `nodes["find"]` name the node `find`. */
function referenceOf({ op, args }: ASTNode): string | undefined {
  if (op !== '.' && op !== '.?' && op !== '[]' && op !== '[?]') return undefined
  const [object, key] = args
  if (object.op !== 'id' || object.args !== 'nodes') return undefined
  if (typeof key === 'string') return key
  return key.op === 'value' && typeof key.args === 'string' ? key.args : undefined
}

/** Whether the value can only be a part of the scope: then it is JSON, and need not be looked at. */
export function isPartOfScope({ op, args }: ASTNode): boolean {
  if (op === 'id') return ROOTS.has(args)
  return (op === '.' || op === '[]') && isPartOfScope(args[0])
}

function isAstNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value
}

function refused(reason: string) {
  return new InvalidInputError('expression.invalid', reason)
}
