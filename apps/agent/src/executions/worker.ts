import { agentExecutionsQueue, type OutgoingMessage, outgoing } from '@dure/contracts'
import { createPoller, type Logger, type MessageHandlers, type Poller } from '@dure/platform'
import type { AdvanceService } from './advance-service.ts'
import type { ExecutionRef, ExecutionWorkStore } from './work-store.ts'

/** What the agent service does with each message about an execution. */
export function executionHandlers(
  advancing: Pick<AdvanceService, 'advance'>,
): MessageHandlers<typeof agentExecutionsQueue> {
  return {
    'execution.advance': ({ tenant, executionId: id }, context) =>
      advancing.advance({ tenant, id }, context),
  }
}

/** @param cause tells two reasons apart: of two messages for the same one, only one is sent */
export function advanceMessage(
  { tenant, id: executionId }: ExecutionRef,
  cause: string,
): OutgoingMessage {
  return outgoing(agentExecutionsQueue, 'execution.advance', { tenant, executionId, cause })
}

export interface ReconcilerOptions {
  readonly store: Pick<ExecutionWorkStore, 'due' | 'untold'>
  readonly sendAll: (messages: readonly OutgoingMessage[]) => Promise<void>
  readonly ended: (ref: ExecutionRef) => Promise<void>
  readonly log: Logger
}

const POLL_MS = 5000
const BATCH = 100

/**
 * Looks for executions that something has to be done for and nobody does, whatever became of their
 * messages: Redis may have been wiped, and a process may have died.
 */
export function createExecutionReconciler({
  store,
  sendAll,
  ended,
  log,
}: ReconcilerOptions): Poller {
  async function pass(): Promise<boolean> {
    const due = await store.due(BATCH)
    // The message of a process that died is in its hands until the queue takes it away: this is another one.
    const messages = due.map((ref) => advanceMessage(ref, `due-${ref.token}`))
    if (messages.length > 0) await sendAll(messages)
    const untold = await store.untold(BATCH)
    for (const execution of untold) await ended(execution)
    return due.length === BATCH
  }
  return createPoller({ name: 'executions', pass, pollMs: POLL_MS, log })
}
