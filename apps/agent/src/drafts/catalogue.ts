import type { NodeType } from '@dure/engine'

type Schema = Readonly<Record<string, unknown>>

/** Serve tests and people, and no draft needs them. */
const LEFT_OUT: ReadonlySet<string> = new Set(['echo', 'note'])
const MAX_DEPTH = 4

/**
 * Every type of node in two lines: what it does and how it is left, and its settings as a model reads
 * them with the fewest tokens. Made of the definitions themselves: what a type learns, this says.
 */
export function describeNodeTypes(nodeTypes: ReadonlyMap<string, NodeType>): string {
  return [...nodeTypes.values()]
    .filter(({ type }) => !LEFT_OUT.has(type))
    .map(describeNodeType)
    .join('\n')
}

function describeNodeType({ type, description, ports, config, kind }: NodeType): string {
  const ways = typeof ports === 'function' ? 'as configured' : ports.join(', ') || 'none'
  const body = kind === 'container' ? '; has a `body`, beside `config`' : ''
  return `${type}: ${description}. Ports: ${ways}${body}\n  config: ${describe(config, 0)}`
}

function describe(schema: unknown, depth: number): string {
  const { 'x-dure-expression': expression, enum: values, anyOf, type, ...rest } = Object(schema)
  if (expression !== undefined) return EXPRESSIONS[String(expression)] ?? 'text'
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join('|')
  if ('const' in rest) return JSON.stringify(rest.const)
  if (Array.isArray(anyOf)) return anyOf.map((one) => describe(one, depth)).join('|')
  if (type === 'array') return `[${describe(rest.items, depth)}, …]`
  if (type === 'object') return describeObject(rest, depth)
  return describeScalar(type, rest)
}

const EXPRESSIONS: Readonly<Record<string, string>> = {
  expression: 'CEL',
  template: 'template',
  deep: 'JSON of templates',
}

function describeObject({ properties, required, patternProperties }: Schema, depth: number) {
  if (depth >= MAX_DEPTH) return '{…}'
  const [anything] = Object.values(Object(patternProperties))
  if (anything !== undefined) return `{<name>: ${describe(anything, depth + 1)}}`
  const names = Array.isArray(required) ? required : []
  const fields = Object.entries(Object(properties)).map(([name, schema]) => {
    const { default: otherwise } = Object(schema) as Schema
    const isOptional = !names.includes(name) || otherwise !== undefined
    const value = otherwise === undefined ? '' : ` = ${JSON.stringify(otherwise)}`
    return `${name}${isOptional ? '?' : ''}: ${describe(schema, depth + 1)}${value}`
  })
  return fields.length === 0 ? '{}' : `{${fields.join(', ')}}`
}

function describeScalar(type: unknown, { minimum, maximum, pattern, examples }: Schema): string {
  if (typeof type !== 'string') return 'JSON'
  if (typeof pattern === 'string') {
    const [example] = Array.isArray(examples) ? examples : []
    return example === undefined ? `text like ${pattern}` : `text like ${JSON.stringify(example)}`
  }
  const isBounded = minimum !== undefined && maximum !== undefined
  return isBounded ? `${type} ${minimum}..${maximum}` : type === 'string' ? 'text' : type
}
