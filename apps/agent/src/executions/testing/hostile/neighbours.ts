import {
  agentToolAnswersQueue,
  type ExecutionId,
  knowledgeQueue,
  type MessagePayload,
  outgoing,
  type ToolAnswer,
  workflowToolQueue,
} from '@dure/contracts'
import { connectQueues } from '@dure/platform/queues'
import { silentLog } from '@dure/platform/testing'
import type { AgentUnderTest } from '../../../tasks/testing/agent.ts'

/** The services beside the agent's: what they were asked, and what stands in their documents. */
export interface Neighbours {
  /** What each run of a workflow was given. */
  readonly started: string[]
  close(): Promise<void>
}

type Asked = Pick<MessagePayload<typeof knowledgeQueue, 'agent-tool.search'>, 'tenant' | 'callKey'>

/** @param passage what the documents hold that a question finds */
export function startNeighbours(
  { env }: Pick<AgentUnderTest, 'env'>,
  passage: (query: string) => string,
): Neighbours {
  const { REDIS_URL: redisUrl = '', QUEUE_PREFIX: prefix = '' } = env
  const queues = connectQueues({ redisUrl, prefix, log: silentLog() })
  const started: string[] = []
  const answer = ({ tenant, callKey }: Asked, output: unknown) => {
    const executionId = callKey.slice(0, callKey.indexOf('/')) as ExecutionId
    const result: ToolAnswer = { status: 'succeeded', output }
    const answered = { tenant, executionId, callKey, result }
    return queues.send(outgoing(agentToolAnswersQueue, 'tool.answered', answered))
  }
  const knowledge = queues.consume(
    knowledgeQueue,
    {
      'task.search': async () => {},
      'agent-tool.search': async (call) => {
        const context = `[1] refunds.md\n${passage(call.input.query)}`
        await answer(call, { context, citations: [] })
      },
    },
    { concurrency: 4 },
  )
  const workflow = queues.consume(
    workflowToolQueue,
    {
      'agent-tool.run-workflow': async (call) => {
        started.push(JSON.stringify(call.input))
        await answer(call, { runId: 'run_1', output: {} })
      },
      'agent-tool.cancel-run': async () => {},
    },
    { concurrency: 4 },
  )
  knowledge.start()
  workflow.start()
  return {
    started,
    async close() {
      await Promise.all([knowledge.close(), workflow.close()])
      await queues.close()
    },
  }
}
