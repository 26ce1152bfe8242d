import type { ASTNode } from '@marcbachmann/cel-js'
import { parse } from '../expressions/environment.ts'
import type { Scope } from '../expressions/expression.ts'

/** Something that an expression reads, and what stood there. */
export interface NamedValue {
  /** `nodes.find.data.size` */
  readonly name: string
  /** Absent: nothing stood there. */
  readonly value?: unknown
}

const MAX_NAMES = 20

/** What an expression read when it was evaluated; `loop` goes by its own name. */
export function valuesIn(source: string, scope: Scope): NamedValue[] {
  const chains = new Map<string, readonly string[]>()
  collect(parse(source).ast, chains)
  return [...chains].slice(0, MAX_NAMES).map(([name, chain]) => {
    const value = valueAt(scope, chain)
    return value === undefined ? { name } : { name, value }
  })
}

const ROOTS: Readonly<Record<string, string>> = {
  ...{ nodes: 'nodes', input: 'input', vars: 'vars', response: 'response' },
  // As the parser has it.
  l__p: 'loop',
}

function collect(node: unknown, chains: Map<string, readonly string[]>): void {
  if (Array.isArray(node)) {
    for (const child of node) collect(child, chains)
    return
  }
  if (!isAstNode(node)) return
  const chain = chainOf(node)
  if (chain) chains.set(chain.join('.'), chain)
  else collect(node.args, chains)
}

/** `input.a.b` as its parts; undefined for anything else. */
function chainOf({ op, args }: ASTNode): string[] | undefined {
  if (op === 'id') return ROOTS[args as string] ? [ROOTS[args as string] as string] : undefined
  if (op !== '.' && op !== '.?' && op !== '[]' && op !== '[?]') return undefined
  const [object, key] = args as [ASTNode, string | ASTNode]
  const inner = chainOf(object)
  const name = typeof key === 'string' ? key : key.op === 'value' ? String(key.args) : undefined
  return inner && name !== undefined ? [...inner, name] : undefined
}

function valueAt(scope: Scope, chain: readonly string[]): unknown {
  let value: unknown = scope
  for (const key of chain) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Readonly<Record<string, unknown>>)[key]
  }
  return value
}

function isAstNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value
}
