import { Type } from 'typebox'
import { definePureNode, OUT } from './define.ts'

const Length = Type.Integer({ minimum: 0, maximum: 1_000_000 })
const Bound = Type.Number({
  minimum: Number.MIN_SAFE_INTEGER,
  maximum: Number.MAX_SAFE_INTEGER,
})

/** A subset of JSON Schema without patterns: a regular expression of a user can hang a process. */
const InputProperty = Type.Object(
  {
    type: Type.Enum(['string', 'number', 'integer', 'boolean', 'object', 'array']),
    description: Type.Optional(Type.String({ maxLength: 1000 })),
    minLength: Type.Optional(Length),
    maxLength: Type.Optional(Length),
    minimum: Type.Optional(Bound),
    maximum: Type.Optional(Bound),
    minItems: Type.Optional(Length),
    maxItems: Type.Optional(Length),
    enum: Type.Optional(
      Type.Array(Type.Union([Type.String({ maxLength: 1000 }), Bound]), { maxItems: 100 }),
    ),
  },
  { additionalProperties: false },
)

const InputSchema = Type.Object(
  {
    type: Type.Literal('object'),
    properties: Type.Record(Type.String({ maxLength: 100 }), InputProperty, { maxProperties: 100 }),
    required: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 100 })),
    additionalProperties: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
)

export const start = definePureNode({
  type: 'start',
  title: 'Start',
  description: 'Where a run begins; its data is the input of the run',
  ports: [OUT],
  config: Type.Object({ inputSchema: Type.Optional(InputSchema) }, { additionalProperties: false }),
  evaluate: (_config, { input }) => ({ port: OUT, data: input }),
})
