import type { FieldProblem } from '@dure/kernel'
import { Compile } from 'typebox/compile'
import type { Graph } from '../workflows/graph.ts'

/** Where the input of a run differs from what the start node asks for. */
export function inputProblems({ nodes }: Graph, input: unknown): FieldProblem[] {
  const schema = nodes.find(({ type }) => type === 'start')?.config.inputSchema
  if (typeof schema !== 'object' || schema === null) return []
  const validator = Compile(schema)
  if (validator.Check(input)) return []
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
