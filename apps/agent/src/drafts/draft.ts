import { completeGraph, Graph, type GraphValidation, nodeTypes, validateGraph } from '@dure/engine'
import type { FieldProblem } from '@dure/kernel'
import { type Static, type TSchema, Type } from 'typebox'
import { Value } from 'typebox/value'
import { draftRules } from './draft-rules.ts'

const Short = Type.String({ maxLength: 2000 })

const ProposedTrigger = Type.Union([
  Type.Object({
    kind: Type.Literal('schedule'),
    cron: Type.String({ pattern: '^[0-9A-Z*/,?#L-]+(?: [0-9A-Z*/,?#L-]+){4,5}$', maxLength: 200 }),
    timeZone: Type.String({ minLength: 1, maxLength: 64 }),
  }),
  Type.Object({ kind: Type.Literal('webhook') }),
  Type.Object({
    kind: Type.Literal('event'),
    eventName: Type.String({ pattern: '^[a-z][a-z0-9_.-]{0,99}$' }),
  }),
])
export type ProposedTrigger = Static<typeof ProposedTrigger>

const AroundGraph = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 200 }),
  explanation: Short,
  assumptions: Type.Array(Short, { maxItems: 20 }),
  triggers: Type.Array(ProposedTrigger, { maxItems: 5 }),
})

/** What a model is asked for. Graphs are left open here: their own validator says far more about them. */
export const OUTPUT_SCHEMA = Type.Object({
  ...AroundGraph.properties,
  triggers: Type.Array(Type.Object({ kind: Type.Enum(['schedule', 'webhook', 'event']) })),
  graph: Type.Object({ nodes: Type.Array(Type.Object({})), edges: Type.Array(Type.Object({})) }),
})

export interface Draft extends Static<typeof AroundGraph> {
  readonly graph: Graph
  readonly warnings: GraphValidation['warnings']
}

export type ReadDraft =
  | { readonly draft: Draft }
  | { readonly problems: readonly FieldProblem[]; readonly draft?: undefined }

const MAX_PROBLEMS = 20
const MAX_TEXT_UNITS = 262_144

/**
 * What a model has written, if it can be taken as a workflow of its user's. Nothing in it is believed:
 * it is of the right shape, passes the validator of all workflows and the rules of drafts, or it is
 * refused with everything that is wrong.
 *
 * @param description of the user: ids and addresses that stand in it are the user's own
 */
export function readDraft(text: string, description: string): ReadDraft {
  const written = text.length > MAX_TEXT_UNITS ? undefined : objectIn(text)
  if (!written) return refuse([{ pointer: '#', message: 'is no JSON object of this size' }])
  const around = Value.Default(AroundGraph, pick(written, Object.keys(AroundGraph.properties)))
  const graph = Value.Default(Graph, written.graph ?? {})
  const misshapen = [
    ...shapeProblems(AroundGraph, around, '#'),
    ...shapeProblems(Graph, graph, '#/graph'),
  ]
  if (misshapen.length > 0) return refuse(misshapen)
  // The checks above are what makes these casts true.
  const { triggers, ...rest } = around as Static<typeof AroundGraph>
  const { problems, warnings } = validateGraph(graph as Graph, nodeTypes, '#/graph')
  if (problems.length > 0) return refuse([...problems, ...timeZoneProblems(triggers)])
  const whole = completeGraph(graph as Graph)
  const rules = draftRules(whole, description)
  const wrong = [...rules.problems, ...timeZoneProblems(triggers)]
  if (wrong.length > 0) return refuse(wrong)
  return {
    draft: { ...rest, triggers, graph: whole, warnings: [...warnings, ...rules.warnings] },
  }
}

function refuse(problems: readonly FieldProblem[]): ReadDraft {
  return { problems: problems.slice(0, MAX_PROBLEMS) }
}

function pick(from: Readonly<Record<string, unknown>>, names: readonly string[]) {
  const found = names.filter((name) => from[name] !== undefined)
  return Object.fromEntries(found.map((name) => [name, from[name]]))
}

export function shapeProblems(schema: TSchema, value: unknown, base: string): FieldProblem[] {
  if (Value.Check(schema, value)) return []
  return Value.Errors(schema, value)
    .slice(0, MAX_PROBLEMS)
    .map(({ instancePath, message }) => ({ pointer: `${base}${instancePath}`, message }))
}

function timeZoneProblems(triggers: readonly ProposedTrigger[]): FieldProblem[] {
  return triggers.flatMap((trigger, index) => {
    if (trigger.kind !== 'schedule' || isTimeZone(trigger.timeZone)) return []
    const message = 'is no time zone of IANA, such as Asia/Seoul'
    return [{ pointer: `#/triggers/${index}/timeZone`, message }]
  })
}

function isTimeZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }) !== undefined
  } catch {
    return false
  }
}

/** The JSON object in an answer: models like to put a fence around it, or a sentence before it. */
export function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const json = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)
    const value: unknown = JSON.parse(json, usable)
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

/** Without what no request may have: a prototype, and text that no database stores. */
function usable(key: string, value: unknown): unknown {
  if (key === '__proto__') return undefined
  return typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value
}
