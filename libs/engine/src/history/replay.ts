import type { RunEvent } from '@dure/contracts'
import { evolve } from '../run/evolve.ts'
import type { Plan } from '../run/plan.ts'
import { absentRun, type RunPhase } from '../run/state.ts'
import { type Difference, differencesOf } from './differences.ts'
import { createPlayer, type PlayerOptions } from './player.ts'

export interface ReplayRequest extends Omit<PlayerOptions, 'plan'> {
  /** Of the version that the run is decided by now. */
  readonly plan: Plan
  /** What was recorded, decision by decision. */
  readonly commits: readonly (readonly RunEvent[])[]
}

export interface Replayed {
  readonly identical: boolean
  /** At most 100. */
  readonly differences: readonly Difference[]
  readonly status: RunPhase
  readonly output: unknown
}

/**
 * Decides a run anew from its history: what came from outside (results of effects, timers, signals,
 * votes, what was asked of it) is taken from the record, in its order; everything else is computed again
 * and compared with what was recorded. Nothing is executed.
 *
 * The decisions depend on the plan alone, so that with the plan of the run a difference is a bug of the
 * engine, and with another plan it is what that version would have done.
 *
 * @see "Deterministic replay", as in Temporal's replayer: https://docs.temporal.io/develop/typescript/testing-suite#replay
 */
export function replay({ commits, ...options }: ReplayRequest): Replayed {
  const player = createPlayer(options)
  const recorded = { events: commits.flat(), state: absentRun() }
  for (const commit of commits) player.take(commit)
  for (const event of recorded.events) evolve(recorded.state, event)
  const differences = differencesOf(recorded, player, player.payloads)
  const { phase, output } = player.state
  return {
    identical: differences.length === 0,
    differences,
    status: phase,
    output: player.contentOf(output),
  }
}
