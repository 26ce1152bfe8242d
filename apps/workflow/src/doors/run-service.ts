import type { Identity, RunId } from '@dure/contracts'
import type { InboxCommand } from '@dure/engine'
import { ConflictError } from '@dure/kernel'
import type { CommandService } from '../control/commands/service.ts'
import type { RunWithEvents } from '../runs/read-store.ts'
import { isOver } from '../runs/run-row.ts'
import type { RunService } from '../runs/service.ts'
import type { StartedRun } from '../runs/start-service.ts'

/** What every door does with the runs that it has started. */
export interface DoorRuns {
  /** The run when it has ended; when the signal aborts, as it is then. */
  whenEnded(started: StartedRun, signal: AbortSignal): Promise<RunWithEvents>
  /** What the `answer` nodes of a run have said, in their order. */
  answersIn(run: RunWithEvents): Promise<string[]>
  /** Ends a run that nobody waits for any more; one that has ended stays as it is. */
  giveUp(identity: Identity, runId: RunId): Promise<void>
}

export function createDoorRuns({
  runs,
  commands,
}: {
  readonly runs: Pick<RunService, 'detail' | 'waitForEnd' | 'contentOf'>
  readonly commands: CommandService
}): DoorRuns {
  return {
    async whenEnded({ run, events, isRepeated }, signal) {
      const { tenant, id } = run
      if (!isOver(run)) return runs.waitForEnd(tenant, id, signal)
      return isRepeated ? runs.detail(tenant, id) : { run, events }
    },

    async answersIn({ run: { tenant }, events }) {
      const said: string[] = []
      for (const event of events) {
        if (event.type !== 'node.completed' || event.nodeType !== 'answer') continue
        const data = (await runs.contentOf(tenant, event.data)) as { readonly text: string }
        said.push(data.text)
      }
      return said
    },

    async giveUp(identity, runId) {
      const command: InboxCommand = {
        ...{ type: 'run.cancel', by: identity.principalId },
        reason: 'The client left before the answer was whole',
      }
      try {
        await commands.ask({ identity, runId, command, onceId: undefined })
      } catch (error) {
        if (!(error instanceof ConflictError)) throw error
      }
    },
  }
}
