import type { ASTNode } from '@marcbachmann/cel-js'
import { isAstNode, nodeNamed, rootOf } from './expression-usage.ts'
import { elementOf, isSchema, kindOf, propertyOf, type Schema } from './schema-types.ts'

/** What is known about the values that an expression reads. */
export interface KnownTypes {
  root(name: string): Schema | undefined
  /** Of the data of a node. */
  data(nodeId: string): Schema | undefined
}

interface TypeFindings {
  /** Comparisons that fail, or have only one outcome, whatever the data. */
  readonly mismatches: readonly string[]
  /** Properties that the values cannot have. */
  readonly excluded: readonly string[]
}

const EQUALITIES = new Set(['==', '!='])
const ORDERS = new Set(['<', '<=', '>', '>='])
const TRUTHS = new Set(['&&', '||', '!_', 'in'])
const MACROS = new Set(['all', 'exists', 'exists_one', 'map', 'filter'])
const RESULTS: Readonly<Record<string, Schema>> = {
  size: { type: 'integer' },
  has: { type: 'boolean' },
  string: { type: 'string' },
  startsWith: { type: 'boolean' },
  endsWith: { type: 'boolean' },
  contains: { type: 'boolean' },
  all: { type: 'boolean' },
  exists: { type: 'boolean' },
  exists_one: { type: 'boolean' },
}
const BOOLEAN: Schema = { type: 'boolean' }

/** What in an expression cannot work with values of these types. What nobody knows is let pass. */
export function typeFindings(tree: ASTNode, known: KnownTypes): TypeFindings {
  const checker = new Checker(known)
  checker.infer(tree)
  return checker
}

class Checker implements TypeFindings {
  readonly mismatches: string[] = []
  readonly excluded: string[] = []
  readonly #known: KnownTypes
  readonly #bound = new Map<string, Schema | undefined>()

  constructor(known: KnownTypes) {
    this.#known = known
  }

  infer(node: ASTNode): Schema | undefined {
    const { op, args } = node
    const named = nodeNamed(node)
    if (named) return named.isOptional ? undefined : entryOf(this.#known.data(named.id))
    if (op === 'id') {
      return this.#bound.has(args) ? this.#bound.get(args) : this.#known.root(rootOf(args))
    }
    if (op === 'value') return literal(args)
    if (op === '.') return this.#property(args[0], args[1])
    if (op === '[]') return this.#element(args[0], args[1])
    if (EQUALITIES.has(op) || ORDERS.has(op)) return this.#comparison(node)
    if (op === 'rcall' && MACROS.has(args[0])) return this.#macro(args)
    this.#visit(args)
    if (op === 'list') return { type: 'array' }
    if (op === 'map') return { type: 'object' }
    if (TRUTHS.has(op)) return BOOLEAN
    return op === 'call' || op === 'rcall' ? RESULTS[args[0]] : undefined
  }

  #visit(children: unknown): void {
    if (Array.isArray(children)) for (const child of children) this.#visit(child)
    else if (isAstNode(children)) this.infer(children)
  }

  #property(object: ASTNode, name: string): Schema | undefined {
    const found = propertyOf(this.infer(object), name)
    if (found === undefined || !('excluded' in found)) return found
    this.excluded.push(`asks for \`${name}\` of a value that ${String(found.excluded)}`)
    return undefined
  }

  #element(object: ASTNode, key: ASTNode): Schema | undefined {
    if (key.op === 'value' && typeof key.args === 'string') return this.#property(object, key.args)
    this.infer(key)
    return elementOf(this.infer(object))
  }

  #comparison({ op, args }: ASTNode): Schema {
    const [a, b] = (args as readonly ASTNode[]).map((side) => kindOf(this.infer(side)))
    const isUnknown = a === undefined || b === undefined
    // Everything may be compared with null, to find out whether it is there.
    const mayBeEqual = EQUALITIES.has(op) && (a === 'null' || b === 'null')
    const hasNoOrder = ORDERS.has(op) && [a, b].some((kind) => kind && !hasOrder(kind))
    if (!isUnknown && !mayBeEqual && (a !== b || hasNoOrder)) {
      this.mismatches.push(`compares (\`${op}\`) ${a} with ${b}`)
    }
    return BOOLEAN
  }

  /** `list.map(item, …)`: inside of it, the name is an element of the list. */
  #macro(args: readonly unknown[]): Schema | undefined {
    const [name, receiver, inner] = args as [string, ASTNode, readonly ASTNode[]]
    const list = this.infer(receiver)
    const [variable, ...rest] = inner
    if (variable?.op !== 'id') return undefined
    this.#bound.set(variable.args, elementOf(list))
    const results = rest.map((part) => this.infer(part))
    this.#bound.delete(variable.args)
    if (name === 'filter') return list
    const items = results.at(-1)
    return name === 'map' ? { type: 'array', ...(items && { items }) } : RESULTS[name]
  }
}

/** What expressions see of a node, as far as it is known. */
function entryOf(data: Schema | undefined): Schema {
  return { type: 'object', properties: { data: data ?? {}, meta: {}, error: {} } }
}

function literal(value: unknown): Schema | undefined {
  if (value === null) return { type: 'null' }
  if (typeof value === 'bigint') return { type: 'integer' }
  const type = typeof value
  return type === 'string' || type === 'number' || type === 'boolean' ? { type } : undefined
}

function hasOrder(kind: string): boolean {
  return kind === 'text' || kind === 'number' || kind === 'true or false'
}

/** The schema of the input of a run, from the node that it starts at. */
export function inputSchemaOf(config: Readonly<Record<string, unknown>> | undefined) {
  const schema = config?.inputSchema
  if (!isSchema(schema)) return undefined
  // Unlike a node type, whoever wrote this may take more than it lists.
  return { ...schema, additionalProperties: schema.additionalProperties ?? true }
}
