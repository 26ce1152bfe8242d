import { type Ask, failureAmong, type PatternRules, turnOf } from '../meeting.ts'
import type { Turn } from '../turn.ts'
import { question } from '../words.ts'

/** One after the other; each sees what all before have said. The last answer is the answer. */
export const sequential: PatternRules = (meeting) => {
  const { definition, task } = meeting
  const said: Turn[] = []
  const asked: Ask[] = []
  for (const member of definition.members) {
    const instruction =
      said.length === 0
        ? 'Begin with the task.'
        : 'Go on with the task from where the others are, and answer it as far as you can.'
    const key = `seq/${member.name}`
    const ask = { key, member, input: question(task, said, instruction), onBehalfOf: [] }
    const turn = turnOf(meeting, key)
    if (turn === undefined) return { kind: 'ask', asks: [ask] }
    asked.push(ask)
    const failure = definition.onMemberError === 'fail' && failureAmong(meeting, [ask])
    if (failure) return failure
    if (turn.status === 'succeeded') said.push(turn)
  }
  const last = said.at(-1)
  if (last) return { kind: 'finish', text: last.text, output: last.object ?? last.text }
  return (
    failureAmong(meeting, asked) ?? { kind: 'fail', code: 'team.no-answer', message: 'No answer' }
  )
}
