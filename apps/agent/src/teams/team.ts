import type { Ask, Meeting, Step } from './meeting.ts'
import { RULES } from './patterns/index.ts'

/** What is to be done next. It asks at most as often as the pattern and its rounds allow, and nobody once the money is spent. */
export function next(meeting: Meeting): Step {
  const step = RULES[meeting.definition.pattern](meeting)
  const { maxCostMicroUsd } = meeting.definition
  if (step.kind !== 'ask') return step
  if (maxCostMicroUsd === undefined) return marked(step, meeting)
  const spent = meeting.turns.reduce((sum, turn) => sum + turn.costMicroUsd, 0)
  if (spent < maxCostMicroUsd) return marked(shared(step, maxCostMicroUsd - spent), meeting)
  const message = `The team has spent ${spent} of ${maxCostMicroUsd} micro-US-dollars, and has no answer yet`
  return { kind: 'fail', code: 'team.budget-exceeded', message }
}

/** Those who are asked at once have no more together than there is. */
function shared(step: Extract<Step, { kind: 'ask' }>, left: number): typeof step {
  const maxCostMicroUsd = Math.floor(left / step.asks.length)
  return { ...step, asks: step.asks.map((ask): Ask => ({ ...ask, maxCostMicroUsd })) }
}

/** What one member has read from outside goes on to all who are asked after it. */
function marked(
  step: Extract<Step, { kind: 'ask' }>,
  { turns, isUntrusted = false }: Meeting,
): Step {
  if (!isUntrusted && !turns.some((turn) => turn.isUntrusted)) return step
  return { ...step, asks: step.asks.map((ask): Ask => ({ ...ask, isUntrusted: true })) }
}
