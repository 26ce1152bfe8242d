import { type FieldProblem, guardrailProblems, InvalidInputError } from '@dure/kernel'
import type { AgentDefinition } from './definition.ts'
import { jsonSchemaProblems } from './json-schema.ts'

/**
 * All that is wrong with a definition beside its form, each with a pointer to its field. What a name
 * of a tool, a model or a knowledge base stands for is found when an execution begins.
 */
function definitionProblems(definition: AgentDefinition, base: string): FieldProblem[] {
  const { model, fallbackModels, tools, knowledgeBaseIds, outputSchema, guardrails } = definition
  const models = model === undefined ? fallbackModels : [model, ...fallbackModels]
  const offset = models.length - fallbackModels.length
  return [
    ...repeated(models, (index) => `${base}/fallbackModels/${index - offset}`, 'model'),
    ...repeated(
      tools.map(({ tool }) => tool),
      (index) => `${base}/tools/${index}/tool`,
      'tool',
    ),
    ...repeated(knowledgeBaseIds, (index) => `${base}/knowledgeBaseIds/${index}`, 'knowledge base'),
    ...(outputSchema ? jsonSchemaProblems(outputSchema, `${base}/outputSchema`) : []),
    ...guardrailProblems(guardrails, `${base}/guardrails`),
    ...guardrails.flatMap(({ config }, index) =>
      isSchema(config?.schema)
        ? jsonSchemaProblems(config.schema, `${base}/guardrails/${index}/config/schema`)
        : [],
    ),
    ...tools.flatMap(({ constraints }, index) =>
      constraints ? jsonSchemaProblems(constraints, `${base}/tools/${index}/constraints`) : [],
    ),
  ]
}

/** @throws InvalidInputError `agent.invalid`, with every problem and a pointer to each */
export function checkDefinition(definition: AgentDefinition, base: string): AgentDefinition {
  const problems = definitionProblems(definition, base)
  if (problems.length === 0) return definition
  const detail = `The definition has ${problems.length} problem(s): see errors`
  throw new InvalidInputError('agent.invalid', detail, problems)
}

function repeated(
  names: readonly string[],
  pointerTo: (index: number) => string,
  what: string,
): FieldProblem[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) < index
      ? [{ pointer: pointerTo(index), message: `is a ${what} that stands there already` }]
      : [],
  )
}

function isSchema(schema: unknown): schema is Record<string, unknown> {
  return typeof schema === 'object' && schema !== null && !Array.isArray(schema)
}
