import { agentQueue, outgoing, RanCode, RunCode } from '@dure/contracts'
import { Type } from 'typebox'
import { renderDeep } from '../expressions/template.ts'
import { DeepTemplate, defineTaskNode, OUT } from './define.ts'

const { source } = RunCode.properties

/** A subset of JSON Schema without patterns: a regular expression of a user can hang a process. */
const OutputProperty = Type.Object(
  {
    type: Type.Enum(['string', 'number', 'integer', 'boolean', 'object', 'array', 'null']),
    description: Type.Optional(Type.String({ maxLength: 1000 })),
  },
  { additionalProperties: false },
)

export const OutputSchema = Type.Object(
  {
    type: Type.Literal('object'),
    properties: Type.Record(Type.String({ maxLength: 100 }), OutputProperty, {
      maxProperties: 100,
    }),
    required: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 100 })),
    additionalProperties: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false, description: 'What the result has to be; else the node fails' },
)

export const code = defineTaskNode({
  type: 'code',
  title: 'Code',
  description:
    'Runs JavaScript of yours, in a sandbox without network, files or clock; its data is { result, logs }',
  ports: [OUT],
  effect: () => 'read',
  defaultTimeoutMs: 5000,
  output: RanCode,
  config: Type.Object(
    {
      source,
      input: Type.Optional(DeepTemplate('what the code gets as `input`; absent: {}')),
      outputSchema: Type.Optional(OutputSchema),
    },
    { additionalProperties: false },
  ),
  // The source is no template: what a user says must not become a part of it.
  message: ({ input = {}, ...rest }, scope, task) =>
    outgoing(agentQueue, 'task.run-code', {
      task,
      input: { ...rest, input: renderDeep(input, scope) },
    }),
})
