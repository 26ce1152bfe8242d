import type { Graph } from '@dure/engine'
import type { FieldProblem } from '@dure/kernel'
import { Compile, type Validator } from 'typebox/compile'

/** Graphs of versions never change: what was compiled for one is good as long as the graph is there. */
const validators = new WeakMap<Graph, Validator | null>()

function validatorOf(graph: Graph): Validator | null {
  const known = validators.get(graph)
  if (known !== undefined) return known
  const schema = inputSchemaOf(graph)
  const validator = schema ? Compile(schema) : null
  validators.set(graph, validator)
  return validator
}

/** What the start node asks for; undefined: for nothing. */
export function inputSchemaOf(graph: Graph): object | undefined {
  const schema = graph.nodes.find(({ type }) => type === 'start')?.config.inputSchema
  return typeof schema === 'object' && schema !== null ? schema : undefined
}

/** Where the input of a run differs from what the start node asks for. */
export function inputProblems(graph: Graph, input: unknown): FieldProblem[] {
  const validator = validatorOf(graph)
  if (!validator || validator.Check(input)) return []
  return validator
    .Errors(input)
    .filter(({ keyword }) => keyword !== 'additionalProperties')
    .flatMap(({ keyword, instancePath, message, params }) => {
      const missing =
        keyword === 'required' && 'requiredProperties' in params
          ? (params.requiredProperties as string[])
          : []
      if (missing.length === 0) return [{ pointer: `#/input${instancePath}`, message }]
      return missing.map((name) => ({
        pointer: `#/input${instancePath}/${name}`,
        message: 'is missing',
      }))
    })
}
