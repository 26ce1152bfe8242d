import { outgoing, type TaskOutcome, type TaskRef, workflowQueue } from '@dure/contracts'
import { currentTrace, type TraceHeaders } from '@dure/platform'
import type { Queues } from '@dure/platform/queues'

/** Tells the workflow what became of a task, in the given trace or in the active one. */
export type Report = (task: TaskRef, outcome: TaskOutcome, context?: TraceHeaders) => Promise<void>

/** Results that are there at the same time travel together. */
export function createReport(queues: Pick<Queues, 'sendAll'>): Report {
  return (task, outcome, context = currentTrace()) => {
    const message = outgoing(workflowQueue, 'task.finish', { task, outcome })
    return queues.sendAll([{ ...message, context }], { packed: true })
  }
}
