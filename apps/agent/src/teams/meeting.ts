import type { Member, TeamDefinition } from './definition.ts'
import type { Turn } from './turn.ts'

/** A task in the hands of a team: all that decides what comes next. */
export interface Meeting {
  readonly definition: TeamDefinition
  readonly task: string
  /** What has come of those who were asked, in the order of their keys' asking. */
  readonly turns: readonly Turn[]
  /** Somebody outside may have written the task. */
  readonly isUntrusted?: boolean
}

/** Somebody is to be asked. The same key is the same asking, however often it is decided. */
export interface Ask {
  readonly key: string
  readonly member: Member
  readonly input: string
  /** JSON Schema of the answer. */
  readonly outputSchema?: Readonly<Record<string, unknown>>
  /** Names of the members in whose name it acts: it may do nothing that one of them may not do. */
  readonly onBehalfOf: readonly string[]
  /** Its part of what the team may still spend. Absent: its own limit is all. */
  readonly maxCostMicroUsd?: number
  /** What it is told is, or followed on, content from outside. */
  readonly isUntrusted?: boolean
}

export type Step =
  | { readonly kind: 'ask'; readonly asks: readonly Ask[] }
  | { readonly kind: 'finish'; readonly text: string; readonly output: unknown }
  | { readonly kind: 'fail'; readonly code: TeamFailure; readonly message: string }

export type TeamFailure =
  | 'team.member-failed'
  | 'team.no-answer'
  | 'team.bad-decision'
  | 'team.budget-exceeded'
  | 'team.timed-out'

/** Pure: the same meeting always leads to the same step. */
export type PatternRules = (meeting: Meeting) => Step

export function turnOf({ turns }: Meeting, key: string): Turn | undefined {
  return turns.find((turn) => turn.key === key)
}

/** Those of them that have not ended yet; undefined when all have. */
export function outstanding(meeting: Meeting, asks: readonly Ask[]): Step | undefined {
  const open = asks.filter(({ key }) => turnOf(meeting, key) === undefined)
  return open.length === 0 ? undefined : { kind: 'ask', asks: open }
}

/** What those said who said something. */
export function answers(meeting: Meeting, asks: readonly Ask[]): Turn[] {
  return asks.flatMap(({ key }) => {
    const turn = turnOf(meeting, key)
    return turn?.status === 'succeeded' ? [turn] : []
  })
}

/** For whoever may be left out: the failure that ends the task, where no one may. */
export function failureAmong(meeting: Meeting, asks: readonly Ask[]): Step | undefined {
  const failed = asks
    .map(({ key }) => turnOf(meeting, key))
    .find((turn) => turn?.status === 'failed')
  if (failed === undefined) return undefined
  if (meeting.definition.onMemberError === 'fail') return memberFailed(failed)
  if (answers(meeting, asks).length > 0) return undefined
  return { kind: 'fail', code: 'team.no-answer', message: 'No member of the team has an answer' }
}

export function memberFailed({ member, error }: Turn): Step {
  const why = error === undefined ? '' : `: ${error.code}, ${error.message}`
  return { kind: 'fail', code: 'team.member-failed', message: `The member ${member} failed${why}` }
}

export function badDecision(member: string, message: string): Step {
  return { kind: 'fail', code: 'team.bad-decision', message: `${member} ${message}` }
}
