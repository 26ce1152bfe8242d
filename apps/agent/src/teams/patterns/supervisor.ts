import {
  type Ask,
  badDecision,
  type Meeting,
  memberFailed,
  type PatternRules,
  type Step,
  turnOf,
} from '../meeting.ts'
import type { Turn } from '../turn.ts'
import { fieldsOf, namesOf, objectOf, question, rosterOf } from '../words.ts'

/** The first member says who does what, sees what came of it, and ends the task with an answer. */
export const supervisor: PatternRules = (meeting) => {
  const { definition } = meeting
  const said: Turn[] = []
  for (let round = 1; round <= definition.maxRounds + 1; round++) {
    const decision = decisionOf(meeting, said, round)
    if ('kind' in decision) return decision
    const fields = fieldsOf(decision)
    if (round > definition.maxRounds || fields.action === 'finish') {
      const text = typeof fields.answer === 'string' ? fields.answer : decision.text
      return { kind: 'finish', text, output: text }
    }
    const reply = replyOf(meeting, fields, round)
    if ('kind' in reply) return reply
    said.push(reply)
  }
  throw new TypeError('The last round always ends')
}

/** In the last round, it can only answer. */
function decisionOf(meeting: Meeting, said: readonly Turn[], round: number): Step | Turn {
  const { definition, task } = meeting
  const [lead, ...others] = definition.members
  if (lead === undefined) throw new TypeError('A team has members')
  const mayDelegate = round <= definition.maxRounds
  const input = mayDelegate
    ? `You lead a team. Either give one member a piece of work (action "delegate"), or answer the task (action "finish").\nThe members:\n${rosterOf(others)}`
    : 'You lead a team. Answer the task now, with what there is.'
  const turn = turnOf(meeting, `sup${round}`)
  if (turn?.status === 'failed') return memberFailed(turn)
  if (turn) return turn
  const outputSchema = mayDelegate
    ? objectOf({
        action: { type: 'string', enum: ['delegate', 'finish'] },
        member: { type: 'string', enum: ['', ...namesOf(others)] },
        instruction: { type: 'string' },
        answer: { type: 'string' },
      })
    : objectOf({ answer: { type: 'string' } })
  const ask: Ask = {
    key: `sup${round}`,
    member: lead,
    input: question(task, said, input),
    outputSchema,
    onBehalfOf: [],
  }
  return { kind: 'ask', asks: [ask] }
}

function replyOf(
  meeting: Meeting,
  { member: name, instruction }: Readonly<Record<string, unknown>>,
  round: number,
): Step | Turn {
  const [lead, ...others] = meeting.definition.members
  const member = others.find((one) => one.name === name)
  if (lead === undefined || member === undefined) {
    return badDecision(lead?.name ?? '', 'gave the work to nobody who is in the team')
  }
  const key = `sup${round}/${member.name}`
  const turn = turnOf(meeting, key)
  if (turn === undefined) {
    const input = question(String(instruction ?? ''), [], 'Do this piece of work.')
    return { kind: 'ask', asks: [{ key, member, input, onBehalfOf: [lead.name] }] }
  }
  const isFatal = turn.status === 'failed' && meeting.definition.onMemberError === 'fail'
  return isFatal ? memberFailed(turn) : turn
}
