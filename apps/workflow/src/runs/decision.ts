import type { OutgoingMessage, RunEvent } from '@dure/contracts'
import type { PublishedVersion } from '../workflows/version-source.ts'
import { absentRun, decide, evolve, type RunCommand } from './run.ts'
import type { RunRow } from './run-row.ts'
import type { RunChange } from './store.ts'

/** Folds what has happened, decides on the commands, and folds what follows. */
export function decideChange(
  version: PublishedVersion,
  { id, tenant, workflowId }: Pick<RunRow, 'id' | 'tenant' | 'workflowId'>,
  events: readonly RunEvent[],
  commands: readonly RunCommand[],
): RunChange {
  const before = events.reduce(evolve, absentRun)
  const decision = decide(version.plan, { runId: id, tenant, workflowId }, before, commands)
  return { ...decision, after: decision.events.reduce(evolve, before) }
}

export function messagesOf({ tasks }: RunChange): OutgoingMessage[] {
  return tasks.map(({ message }) => message)
}
