import { KnowledgeBaseId, MEMORY_SCOPES } from '@dure/contracts'
import { type Static, Type } from 'typebox'

/** Of a thread, where a definition does not say how many. */
export const MAX_TOLD_MESSAGES = 20

const modelName = (options: { readonly description?: string } = {}) =>
  Type.String({
    minLength: 1,
    maxLength: 200,
    pattern: '^[^\\u0000]+$',
    examples: ['demo'],
    ...options,
  })

/** JSON Schema; which words of it are taken is checked by `checkDefinition`. */
const JsonSchema = (description: string) =>
  Type.Record(Type.String(), Type.Unknown(), { description, maxProperties: 100 })

/** What an agent may do with a tool. */
const Grant = Type.Object(
  {
    tool: Type.String({
      pattern: '^[a-z][a-z0-9_.:/-]{0,199}$',
      description:
        'A tool that is built in, one of the registry of the project, or `mcp:<server>/<tool>`',
      examples: ['calculator'],
    }),
    approval: Type.Optional(
      Type.Enum(['never', 'always', 'policy'], {
        description:
          'Whether a human decides before it is called. Absent: `policy`, for writes after untrusted content',
      }),
    ),
    config: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), {
        description: 'As the tool wants it, such as the hosts that it may reach',
      }),
    ),
    constraints: Type.Optional(
      JsonSchema('JSON Schema that the arguments must meet beside that of the tool'),
    ),
  },
  { additionalProperties: false },
)

const GuardrailRule = Type.Object(
  {
    check: Type.Enum(['pii', 'injection', 'links', 'moderation', 'schema', 'regex']),
    action: Type.Enum(['block', 'redact', 'flag']),
    on: Type.Enum(['input', 'output', 'both', 'tool-arguments', 'tool-result'], {
      description:
        '`both`: what is said to the agent and by it. What it hands to tools, and what they give back, has rules of its own',
    }),
    config: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  { additionalProperties: false },
)

/** Without a word of theirs. */
const DEFAULT_LIMITS = {
  maxSteps: 20,
  maxTokens: 500_000,
  maxCostMicroUsd: 1_000_000,
  timeoutMs: 600_000,
} as const

const limit = (of: {
  readonly minimum: number
  readonly maximum: number
  readonly description: string
}) => Type.Integer(of)
const LIMITS = {
  maxSteps: limit({ minimum: 1, maximum: 200, description: 'Calls of the model' }),
  maxTokens: limit({
    minimum: 1,
    maximum: 100_000_000,
    description: 'Of all calls together, in and out',
  }),
  maxCostMicroUsd: limit({
    minimum: 0,
    maximum: 1_000_000_000,
    description: 'Micro-US-dollars of all calls together: 1 USD = 1,000,000',
  }),
  timeoutMs: limit({
    minimum: 1000,
    maximum: 604_800_000,
    description: 'From the start, waiting for approvals included',
  }),
}

/** Fewer than those of the agent, or nothing: what is absent is as the agent has it. */
export const LowerLimits = Type.Partial(Type.Object(LIMITS), { additionalProperties: false })

const Memory = Type.Object(
  {
    thread: Type.Object(
      {
        maxMessages: Type.Integer({
          minimum: 1,
          maximum: 200,
          default: MAX_TOLD_MESSAGES,
          description: 'So many of the last messages of a thread is the model told',
        }),
        summary: Type.Optional(
          Type.Object(
            {
              keepMessages: Type.Integer({
                ...{ minimum: 2, maximum: 80, default: 12 },
                description: 'So many of the last messages are always told as they were said',
              }),
            },
            {
              ...{ additionalProperties: false, examples: [{ keepMessages: 12 }] },
              description:
                'What is older is told as a summary, which its model writes after an answer, when there are twice as many messages. Then `maxMessages` does not count',
            },
          ),
        ),
      },
      { additionalProperties: false, default: { maxMessages: MAX_TOLD_MESSAGES } },
    ),
    scopes: Type.Optional(
      Type.Array(Type.Enum(MEMORY_SCOPES), {
        ...{ maxItems: MEMORY_SCOPES.length, uniqueItems: true, examples: [['user']] },
        description:
          'What it remembers beyond the thread, with `memory_read`, `memory_search` and `memory_write`: for itself, the project, the thread, or the person it works for',
      }),
    ),
    access: Type.Optional(
      Type.Enum(['read', 'write'], {
        description: 'Whether it may write there, too; absent: `write`',
      }),
    ),
  },
  { additionalProperties: false },
)

/** Where an execution ends, whatever the model wants. */
export const Limits = Type.Object(
  {
    maxSteps: Type.Integer({ ...LIMITS.maxSteps, default: DEFAULT_LIMITS.maxSteps }),
    maxTokens: Type.Integer({ ...LIMITS.maxTokens, default: DEFAULT_LIMITS.maxTokens }),
    maxCostMicroUsd: Type.Integer({
      ...LIMITS.maxCostMicroUsd,
      default: DEFAULT_LIMITS.maxCostMicroUsd,
    }),
    timeoutMs: Type.Integer({ ...LIMITS.timeoutMs, default: DEFAULT_LIMITS.timeoutMs }),
  },
  { additionalProperties: false, default: DEFAULT_LIMITS },
)
export type Limits = Static<typeof Limits>

/** All that an agent is: what it is told, may use and may spend. */
export const AgentDefinition = Type.Object(
  {
    instructions: Type.String({
      minLength: 1,
      maxLength: 100_000,
      pattern: '^[^\\u0000]+$',
      examples: ['You answer questions about orders. Be brief.'],
    }),
    model: Type.Optional(
      modelName({ description: 'Absent: the default model of the installation' }),
    ),
    fallbackModels: Type.Array(modelName(), {
      maxItems: 5,
      default: [],
      description: 'Asked in this order when the one before fails',
    }),
    temperature: Type.Optional(Type.Number({ minimum: 0, maximum: 2 })),
    maxOutputTokens: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
    tools: Type.Array(Grant, { maxItems: 64, default: [] }),
    knowledgeBaseIds: Type.Array(KnowledgeBaseId, {
      maxItems: 20,
      default: [],
      description: 'What `knowledge_search` looks in',
    }),
    outputSchema: Type.Optional(JsonSchema('JSON Schema of the answer; absent: text')),
    memory: Type.Optional(Memory),
    limits: Limits,
    guardrails: Type.Array(GuardrailRule, { maxItems: 32, default: [] }),
  },
  { additionalProperties: false, $id: 'AgentDefinition' },
)
export type AgentDefinition = Static<typeof AgentDefinition>
