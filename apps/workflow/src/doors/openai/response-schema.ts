import { Type } from 'typebox'
import { Content, FIELDS, IGNORED, ModelName, Role, SETTINGS } from './schema.ts'

const Item = Type.Object(
  { type: Type.Optional(Type.Literal('message')), role: Role, content: Content },
  { description: 'A message. Calls of tools and their results are the workflow’s own' },
)

export const ResponseRequest = Type.Object(
  {
    model: ModelName,
    input: Type.Union([Type.String(), Type.Array(Item, { minItems: 1, maxItems: 1000 })]),
    instructions: Type.Optional(
      Type.Union([Type.String(), Type.Null()], { description: 'The first message, of the system' }),
    ),
    stream: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
    background: Type.Optional(
      Type.Union([Type.Boolean(), Type.Null()], {
        description: 'Answers at once; the run goes on whether anybody waits or not',
      }),
    ),
    previous_response_id: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    conversation: Type.Optional(Type.Unknown()),
    text: Type.Optional(
      Type.Object({
        format: Type.Optional(Type.Object({ type: Type.Literal('text') })),
        verbosity: Type.Optional(Type.Union([Type.String({ maxLength: 20 }), Type.Null()])),
      }),
    ),
    reasoning: Type.Optional(Type.Union([Type.Object({}), Type.Null()])),
    include: Type.Optional(Type.Union([Type.Array(Type.String(), { maxItems: 20 }), Type.Null()])),
    stream_options: Type.Optional(Type.Union([Type.Object({}), Type.Null()])),
    truncation: Type.Optional(Type.Union([Type.Enum(['auto', 'disabled']), Type.Null()])),
    ...FIELDS,
    ...SETTINGS,
    ...IGNORED,
  },
  { additionalProperties: false, $id: 'OpenAiResponseRequest' },
)

const OutputText = Type.Object({
  type: Type.Literal('output_text'),
  text: Type.String(),
  annotations: Type.Array(Type.Unknown()),
  logprobs: Type.Array(Type.Unknown()),
})

const OutputMessage = Type.Object({
  id: Type.String({ examples: ['msg_0198c0de4a7b7c3e9f10223344556677'] }),
  type: Type.Literal('message'),
  role: Type.Literal('assistant'),
  status: Type.Enum(['in_progress', 'completed']),
  content: Type.Array(OutputText),
})

const Usage = Type.Object({
  input_tokens: Type.Integer(),
  input_tokens_details: Type.Object({
    cached_tokens: Type.Integer(),
    cache_write_tokens: Type.Integer(),
  }),
  output_tokens: Type.Integer(),
  output_tokens_details: Type.Object({ reasoning_tokens: Type.Integer() }),
  total_tokens: Type.Integer(),
})

export const ResponseView = Type.Object(
  {
    id: Type.String({
      description: 'Of the run, with `resp` for `run`',
      examples: ['resp_0198c0de4a7b7c3e9f10223344556677'],
    }),
    object: Type.Literal('response'),
    created_at: Type.Integer({ description: 'Seconds since 1970' }),
    completed_at: Type.Union([Type.Integer(), Type.Null()]),
    status: Type.Enum(['queued', 'in_progress', 'completed', 'failed', 'cancelled']),
    background: Type.Boolean(),
    error: Type.Union([Type.Object({ code: Type.String(), message: Type.String() }), Type.Null()]),
    incomplete_details: Type.Null(),
    instructions: Type.Null(),
    metadata: Type.Record(Type.String(), Type.String()),
    model: Type.String(),
    output: Type.Array(OutputMessage),
    parallel_tool_calls: Type.Boolean(),
    previous_response_id: Type.Null(),
    store: Type.Literal(true),
    temperature: Type.Null(),
    text: Type.Object({ format: Type.Object({ type: Type.Literal('text') }) }),
    tool_choice: Type.Literal('none'),
    tools: Type.Array(Type.Unknown()),
    top_p: Type.Null(),
    truncation: Type.Literal('disabled'),
    usage: Type.Union([Usage, Type.Null()]),
  },
  { $id: 'OpenAiResponse' },
)
