import type { workflowToolQueue } from '@dure/contracts'
import type { MessageHandlers } from '@dure/platform/queues'
import type { AgentToolRuns } from './service.ts'

export function agentToolHandlers(runs: AgentToolRuns): MessageHandlers<typeof workflowToolQueue> {
  return {
    'agent-tool.run-workflow': (call) => runs.start(call),
    'agent-tool.cancel-run': ({ tenant, callKey }) => runs.cancel(tenant, callKey),
  }
}
