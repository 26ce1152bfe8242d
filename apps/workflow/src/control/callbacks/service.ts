import { nodeAt, type Orchestrator } from '@dure/engine'
import { NotFoundError } from '@dure/kernel'
import type { RunReadStore } from '../../runs/read-store.ts'
import { isOver } from '../../runs/run-row.ts'
import { commandId } from '../commands/ids.ts'
import type { RunHistories } from '../run-histories.ts'
import { isGenuine, readToken } from './token.ts'

export interface Callback {
  readonly token: string
  readonly payload: unknown
  readonly key: string | undefined
}

/** Events that others deliver without a key: the token is the secret. */
export interface CallbackService {
  /** @throws NotFoundError `callback.not-found`, whatever is the matter with the token */
  receive(callback: Callback): Promise<void>
}

export interface CallbackServiceDependencies {
  readonly orchestrator: Pick<Orchestrator, 'command'>
  readonly histories: Pick<RunHistories, 'state'>
  readonly reader: Pick<RunReadStore, 'byId'>
}

export function createCallbackService({
  orchestrator,
  histories,
  reader,
}: CallbackServiceDependencies): CallbackService {
  return {
    async receive({ token, payload, key }) {
      const claimed = readToken(token)
      // No tenant asks: the code of the token stands for the right to this run.
      const run = claimed && (await reader.byId(claimed.runId))
      if (!claimed || !isGenuine(claimed, run) || !run || isOver(run)) throw nothingWaits()
      const { path } = claimed
      const node = nodeAt(await histories.state(run), path)
      if (node?.kind !== 'event' || node.status !== 'scheduled') throw nothingWaits()
      const id = commandId(`callback ${path}#${node.attempt}`, key)
      const command = { type: 'run.deliver-event', path, payload } as const
      await orchestrator.command(run.id, run.tenant, { id, command })
    },
  }
}

function nothingWaits(): NotFoundError {
  return new NotFoundError('callback.not-found', 'Nothing waits for this callback (any more)')
}
