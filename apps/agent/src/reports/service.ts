import { outgoing, type TaskOutcome, type TaskRef, workflowQueue } from '@dure/contracts'
import { currentTrace, type Queues, type TraceHeaders } from '@dure/platform'
import { grouped } from '../effects/grouped.ts'

/** Two full jobs, so that one is filled while the other is sent. */
const MAX_RESULTS = 100

/** Tells the workflow what became of a task, in the given trace or in the active one. */
export type Report = (task: TaskRef, outcome: TaskOutcome, context?: TraceHeaders) => Promise<void>

/** Results that are there at the same time travel together. */
export function createReport(queues: Pick<Queues, 'sendAll'>): Report {
  const send = grouped({
    run: async (messages: readonly ReturnType<typeof messageOf>[]) => {
      await queues.sendAll(messages, { packed: true })
      return messages.map(() => undefined)
    },
    keyOf: ({ key }) => key,
    maxItems: MAX_RESULTS,
  })
  return async (task, outcome, context = currentTrace()) => {
    await send(messageOf(task, outcome, context))
  }
}

function messageOf(task: TaskRef, outcome: TaskOutcome, context: TraceHeaders) {
  return { ...outgoing(workflowQueue, 'task.finish', { task, outcome }), context }
}
