import { type Ask, memberFailed, type PatternRules, turnOf } from '../meeting.ts'
import type { Turn } from '../turn.ts'
import { fieldsOf, namesOf, objectOf, question, rosterOf } from '../words.ts'

/**
 * The first member has the task. Whoever has it answers, or passes it on, at most `maxRounds` times. Who has been passed
 * the task acts on behalf of all who had it before: passing on never widens what may be done.
 */
export const handoff: PatternRules = (meeting) => {
  const { definition, task } = meeting
  const said: Turn[] = []
  const holders: string[] = []
  let member = definition.members[0]
  for (let round = 1; member !== undefined; round++) {
    const key = `hand${round}/${member.name}`
    const others = definition.members.filter((one) => one !== member)
    const mayPass = round <= definition.maxRounds
    const turn = turnOf(meeting, key)
    if (turn === undefined) {
      const ask: Ask = {
        key,
        member,
        input: question(task, said, mayPass ? `${ASKED}\n${rosterOf(others)}` : LAST),
        outputSchema: schemaFor(mayPass ? namesOf(others) : []),
        onBehalfOf: [...holders],
      }
      return { kind: 'ask', asks: [ask] }
    }
    if (turn.status === 'failed') return memberFailed(turn)
    said.push(turn)
    if (!holders.includes(member.name)) holders.push(member.name)
    const { answer, handoffTo } = fieldsOf(turn)
    const next = mayPass ? others.find(({ name }) => name === handoffTo) : undefined
    if (next === undefined) {
      const text = typeof answer === 'string' ? answer : turn.text
      return { kind: 'finish', text, output: { answer: text, answeredBy: member.name } }
    }
    member = next
  }
  throw new TypeError('A team has members')
}

const ASKED =
  'Answer the task in `answer`, with `handoffTo` empty; or, where another one can do it better, name them in `handoffTo` and say in `answer` what they need to know. The others:'
const LAST = 'Answer the task in `answer`.'

function schemaFor(others: readonly string[]) {
  const answer = { type: 'string' }
  if (others.length === 0) return objectOf({ answer })
  return objectOf({ answer, handoffTo: { type: 'string', enum: ['', ...others] } })
}
