import type { Meeting, Step } from './meeting.ts'
import { RULES } from './patterns/index.ts'

/** What is to be done next. It asks at most as often as the pattern and its rounds allow, and nobody once the money is spent. */
export function next(meeting: Meeting): Step {
  const step = RULES[meeting.definition.pattern](meeting)
  const { maxCostMicroUsd } = meeting.definition
  if (step.kind !== 'ask' || maxCostMicroUsd === undefined) return step
  const spent = meeting.turns.reduce((sum, turn) => sum + turn.costMicroUsd, 0)
  if (spent < maxCostMicroUsd) return step
  const message = `The team has spent ${spent} of ${maxCostMicroUsd} micro-US-dollars, and has no answer yet`
  return { kind: 'fail', code: 'team.budget-exceeded', message }
}
