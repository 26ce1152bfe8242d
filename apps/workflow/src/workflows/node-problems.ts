import type { FieldProblem } from '@dure/kernel'
import { Compile } from 'typebox/compile'
import { Value } from 'typebox/value'
import { compileExpression, expressionProblem } from '../expressions/expression.ts'
import { compileTemplate } from '../expressions/template.ts'
import { EXPRESSION_KEYWORD, type NodeType } from '../nodes/define.ts'

/** A place in a configuration where an expression names a node. */
export interface Reference {
  readonly pointer: string
  readonly nodeId: string
}

export interface NodeFindings {
  readonly problems: readonly FieldProblem[]
  readonly references: readonly Reference[]
}

/** What is wrong with the configuration of one node, and which other nodes it names. */
export function inspectConfig(nodeType: NodeType, config: unknown, pointer: string): NodeFindings {
  const shape = shapeProblems(nodeType, config, pointer)
  const expressions = inspectExpressions(nodeType.config, config, pointer)
  return { problems: [...shape, ...expressions.problems], references: expressions.references }
}

function shapeProblems(nodeType: NodeType, config: unknown, pointer: string): FieldProblem[] {
  const value = Value.Default(nodeType.config, Value.Clone(config))
  const validator = Compile(nodeType.config)
  if (validator.Check(value)) return []
  return validator
    .Errors(value)
    .filter(({ keyword }) => keyword !== 'additionalProperties')
    .map(({ instancePath, keyword, message, params }) => ({
      code: 'node.invalid-config' as const,
      pointer: `${pointer}${instancePath}${missingProperty(keyword, params)}`,
      message:
        keyword === 'required'
          ? 'is missing'
          : keyword === 'boolean'
            ? 'is not a known property'
            : message,
    }))
}

function missingProperty(keyword: string, params: object): string {
  if (keyword !== 'required' || !('requiredProperties' in params)) return ''
  const [name] = params.requiredProperties as string[]
  return name === undefined ? '' : `/${name}`
}

/** Walks value and schema side by side: the schema says which strings are expressions. */
function inspectExpressions(schema: unknown, value: unknown, pointer: string): NodeFindings {
  if (typeof schema !== 'object' || schema === null) return NOTHING
  const kind = (schema as Record<string, unknown>)[EXPRESSION_KEYWORD]
  if (kind === 'deep') return inspectDeep(value, pointer)
  if (typeof value === 'string') {
    return kind === undefined ? NOTHING : inspectText(kind === 'expression', value, pointer)
  }
  if (typeof value !== 'object' || value === null) return NOTHING
  const { properties = {}, patternProperties = {}, items } = schema as Record<string, object>
  const [rest] = Object.values(patternProperties ?? {})
  return combine(
    Object.entries(value).map(([key, child]) =>
      inspectExpressions(
        (properties as Record<string, unknown>)[key] ?? rest ?? items,
        child,
        `${pointer}/${escapePointer(key)}`,
      ),
    ),
  )
}

function inspectDeep(value: unknown, pointer: string): NodeFindings {
  if (typeof value === 'string') return inspectText(false, value, pointer)
  if (typeof value !== 'object' || value === null) return NOTHING
  return combine(
    Object.entries(value).map(([key, child]) =>
      inspectDeep(child, `${pointer}/${escapePointer(key)}`),
    ),
  )
}

function inspectText(isExpression: boolean, source: string, pointer: string): NodeFindings {
  try {
    const { references } = isExpression ? compileExpression(source) : compileTemplate(source)
    return { problems: [], references: [...references].map((nodeId) => ({ pointer, nodeId })) }
  } catch (error) {
    return { problems: [expressionProblem(error, pointer)], references: [] }
  }
}

const NOTHING: NodeFindings = { problems: [], references: [] }

function combine(findings: readonly NodeFindings[]): NodeFindings {
  return {
    problems: findings.flatMap(({ problems }) => problems),
    references: findings.flatMap(({ references }) => references),
  }
}

/** RFC 6901 §3. */
function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}
