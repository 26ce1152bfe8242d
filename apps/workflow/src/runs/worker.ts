import type { workflowQueue } from '@dure/contracts'
import type { Orchestrator } from '@dure/engine'
import type { Relay } from '@dure/platform'
import type { MessageHandlers } from '@dure/platform/queues'

/** What the workflow service does with each message that reaches it. */
export function workflowHandlers(
  runs: Pick<Orchestrator, 'finishTask'>,
  relay: Pick<Relay, 'resend'>,
): MessageHandlers<typeof workflowQueue> {
  return {
    'task.finish': ({ task, outcome }) => {
      const { runId, tenant, attempt, taskKey } = task
      const path = taskKey.slice(runId.length + 1)
      return runs.finishTask({ runId, tenant, path, attempt }, outcome)
    },
    'events.resend': ({ fromG, toG }) => relay.resend(fromG, toG),
  }
}
