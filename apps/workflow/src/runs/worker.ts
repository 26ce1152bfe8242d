import type { workflowQueue } from '@dure/contracts'
import type { MessageHandlers, Relay } from '@dure/platform'
import type { Orchestrator } from './orchestrator.ts'

/** What the workflow service does with each message that reaches it. */
export function workflowHandlers(
  runs: Pick<Orchestrator, 'finishTask'>,
  relay: Pick<Relay, 'resend'>,
): MessageHandlers<typeof workflowQueue> {
  return {
    'task.finish': ({ task, outcome }) => runs.finishTask(task, outcome),
    'events.resend': ({ fromG, toG }) => relay.resend(fromG, toG),
  }
}
