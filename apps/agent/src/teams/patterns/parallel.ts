import { judgeOf } from '../judge.ts'
import { type Ask, answers, failureAmong, outstanding, type PatternRules } from '../meeting.ts'
import { question } from '../words.ts'

/** All at once, and none sees the others. The judge makes one answer of theirs; without one, they are listed. */
export const parallel: PatternRules = (meeting) => {
  const { definition, task } = meeting
  const asks: Ask[] = definition.members.map((member) => ({
    key: `par/${member.name}`,
    member,
    input: question(task, [], 'Answer the task.'),
    onBehalfOf: [],
  }))
  const pending = outstanding(meeting, asks) ?? failureAmong(meeting, asks)
  if (pending) return pending
  const given = answers(meeting, asks)
  if (definition.judge) {
    return judgeOf(meeting, given, 'Make one answer of those of the others: the best of each.')
  }
  return {
    kind: 'finish',
    text: given.map(({ member, text }) => `${member}:\n${text}`).join('\n\n'),
    output: Object.fromEntries(given.map(({ member, object, text }) => [member, object ?? text])),
  }
}
