import type { OutgoingMessage, RunId, TaskOutcome, TaskRef, TraceContext } from '@dure/contracts'
import { UnavailableError } from '@dure/kernel'
import type { VersionSource } from '../workflows/version-source.ts'
import { decideChange, messagesOf } from './decision.ts'
import type { RunCommand } from './run.ts'
import type { LoadedRun, RunStore } from './store.ts'

/** Brings runs on: whatever arrives is stored first, then decided on, then acted on. */
export interface Orchestrator {
  /** Takes in a result. Any number of times the same is once. */
  finishTask(task: TaskRef, outcome: TaskOutcome): Promise<void>
  /** Takes in whatever is stored and not yet part of the events. */
  advance(runId: RunId): Promise<void>
  /** Ends a run that took longer than it may. */
  expire(runId: RunId): Promise<void>
}

/** The ports: with others behind them, the same code runs in a simulation. */
export interface OrchestratorPorts {
  readonly store: Pick<RunStore, 'load' | 'commit' | 'recordResult'>
  readonly versions: Pick<VersionSource, 'byId'>
  /** After a commit: tells those who wait, and sends. What is lost here, the reconciler sends again. */
  readonly announce: (
    runId: RunId,
    messages: readonly OutgoingMessage[],
    trace: TraceContext,
  ) => Promise<void>
}

/** How often a decision is made again because another process committed first. */
const COMMIT_ATTEMPTS = 10

export function createOrchestrator({ store, versions, announce }: OrchestratorPorts): Orchestrator {
  /** Load, decide, commit; from the top again when another process committed first. */
  async function change(
    runId: RunId,
    commandsFor: (loaded: LoadedRun) => readonly RunCommand[],
  ): Promise<void> {
    for (let attempt = 1; attempt <= COMMIT_ATTEMPTS; attempt++) {
      const loaded = await store.load(runId)
      if (!loaded) return
      const { row, events, results } = loaded
      const version = await versions.byId(row.versionId)
      const decided = decideChange(version, row, events, commandsFor(loaded))
      if (decided.events.length === 0 && results.length === 0) return
      if (await store.commit(loaded, decided)) {
        await announce(runId, messagesOf(decided), row.trace)
        return
      }
    }
    throw new UnavailableError('run.contended', 'Too many changes of one run at the same time')
  }

  const advance = (runId: RunId) =>
    change(runId, ({ results }) =>
      results.map((result) => ({ ...result, type: 'run.finish-task' as const })),
    )

  return {
    advance,
    expire: (runId) => change(runId, () => [{ type: 'run.expire' }]),
    async finishTask(task, outcome) {
      await store.recordResult(task, outcome)
      await advance(task.runId)
    },
  }
}
