import type { Identity, RunId } from '@dure/contracts'
import {
  type InboxCommand,
  MAX_SIGNALS,
  type Orchestrator,
  type RunRow,
  type RunState,
} from '@dure/engine'
import { ConflictError } from '@dure/kernel'
import type { RunReadStore } from '../../runs/read-store.ts'
import { type RunHistories, refuseEnded } from '../run-histories.ts'
import { commandId } from './ids.ts'

export interface Asked {
  readonly identity: Identity
  readonly runId: RunId
  readonly command: InboxCommand
  /** The same command with the same id is taken in once. */
  readonly onceId: string | undefined
}

/** What people ask of runs. */
export interface CommandService {
  /**
   * Stores a command and lets the run take it in. While another process has the run in hand, that one
   * takes it in, and the answer may be older than the command.
   *
   * @returns the run as it is afterwards
   * @throws NotFoundError `run.not-found`
   * @throws ConflictError `run.ended`; of a retry `run.not-failed`; of a pause `run.not-started`; of a
   *   signal `run.too-many-signals`
   */
  ask(asked: Asked): Promise<RunRow>
}

export interface CommandServiceDependencies {
  readonly orchestrator: Pick<Orchestrator, 'command'>
  readonly histories: Pick<RunHistories, 'get' | 'state'>
  readonly reader: Pick<RunReadStore, 'hasCommand'>
}

export function createCommandService({
  orchestrator,
  histories,
  reader,
}: CommandServiceDependencies): CommandService {
  async function check(run: RunRow, command: InboxCommand): Promise<void> {
    refuse(run, command)
    if (command.type === 'run.signal') refuseFlood(await histories.state(run), command.name)
  }

  return {
    async ask({ identity: { tenant }, runId, command, onceId }) {
      const run = await histories.get(tenant, runId)
      const id = commandId(command.type, onceId)
      try {
        await check(run, command)
      } catch (error) {
        // What was taken in stays so, although the run would not take it in any more.
        if (onceId !== undefined && (await reader.hasCommand(runId, id))) return run
        throw error
      }
      await orchestrator.command(runId, tenant, { id, command })
      return histories.get(tenant, runId)
    },
  }
}

function refuseFlood({ signals }: RunState, name: string): void {
  if ((signals.get(name)?.length ?? 0) < MAX_SIGNALS) return
  throw new ConflictError(
    'run.too-many-signals',
    `${MAX_SIGNALS} signals of this name wait already: send more when the run has taken some`,
  )
}

function refuse({ status }: RunRow, { type }: InboxCommand): void {
  if (type !== 'run.retry') refuseEnded({ status })
  if (type === 'run.pause' && status === 'queued') {
    throw new ConflictError(
      'run.not-started',
      'A run that waits to be started cannot be paused: cancel it',
      { status },
    )
  }
  if (type !== 'run.retry' || status === 'failed') return
  throw new ConflictError(
    'run.not-failed',
    `Only a run that has failed can be retried, and this one is ${status}`,
    { status },
  )
}
