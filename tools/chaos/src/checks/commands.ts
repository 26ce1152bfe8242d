import type { AckedCommand } from '../commander.ts'
import type { History, Violation } from './history.ts'

/** How long a run may go on after its cancelling was acknowledged: a fault may be in between. */
const CANCEL_LIMIT_MS = 20_000

/** What was asked of a run and acknowledged has been done, and once. */
export function checkCommands(
  commands: readonly AckedCommand[],
  runs: ReadonlyMap<string, History>,
): Violation[] {
  const byRun = Map.groupBy(commands, ({ runId }) => runId)
  return [...byRun].flatMap(([runId, asked]): Violation[] => {
    const run = runs.get(runId)
    return run ? [...checkSignals(run), ...checkCancel(run, asked)] : []
  })
}

/** The harness gives each run one signal and one approval, however often it had to ask. */
function checkSignals({ runId, marker, events }: History): Violation[] {
  return ['run.signalled', 'approval.decided'].flatMap((type): Violation[] => {
    const count = events.filter((event) => event.type === type).length
    const what = `${marker} took in ${count} times what was asked once (${type})`
    return count > 1 ? [{ kind: 'duplicated', runId, what }] : []
  })
}

function checkCancel(run: History, asked: readonly AckedCommand[]): Violation[] {
  const { runId, marker, status, endedAt } = run
  const cancel = asked.find(({ what }) => what === 'cancel')
  if (!cancel || status === 'cancelled' || endedAt === null) return []
  const laterMs = endedAt - cancel.at
  const what = `${marker} is ${status} ${laterMs} ms after its cancelling was acknowledged`
  return laterMs > CANCEL_LIMIT_MS ? [{ kind: 'lost', runId, what }] : []
}
