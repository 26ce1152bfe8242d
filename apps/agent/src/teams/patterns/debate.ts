import { rulingOf } from '../judge.ts'
import { type Ask, answers, failureAmong, outstanding, type PatternRules } from '../meeting.ts'
import type { Turn } from '../turn.ts'
import { fieldsOf, namesOf, objectOf, question } from '../words.ts'

const OPENING = 'Say what your answer is, and why.'
const REPLY =
  'This is a debate. Answer what the others said: where they are right, say so; where not, why not. End with your answer.'
const RULING =
  'You are the judge of this debate. Weigh the reasons and not the number or the length of the words. Say whose answer is best, and give the answer to the task.'

/** All speak in rounds, each seeing the rounds before. Then the judge decides. */
export const debate: PatternRules = (meeting) => {
  const { definition, task } = meeting
  const said: Turn[] = []
  for (let round = 1; round <= definition.maxRounds; round++) {
    const asks: Ask[] = definition.members.map((member) => ({
      key: `deb${round}/${member.name}`,
      member,
      input: question(task, said, round === 1 ? OPENING : REPLY),
      onBehalfOf: [],
    }))
    const pending = outstanding(meeting, asks) ?? failureAmong(meeting, asks)
    if (pending) return pending
    said.push(...answers(meeting, asks))
  }
  const outputSchema = objectOf({
    winner: { type: 'string', enum: namesOf(definition.members) },
    reason: { type: 'string' },
    answer: { type: 'string' },
  })
  const ruling = rulingOf(meeting, { said, instruction: RULING, key: 'judge', outputSchema })
  if ('kind' in ruling) return ruling
  const { answer } = fieldsOf(ruling)
  return {
    kind: 'finish',
    text: typeof answer === 'string' ? answer : ruling.text,
    output: ruling.object ?? ruling.text,
  }
}
