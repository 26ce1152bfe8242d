import { agentAnswerQueue, agentQuestionQueue, outgoing } from '@dure/contracts'
import { asTenant } from '@dure/platform'
import type { Consumer, Queues } from '@dure/platform/queues'
import type { AgentQuestionStore } from './store.ts'

/** Questions wait for a moment only: they are few, and each is one query. */
const CONCURRENCY = 4

/**
 * Tells other services which agents there are. It reads, and nothing else; whoever asked waits for a moment
 * only, so nothing is kept, and what gets lost is asked again.
 */
export function createAgentQuestions(
  store: AgentQuestionStore,
  queues: Pick<Queues, 'consume' | 'send'>,
): Consumer {
  return queues.consume(
    agentQuestionQueue,
    {
      'agents.find': async ({ questionId, tenant, ...wanted }) => {
        const agents = await asTenant(tenant, () => store.findCallable(tenant, wanted))
        await queues.send(outgoing(agentAnswerQueue, 'agents.found', { questionId, agents }))
      },
    },
    { concurrency: CONCURRENCY },
  )
}
