import { AgentTeamId, ExecutionId, TeamRunId } from '@dure/contracts'
import { type Static, Type } from 'typebox'
import { TeamDefinition } from './definition.ts'
import type { TeamRun, TeamTurn } from './run-store.ts'
import type { Team } from './store.ts'
import { costsOf } from './turn.ts'

const TEXT = '^[^\\u0000]*$'

export const SaveTeam = Type.Object(
  {
    name: Type.String({ pattern: '^[a-z][a-z0-9_-]{0,62}$', examples: ['newsroom'] }),
    description: Type.String({ maxLength: 2000, pattern: TEXT, default: '' }),
    definition: TeamDefinition,
  },
  { additionalProperties: false, $id: 'SaveAgentTeam' },
)

const time = Type.String({ format: 'date-time' })

export const TeamView = Type.Object(
  {
    id: AgentTeamId,
    name: Type.String(),
    description: Type.String(),
    definition: TeamDefinition,
    createdBy: Type.String(),
    createdAt: time,
    updatedAt: time,
  },
  { $id: 'AgentTeam' },
)

export function viewTeam({
  revision: _,
  createdAt,
  updatedAt,
  ...team
}: Team): Static<typeof TeamView> {
  return { ...team, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() }
}

export const StartTeam = Type.Object(
  {
    input: Type.String({
      minLength: 1,
      maxLength: 100_000,
      pattern: TEXT,
      description: 'The task',
      examples: ['Should we sell in Busan first?'],
    }),
    trustInput: Type.Optional(
      Type.Boolean({
        description:
          '`false`: the task is, or quotes, what somebody outside has written; then writes of the members need an approval. Absent: `true`',
      }),
    ),
  },
  { additionalProperties: false, $id: 'StartAgentTeam' },
)

const micros = Type.Integer({ minimum: 0, description: 'Micro-US-dollars: 1 USD = 1,000,000' })
const tokens = Type.Integer({ minimum: 0 })

export const TeamRunView = Type.Object(
  {
    id: TeamRunId,
    teamId: AgentTeamId,
    status: Type.Enum(['running', 'succeeded', 'failed', 'cancelled']),
    input: Type.String(),
    answer: Type.Union([Type.String(), Type.Null()], { description: 'In words' }),
    output: Type.Unknown({
      description: 'As the pattern gives it: votes, a ruling, answers by member',
    }),
    error: Type.Union([Type.Object({ code: Type.String(), message: Type.String() }), Type.Null()]),
    costs: Type.Array(
      Type.Object({
        member: Type.String(),
        turns: Type.Integer({ minimum: 0 }),
        costMicroUsd: micros,
        inputTokens: tokens,
        outputTokens: tokens,
      }),
      { description: 'What each member has cost, in the order in which they first spoke' },
    ),
    costMicroUsd: micros,
    createdAt: time,
    endedAt: Type.Union([time, Type.Null()]),
  },
  { $id: 'AgentTeamRun' },
)

export function viewRun(
  { task: input, ...of }: TeamRun,
  turns: readonly TeamTurn[],
): Static<typeof TeamRunView> {
  const { definition: _d, identity: _i, tenant: _t, trace: _w, ...rest } = of
  const { origin: _o, isUntrusted: _u, leftMs: _l, ...run } = rest
  const costs = costsOf(turns.flatMap(({ turn }) => turn ?? []))
  return {
    ...run,
    input,
    costs,
    costMicroUsd: costs.reduce((sum, { costMicroUsd }) => sum + costMicroUsd, 0),
    createdAt: run.createdAt.toISOString(),
    endedAt: run.endedAt?.toISOString() ?? null,
  }
}

export const TeamTurnView = Type.Object(
  {
    position: Type.Integer({ minimum: 1 }),
    member: Type.String(),
    executionId: ExecutionId,
    status: Type.Enum(['asked', 'succeeded', 'failed']),
    onBehalfOf: Type.Array(Type.String(), {
      description:
        'Members in whose name it acted: it could do nothing that one of them may not do',
    }),
    asked: Type.String({ description: 'What it was asked' }),
    text: Type.String(),
    object: Type.Optional(Type.Unknown()),
    error: Type.Optional(Type.Object({ code: Type.String(), message: Type.String() })),
    costMicroUsd: micros,
    inputTokens: tokens,
    outputTokens: tokens,
  },
  { $id: 'AgentTeamTurn' },
)

export function viewTurn({
  position,
  member,
  executionId,
  ask,
  turn,
}: TeamTurn): Static<typeof TeamTurnView> {
  return {
    ...{ position, member, executionId, onBehalfOf: [...ask.onBehalfOf], asked: ask.input },
    status: turn?.status ?? 'asked',
    text: turn?.text ?? '',
    ...(turn?.object !== undefined && { object: turn.object }),
    ...(turn?.error && { error: turn.error }),
    costMicroUsd: turn?.costMicroUsd ?? 0,
    inputTokens: turn?.inputTokens ?? 0,
    outputTokens: turn?.outputTokens ?? 0,
  }
}
