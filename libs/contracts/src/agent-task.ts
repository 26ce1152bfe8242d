import { type Static, Type } from 'typebox'
import { AgentTeamId, ExecutionId, TeamRunId } from './ids.ts'

const limit = (maximum: number, minimum = 1) => Type.Optional(Type.Integer({ minimum, maximum }))

/** What was said before, the oldest first; whoever asks speaks as `system`, beside the instructions of the agent. */
const History = Type.Array(
  Type.Object({
    role: Type.Enum(['system', 'user', 'assistant']),
    content: Type.String({ minLength: 1, maxLength: 200_000 }),
  }),
  { maxItems: 1000 },
)

/** What an `agent` node asks for, all expressions already evaluated. */
export const RunAgent = Type.Object({
  agent: Type.String({
    pattern:
      '^(?:agt_[0-9a-f]{32}|[a-z][a-z0-9_-]{0,62})(?:@(?:[a-z][a-z0-9_-]{0,62}|[1-9][0-9]{0,8}))?$',
    description:
      'Its id or name, with `@` and an alias or the number of a version where not the published one is meant',
    examples: ['order-desk@prod'],
  }),
  input: Type.String({ minLength: 1, maxLength: 200_000 }),
  history: Type.Optional(History),
  /** The author of the workflow answers for the input. Absent: it counts as written by somebody outside. */
  isTrusted: Type.Optional(Type.Boolean()),
  /** Lower than those of the agent, or nothing. */
  limits: Type.Optional(
    Type.Object({
      maxSteps: limit(200),
      maxTokens: limit(100_000_000),
      maxCostMicroUsd: limit(1_000_000_000, 0),
    }),
  ),
})
export type RunAgent = Static<typeof RunAgent>

/** What comes back from it, and is the `data` of the node. */
export const RanAgent = Type.Object({
  output: Type.Unknown({ description: 'Text, or JSON where the agent has an `outputSchema`' }),
  /** Absent in what was recorded before. */
  text: Type.Optional(
    Type.String({
      description:
        'All that it has said, also between its calls of tools: each step a paragraph, the output last. With an `outputSchema`, the output as JSON',
    }),
  ),
  executionId: ExecutionId,
  steps: Type.Integer({ minimum: 0 }),
})
export type RanAgent = Static<typeof RanAgent>

/** What a `guardrail` node asks for that moderates, all expressions already evaluated. */
export const CheckText = Type.Object({
  text: Type.String({ maxLength: 1_000_000 }),
  rules: Type.Array(
    Type.Object({
      check: Type.Enum(['pii', 'injection', 'links', 'moderation', 'schema', 'regex']),
      action: Type.Enum(['block', 'redact', 'flag']),
      config: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    }),
    { minItems: 1, maxItems: 20 },
  ),
})
export type CheckText = Static<typeof CheckText>

/** What comes back from it, and is the `data` of the node. */
export const CheckedText = Type.Object({
  text: Type.String({ description: 'With a `[kind]` for each finding that is to be redacted' }),
  findings: Type.Array(
    Type.Object({
      check: Type.String(),
      kind: Type.String(),
      start: Type.Integer(),
      end: Type.Integer(),
      action: Type.String(),
    }),
    { description: '200 of them at most' },
  ),
  count: Type.Integer({ description: 'Of all findings' }),
  blocked: Type.Optional(Type.Boolean({ description: 'Where somebody was asked to moderate' })),
})
export type CheckedText = Static<typeof CheckedText>

/** What a `multi_agent` node asks for, all expressions already evaluated. */
export const RunTeam = Type.Object({
  team: Type.String({
    pattern: '^(?:team_[0-9a-f]{32}|[a-z][a-z0-9_-]{0,62})$',
    description: 'Its id or name',
    examples: ['newsroom'],
  }),
  input: Type.String({ minLength: 1, maxLength: 100_000 }),
  /** The author of the workflow answers for the input. Absent: it counts as written by somebody outside. */
  isTrusted: Type.Optional(Type.Boolean()),
  maxCostMicroUsd: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 1_000_000_000,
      description: 'Of all members together, where the team itself does not allow less',
    }),
  ),
})
export type RunTeam = Static<typeof RunTeam>

/** What comes back from it, and is the `data` of the node. */
export const RanTeam = Type.Object({
  answer: Type.String({ description: 'In words' }),
  output: Type.Unknown({
    description: 'As the pattern gives it: votes, a ruling, answers by member',
  }),
  transcript: Type.Array(
    Type.Object({ member: Type.String(), status: Type.String(), text: Type.String() }),
    { description: 'Who said what, in order: so much of it as fits into 128 KiB, the newest' },
  ),
  costs: Type.Array(
    Type.Object({
      member: Type.String(),
      turns: Type.Integer(),
      costMicroUsd: Type.Integer(),
      inputTokens: Type.Integer(),
      outputTokens: Type.Integer(),
    }),
  ),
  teamId: AgentTeamId,
  teamRunId: TeamRunId,
})
export type RanTeam = Static<typeof RanTeam>
