import type { ASTNode } from '@marcbachmann/cel-js'
import { LRUCache } from 'lru-cache'
import { parse, ROOTS } from '../expressions/environment.ts'

/** What an expression takes from where. */
export interface Usage {
  readonly tree: ASTNode
  /** Nodes whose data it reads, and whether it can do without. */
  readonly nodes: ReadonlyMap<string, { readonly isOptional: boolean }>
  readonly usesLoop: boolean
  readonly usesResponse: boolean
}

const EVERYWHERE = new Set(['nodes', 'input', 'vars', 'response'])
/** `loop` has another name inside of the parser: the root that is none of the others. */
const LOOP = [...ROOTS].find((root) => !EVERYWHERE.has(root)) ?? 'loop'

const known = new LRUCache<string, Usage>({
  maxSize: 2_000_000,
  sizeCalculation: (_usage, source) => source.length + 500,
})

/** @param source an expression that compiles */
export function usageOf(source: string): Usage {
  const cached = known.get(source)
  if (cached) return cached
  const usage = findUsage(parse(source).ast)
  known.set(source, usage)
  return usage
}

/** The root of an expression by the name that its author gave it. */
export function rootOf(id: string): string {
  return id === LOOP ? 'loop' : id
}

function findUsage(tree: ASTNode): Usage {
  const unconditional = new Set<string>()
  const optional = new Set<string>()
  const roots = new Set<string>()
  visit(tree)
  const ids = unconditional.union(optional)
  return {
    tree,
    nodes: new Map([...ids].map((id) => [id, { isOptional: optional.has(id) }])),
    usesLoop: roots.has(LOOP),
    usesResponse: roots.has('response'),
  }

  function visit(node: unknown): void {
    if (Array.isArray(node)) {
      for (const child of node) visit(child)
      return
    }
    if (!isAstNode(node)) return
    if (node.op === 'id') roots.add(node.args)
    const asked = askedFor(node)
    // Whoever asks first whether a node is there may name it plainly afterwards.
    if (asked !== undefined) optional.add(asked)
    const named = nodeNamed(node)
    if (named) (named.isOptional ? optional : unconditional).add(named.id)
    else visit(node.args)
  }
}

/** `has(nodes.find)`. */
function askedFor({ op, args }: ASTNode): string | undefined {
  if (op !== 'call' || args[0] !== 'has') return undefined
  const [subject] = args[1]
  return subject && nodeNamed(subject)?.id
}

/** `nodes.find` and `nodes["find"]`; with `.?` or `[?]`, it may be absent. */
export function nodeNamed({ op, args }: ASTNode) {
  if (op !== '.' && op !== '.?' && op !== '[]' && op !== '[?]') return undefined
  const [object, key] = args
  if (object.op !== 'id' || object.args !== 'nodes') return undefined
  const id = typeof key === 'string' ? key : key.op === 'value' ? key.args : undefined
  return typeof id === 'string' ? { id, isOptional: op === '.?' || op === '[?]' } : undefined
}

export function isAstNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value
}
