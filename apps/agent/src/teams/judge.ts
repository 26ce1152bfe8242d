import { type Ask, type Meeting, memberFailed, type Step, turnOf } from './meeting.ts'
import type { Turn } from './turn.ts'
import { question } from './words.ts'

/** Who judges has the last word; without it there is no answer, whatever may be skipped. */
export function judgeOf(meeting: Meeting, said: readonly Turn[], instruction: string): Step {
  const ruling = rulingOf(meeting, { said, instruction, key: 'judge' })
  if ('kind' in ruling) return ruling
  return { kind: 'finish', text: ruling.text, output: ruling.object ?? ruling.text }
}

interface Case {
  readonly said: readonly Turn[]
  readonly instruction: string
  readonly key: string
  readonly outputSchema?: Ask['outputSchema']
}

/** What the judge has said, or the step that leads to it. */
export function rulingOf(
  meeting: Meeting,
  { said, instruction, key, outputSchema }: Case,
): Step | Turn {
  const { judge } = meeting.definition
  if (judge === undefined) throw new TypeError('Only a team with a judge has a ruling')
  const ask: Ask = {
    key,
    member: judge,
    input: question(meeting.task, said, instruction),
    ...(outputSchema && { outputSchema }),
    onBehalfOf: [],
  }
  const turn = turnOf(meeting, key)
  if (turn === undefined) return { kind: 'ask', asks: [ask] }
  return turn.status === 'failed' ? memberFailed(turn) : turn
}
