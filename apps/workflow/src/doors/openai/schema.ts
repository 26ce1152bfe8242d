import { Type } from 'typebox'

/** No NUL: PostgreSQL has none in a text. */
export const ModelName = Type.String({
  minLength: 1,
  maxLength: 300,
  pattern: '^[^\\u0000]+$',
  description:
    '`workflow:<name>` or `agent:<name>`, or its id instead of the name; after `@` an alias',
  examples: ['workflow:support@prod', 'agent:order-desk'],
  'x-dure-ref': 'model',
})

export const ModelView = Type.Object(
  {
    id: Type.String(),
    object: Type.Literal('model'),
    created: Type.Integer({ description: 'Seconds since 1970' }),
    owned_by: Type.String(),
  },
  { $id: 'OpenAiModel' },
)

export const ModelList = Type.Object(
  {
    object: Type.Literal('list'),
    data: Type.Array(ModelView),
    has_more: Type.Boolean({ description: 'Go on with `after`: the id of the last one' }),
  },
  { $id: 'OpenAiModelList' },
)

/** What clients of OpenAI's API say of how the model is to be set. The workflow may heed it. */
export const SETTINGS = {
  temperature: Type.Optional(Type.Union([Type.Number(), Type.Null()])),
  top_p: Type.Optional(Type.Union([Type.Number(), Type.Null()])),
  max_tokens: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
  max_completion_tokens: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
  max_output_tokens: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
  presence_penalty: Type.Optional(Type.Union([Type.Number(), Type.Null()])),
  frequency_penalty: Type.Optional(Type.Union([Type.Number(), Type.Null()])),
  seed: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
  stop: Type.Optional(
    Type.Union([Type.String(), Type.Array(Type.String(), { maxItems: 16 }), Type.Null()]),
  ),
  reasoning_effort: Type.Optional(Type.Union([Type.String({ maxLength: 20 }), Type.Null()])),
  verbosity: Type.Optional(Type.Union([Type.String({ maxLength: 20 }), Type.Null()])),
}

/** Taken, so that clients need not be told otherwise, and of no effect. */
export const IGNORED = {
  user: Type.Optional(Type.String({ maxLength: 1000 })),
  safety_identifier: Type.Optional(Type.String({ maxLength: 1000 })),
  prompt_cache_key: Type.Optional(Type.String({ maxLength: 1000 })),
  service_tier: Type.Optional(Type.Union([Type.String({ maxLength: 20 }), Type.Null()])),
  store: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
  parallel_tool_calls: Type.Optional(Type.Boolean()),
  tool_choice: Type.Optional(Type.Enum(['none', 'auto'])),
  tools: Type.Optional(
    Type.Array(Type.Unknown(), { maxItems: 0, description: 'None: the workflow has its own' }),
  ),
}

/** What a run gets besides the conversation. */
export const FIELDS = {
  metadata: Type.Optional(
    Type.Record(Type.String({ maxLength: 64 }), Type.String({ maxLength: 512 }), {
      maxProperties: 16,
      description: 'Each is a field of the input of the run, as text',
    }),
  ),
  extra: Type.Optional(
    Type.Record(Type.String({ maxLength: 200 }), Type.Unknown(), {
      maxProperties: 100,
      description:
        'Each is a field of the input of the run, as it is. Not part of the API of OpenAI',
    }),
  ),
}

const Part = Type.Object({
  type: Type.String({ maxLength: 100 }),
  text: Type.Optional(Type.String()),
})

export const Role = Type.Enum(['system', 'developer', 'user', 'assistant', 'tool', 'function'])
export const Content = Type.Union([Type.String(), Type.Null(), Type.Array(Part, { maxItems: 100 })])

const Message = Type.Object(
  { role: Role, content: Type.Optional(Content) },
  { description: 'Of a message, the run gets whatever it has' },
)

export const ChatRequest = Type.Object(
  {
    model: ModelName,
    messages: Type.Array(Message, { minItems: 1, maxItems: 1000 }),
    stream: Type.Optional(Type.Union([Type.Boolean(), Type.Null()])),
    stream_options: Type.Optional(
      Type.Union([
        Type.Object({
          include_usage: Type.Optional(Type.Boolean()),
          include_obfuscation: Type.Optional(Type.Boolean()),
        }),
        Type.Null(),
      ]),
    ),
    n: Type.Optional(Type.Literal(1)),
    logprobs: Type.Optional(Type.Literal(false)),
    response_format: Type.Optional(Type.Object({ type: Type.Literal('text') })),
    modalities: Type.Optional(Type.Array(Type.Literal('text'), { maxItems: 1 })),
    ...FIELDS,
    ...SETTINGS,
    ...IGNORED,
  },
  { additionalProperties: false, $id: 'OpenAiChatRequest' },
)

const Usage = Type.Object({
  prompt_tokens: Type.Integer(),
  completion_tokens: Type.Integer(),
  total_tokens: Type.Integer(),
})

export const ChatCompletion = Type.Object(
  {
    id: Type.String({ examples: ['chatcmpl-0198c0de4a7b7c3e9f10223344556677'] }),
    object: Type.Literal('chat.completion'),
    created: Type.Integer({ description: 'Seconds since 1970' }),
    model: Type.String(),
    choices: Type.Array(
      Type.Object({
        index: Type.Integer(),
        message: Type.Object({
          role: Type.Literal('assistant'),
          content: Type.String(),
          refusal: Type.Null(),
        }),
        logprobs: Type.Null(),
        finish_reason: Type.Literal('stop'),
      }),
    ),
    usage: Usage,
  },
  { $id: 'OpenAiChatCompletion' },
)
