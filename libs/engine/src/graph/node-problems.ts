import type { FieldProblem } from '@dure/kernel'
import type { TObject } from 'typebox'
import { Compile } from 'typebox/compile'
import { Value } from 'typebox/value'
import { compileExpression, expressionProblem } from '../expressions/expression.ts'
import { compileTemplate } from '../expressions/template.ts'
import { EXPRESSION_KEYWORD, type NodeType } from '../nodes/define.ts'
import { type ShapeValidator, shapeProblems } from './config-shape.ts'

/** A place in a configuration where an expression names a node. */
export interface Reference {
  readonly pointer: string
  readonly nodeId: string
}

/** One valid expression; a template has one for each of its holes. */
export interface FoundExpression {
  readonly pointer: string
  readonly source: string
}

export interface ExpressionFindings {
  readonly problems: readonly FieldProblem[]
  readonly references: readonly Reference[]
  readonly expressions: readonly FoundExpression[]
}

export interface NodeFindings extends ExpressionFindings {
  /** With its defaults filled in; absent when its shape is wrong. */
  readonly config: Readonly<Record<string, unknown>> | undefined
}

/** What is wrong with the configuration of one node, and which other nodes it names. */
export function inspectConfig(nodeType: NodeType, config: unknown, pointer: string): NodeFindings {
  // A clone: `Default` fills in what the author left out, in place.
  const value = Value.Default(nodeType.config, Value.Clone(config))
  const code = 'node.invalid-config'
  const shape = shapeProblems(validatorOf(nodeType.config), value, { pointer, code })
  const found = inspectExpressions(nodeType.config, config, pointer)
  return {
    ...found,
    problems: [...shape, ...found.problems],
    config: shape.length === 0 ? (value as Record<string, unknown>) : undefined,
  }
}

const validators = new WeakMap<object, ShapeValidator>()

/** Compiling takes longer than a thousand checks. */
function validatorOf(schema: TObject): ShapeValidator {
  const known = validators.get(schema)
  if (known) return known
  const validator = Compile(schema)
  validators.set(schema, validator)
  return validator
}

/** Walks value and schema side by side: the schema says which strings are expressions. */
export function inspectExpressions(
  schema: unknown,
  value: unknown,
  pointer: string,
): ExpressionFindings {
  if (!isObject(schema)) return NOTHING
  const kind = schema[EXPRESSION_KEYWORD]
  if (kind === 'deep') return inspectDeep(value, pointer)
  const { anyOf } = schema
  if (kind === undefined && Array.isArray(anyOf)) {
    const variants = anyOf.map((variant) => inspectExpressions(variant, value, pointer))
    return variants.find((variant) => variant !== NOTHING) ?? NOTHING
  }
  if (typeof value === 'string') {
    return kind === undefined ? NOTHING : inspectText(kind === 'expression', value, pointer)
  }
  if (!isObject(value)) return NOTHING
  const found = Object.entries(value).map(([key, child]) =>
    inspectExpressions(schemaAt(schema, key), child, `${pointer}/${escapePointer(key)}`),
  )
  return combine(found)
}

function schemaAt(schema: Readonly<Record<string, unknown>>, key: string): unknown {
  const { properties, patternProperties, additionalProperties, items } = schema
  if (isObject(properties) && Object.hasOwn(properties, key)) return properties[key]
  const [pattern] = isObject(patternProperties) ? Object.values(patternProperties) : []
  return pattern ?? items ?? additionalProperties
}

function inspectDeep(value: unknown, pointer: string): ExpressionFindings {
  if (typeof value === 'string') return inspectText(false, value, pointer)
  if (!isObject(value)) return NOTHING
  return combine(
    Object.entries(value).map(([key, child]) =>
      inspectDeep(child, `${pointer}/${escapePointer(key)}`),
    ),
  )
}

function inspectText(isExpression: boolean, source: string, pointer: string): ExpressionFindings {
  try {
    const { references } = isExpression ? compileExpression(source) : compileTemplate(source)
    const sources = isExpression ? [source] : holesOf(source)
    return {
      problems: [],
      references: [...references].map((nodeId) => ({ pointer, nodeId })),
      expressions: sources.map((one) => ({ pointer, source: one })),
    }
  } catch (error) {
    return { ...NOTHING, problems: [expressionProblem(error, pointer)] }
  }
}

/** Of a template that compiles: each `{{` has a `}}`. */
function holesOf(template: string): string[] {
  return [...template.matchAll(/\{\{(.*?)\}\}/gs)].map(([, hole = '']) => hole.trim())
}

const NOTHING: ExpressionFindings = { problems: [], references: [], expressions: [] }

function combine(findings: readonly ExpressionFindings[]): ExpressionFindings {
  const some = findings.filter((finding) => finding !== NOTHING)
  if (some.length <= 1) return some[0] ?? NOTHING
  return {
    problems: some.flatMap(({ problems }) => problems),
    references: some.flatMap(({ references }) => references),
    expressions: some.flatMap(({ expressions }) => expressions),
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/** RFC 6901 §3. */
export function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}
