import type { RunId } from '@dure/contracts'
import type { Orchestrator, RunStore } from '@dure/engine'
import type { RunReadStore } from '../runs/read-store.ts'
import type { WaitingStore } from '../runs/waiting-store.ts'
import type { VersionSource } from '../workflows/version-source.ts'
import { type ApprovalService, createApprovalService } from './approvals/service.ts'
import { type CallbackService, createCallbackService } from './callbacks/service.ts'
import { type CommandService, createCommandService } from './commands/service.ts'
import { createEffectService, type EffectService } from './effects/service.ts'
import { createForkService, type ForkService } from './history/fork-service.ts'
import { createHistoryService, type HistoryService } from './history/service.ts'
import { createRunHistories } from './run-histories.ts'

/** All that people do with runs that are there: control them, look into them, decide for them. */
export interface Control {
  readonly commands: CommandService
  readonly history: HistoryService
  readonly forks: ForkService
  readonly approvals: ApprovalService
  readonly effects: EffectService
  readonly callbacks: CallbackService
}

export interface ControlDependencies {
  readonly orchestrator: Pick<Orchestrator, 'command' | 'create'>
  readonly reader: RunReadStore
  /** For what no tenant asks: a callback with its token, and whether a command is there. */
  readonly ofNoTenant: RunReadStore
  readonly waiting: WaitingStore
  readonly versions: Pick<VersionSource, 'byId' | 'resolve'>
  readonly payloads: Pick<RunStore, 'readPayloads' | 'writePayloads'>
  /** Epoch milliseconds by the clock of PostgreSQL. */
  readonly now: () => number
  readonly newRunId: () => RunId
}

export function createControl(dependencies: ControlDependencies): Control {
  const { ofNoTenant } = dependencies
  const all = { ...dependencies, histories: createRunHistories(dependencies.reader) }
  return {
    commands: createCommandService({ ...all, reader: ofNoTenant }),
    history: createHistoryService(all),
    forks: createForkService(all),
    approvals: createApprovalService(all),
    effects: createEffectService(all),
    callbacks: createCallbackService({
      ...{ ...all, reader: ofNoTenant },
      histories: createRunHistories(ofNoTenant),
    }),
  }
}
