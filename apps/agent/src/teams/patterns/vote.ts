import { rulingOf } from '../judge.ts'
import {
  type Ask,
  answers,
  failureAmong,
  type Meeting,
  outstanding,
  type PatternRules,
} from '../meeting.ts'
import type { Turn } from '../turn.ts'
import { fieldsOf, objectOf, question } from '../words.ts'

const ASKED = 'Answer the task as shortly as you can in `choice`, and give your reason.'

/**
 * All answer, none sees the others, and the answer that most gave counts: one more than any other is enough. Of
 * several with as many votes the judge takes one; without a judge, the one that was given first does, and `isTie` says so.
 */
export const vote: PatternRules = (meeting) => {
  const asks = ballots(meeting)
  const pending = outstanding(meeting, asks) ?? failureAmong(meeting, asks)
  if (pending) return pending
  const votes = counted(answers(meeting, asks))
  const most = Math.max(...votes.map(({ count }) => count))
  const leading = votes.filter(({ count }) => count === most)
  const [first] = leading
  if (first === undefined) {
    return { kind: 'fail', code: 'team.no-answer', message: 'Nobody has voted' }
  }
  if (leading.length === 1 || meeting.definition.judge === undefined) {
    return finish(first.choice, votes, leading.length > 1)
  }
  const enumeration = leading.map(({ choice }) => choice)
  const ruling = rulingOf(meeting, {
    key: 'judge',
    said: answers(meeting, asks),
    instruction: 'The vote is a tie. Choose one of the answers with the most votes.',
    outputSchema: objectOf({
      choice: { type: 'string', enum: enumeration },
      reason: { type: 'string' },
    }),
  })
  if ('kind' in ruling) return ruling
  const { choice } = fieldsOf(ruling)
  return finish(enumeration.find((one) => one === choice) ?? first.choice, votes, true)
}

function ballots({ definition, task }: Meeting): Ask[] {
  const { choices } = definition
  const outputSchema = objectOf({
    choice: choices ? { type: 'string', enum: choices } : { type: 'string', maxLength: 200 },
    reason: { type: 'string' },
  })
  return definition.members.map((member) => ({
    key: `vote/${member.name}`,
    member,
    input: question(task, [], ASKED),
    outputSchema,
    onBehalfOf: [],
  }))
}

interface Votes {
  readonly choice: string
  readonly count: number
  readonly voters: readonly string[]
}

/** Without a regard to case and spaces: `Yes` and ` yes` are one answer, under its first spelling. */
function counted(turns: readonly Turn[]): Votes[] {
  const votes = new Map<string, Votes>()
  for (const turn of turns) {
    const { choice } = fieldsOf(turn)
    if (typeof choice !== 'string') continue
    const key = choice.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase()
    const before = votes.get(key)
    const voters = [...(before?.voters ?? []), turn.member]
    votes.set(key, { choice: before?.choice ?? choice.trim(), count: voters.length, voters })
  }
  return [...votes.values()].toSorted((a, b) => b.count - a.count)
}

function finish(choice: string, votes: readonly Votes[], isTie: boolean) {
  return { kind: 'finish', text: choice, output: { choice, isTie, votes } } as const
}
