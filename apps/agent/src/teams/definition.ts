import { AgentId } from '@dure/contracts'
import { type Static, Type } from 'typebox'

/** How the members of a team work together. */
export const PATTERNS = [
  'sequential',
  'parallel',
  'supervisor',
  'handoff',
  'debate',
  'vote',
] as const
export type Pattern = (typeof PATTERNS)[number]

const MAX_MEMBERS = 10
export const MAX_ROUNDS = 20

const MemberName = Type.String({
  pattern: '^[a-z][a-z0-9_-]{0,39}$',
  examples: ['researcher'],
})

/** An agent under the name that it has among the others. */
export const Member = Type.Object(
  {
    name: MemberName,
    agentId: AgentId,
    version: Type.Optional(
      Type.Integer({ minimum: 1, description: 'Absent: the one that is published' }),
    ),
    role: Type.String({
      maxLength: 500,
      default: '',
      description: 'What it is there for, as the others are told',
    }),
  },
  { additionalProperties: false },
)
export type Member = Static<typeof Member>

export const TeamDefinition = Type.Object(
  {
    pattern: Type.Enum(PATTERNS, {
      description:
        '`sequential`: each goes on from what the one before has said. `parallel`: all at once, put together by the judge, or listed. `supervisor`: the first says who does what, until it is done. `handoff`: whoever has the task may pass it on. `debate`: all speak in rounds, and the judge decides. `vote`: all answer, and the most frequent answer counts',
    }),
    members: Type.Array(Member, { minItems: 1, maxItems: MAX_MEMBERS }),
    judge: Type.Optional(Member),
    maxRounds: Type.Integer({
      minimum: 1,
      maximum: MAX_ROUNDS,
      default: 4,
      description: 'Of a debate; of a supervisor or a handoff: how often the task is passed on',
    }),
    choices: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 200 }), {
        minItems: 2,
        maxItems: 50,
        description: 'What a vote is about; absent: any short answer',
      }),
    ),
    onMemberError: Type.Enum(['fail', 'skip'], {
      default: 'fail',
      description: '`skip`: the others go on without what it would have said',
    }),
    maxCostMicroUsd: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1_000_000_000_000,
        description: 'Of all members together: nobody is asked any more once it is spent',
      }),
    ),
  },
  { additionalProperties: false, $id: 'TeamDefinition' },
)
export type TeamDefinition = Static<typeof TeamDefinition>

/** The judge last. */
export function everybodyIn({ members, judge }: TeamDefinition): readonly Member[] {
  return judge ? [...members, judge] : members
}

export interface TeamProblem {
  /** JSON Pointer into the definition. */
  readonly path: string
  readonly message: string
}

/** What the schema cannot say: all of it at once. */
export function problemsOf(definition: TeamDefinition): TeamProblem[] {
  const { pattern, members, judge, choices } = definition
  const problems: TeamProblem[] = []
  const names = new Set<string>()
  for (const [index, { name }] of everybodyIn(definition).entries()) {
    const path = index < members.length ? `/members/${index}/name` : '/judge/name'
    if (names.has(name)) problems.push({ path, message: `There are two with the name ${name}` })
    names.add(name)
  }
  if (pattern === 'debate' && judge === undefined) {
    problems.push({ path: '/judge', message: 'A debate needs a judge' })
  }
  if (pattern !== 'sequential' && pattern !== 'parallel' && members.length < 2) {
    problems.push({ path: '/members', message: `A ${pattern} needs at least two members` })
  }
  if (choices !== undefined && pattern !== 'vote') {
    problems.push({ path: '/choices', message: 'Only a vote has choices' })
  }
  return problems
}
