import type { RunEvent } from '@dure/contracts'
import { advance } from './advance.ts'
import type { RunCommand } from './command.ts'
import { takeIn } from './commands.ts'
import { goOnWithContainers } from './containers.ts'
import { Decision, type DecisionContext } from './decision.ts'
import { hasEnded, type RunState } from './state.ts'
import { fireTimers } from './timers.ts'

/**
 * What commands lead to: the facts, then everything that they make ready. No clock, no random, no I/O:
 * the same state, commands and context give the same decision, always.
 *
 * The state is changed in place. Whoever cannot commit the decision must throw the state away.
 *
 * Commands arrive at least once and sometimes after the end: a late, repeated or overtaken one changes
 * nothing.
 *
 * @param cold nothing is known of what the last decision on this state left undone: look at everything
 * @throws ConflictError `run.already-started`
 */
export function decide(
  context: DecisionContext,
  state: RunState,
  commands: readonly RunCommand[],
  { cold = false }: { readonly cold?: boolean } = {},
): Decision {
  const decision = new Decision(state, context)
  for (const command of inTurn(commands)) takeIn(decision, command)
  if (decision.isResumed && decision.isRunning) fireTimers(decision)
  return resume(decision, { cold })
}

/** Places of those that do not come last. */
const TURNS: Partial<Record<RunCommand['type'], number>> = {
  'run.start': 0,
  'run.queue': 0,
  'run.expire-queued': 0,
  'run.retry': 0,
  'run.pause': 1,
  'run.resume': 1,
}

/**
 * What arrives together is taken in with a pause first: nothing else of it begins anything in a run that
 * somebody wants to rest. Apart from that, in the order of arrival.
 */
function inTurn(commands: readonly RunCommand[]): readonly RunCommand[] {
  const turnOf = ({ type }: RunCommand) => TURNS[type] ?? 2
  return commands.length < 2 ? commands : commands.toSorted((a, b) => turnOf(a) - turnOf(b))
}

/** The first decision of a run that takes over what has happened in another one. */
export function begin(context: DecisionContext, state: RunState, history: readonly RunEvent[]) {
  const decision = new Decision(state, context)
  for (const event of history) decision.record(event)
  return resume(decision, { cold: true })
}

/** Goes on with a decision that was cut, or that had to wait for large data to be read. */
export function resume(decision: Decision, { cold = false }: { readonly cold?: boolean } = {}) {
  const waited = decision.missing.size > 0
  decision.missing.clear()
  decision.evaluated = 0
  if (cold) for (const scope of decision.state.scopes.keys()) decision.dirty.add(scope)
  if (decision.isRunning && (cold || waited || decision.containersChanged)) {
    decision.containersChanged = false
    goOnWithContainers(decision)
  }
  advance(decision)
  if (hasEnded(decision.state) && decision.events.length > 0) dropWork(decision)
  return decision
}

/** Of a run that has ended, nothing more is executed or waited for. */
function dropWork(decision: Decision): void {
  const begun = new Set(decision.tasks.map(({ path }) => path))
  decision.tasks.length = 0
  decision.inPlace.length = 0
  for (const path of decision.state.outstanding.keys()) {
    if (!begun.has(path)) decision.cancelled.push(path)
  }
}
