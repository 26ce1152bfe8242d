import type { AckedCommand } from '../commander.ts'
import type { Followed } from '../follower.ts'
import type { AckedRun, Complaint } from '../workload.ts'
import type { Effect } from '../world.ts'
import { checkAcked, checkAnalytics, checkEnded, checkFollowed } from './callers.ts'
import { checkCommands } from './commands.ts'
import { checkEffects, type Window } from './effects.ts'
import type { History, Violation } from './history.ts'
import { checkOrder } from './order.ts'

/** Everything that anybody saw. */
export interface Evidence {
  readonly acked: readonly AckedRun[]
  readonly commands: readonly AckedCommand[]
  readonly followed: readonly Followed[]
  readonly complaints: readonly Complaint[]
  readonly effects: readonly Effect[]
  readonly runs: ReadonlyMap<string, History>
  /** Of analytics: the status of each run. */
  readonly facts: ReadonlyMap<string, string>
  readonly zombies: readonly Window[]
}

/** All that must hold, once nothing happens any more. */
export function check(evidence: Evidence): Violation[] {
  const { acked, commands, followed, complaints, effects, runs, facts, zombies } = evidence
  const histories = [...runs.values()]
  return [
    ...complaints.map((complaint): Violation => ({ kind: 'illegal', ...complaint })),
    ...checkAcked(acked, runs),
    ...checkCommands(commands, runs),
    ...checkEnded(histories),
    ...histories.flatMap(checkOrder),
    ...checkEffects(histories, effects, zombies),
    ...checkFollowed(followed, runs),
    ...checkAnalytics(runs, facts),
  ]
}
