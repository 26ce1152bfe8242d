import {
  type AgentQuestion,
  agentAnswerQueue,
  agentQuestionQueue,
  type FoundAgent,
  outgoing,
} from '@dure/contracts'
import { testTenant } from '@dure/platform/testing'
import type { Harness } from '../../testing/harness.ts'

/** What the agent service says of agents: these are there, of one project. */
export interface PlayedAgents {
  agents: FoundAgent[]
  readonly asked: readonly AgentQuestion[]
  close(): Promise<void>
}

let count = 0

export function foundAgent(name: string, more: Partial<FoundAgent> = {}): FoundAgent {
  count += 1
  return {
    id: `agt_${String(count).padStart(32, '0')}` as FoundAgent['id'],
    ...{ name, description: `What ${name} does`, publishedVersion: 1, aliases: [] },
    createdAt: new Date(1_700_000_000_000 - count * 1000).toISOString(),
    ...more,
  }
}

/** Newest first, as the service has them. */
export function playAgents({ queues }: Harness, agents: FoundAgent[]): PlayedAgents {
  const asked: AgentQuestion[] = []
  const played = { agents, asked, close: () => consumer.close() }
  const isOurs = ({ tenant }: AgentQuestion) => tenant.projectId === testTenant().projectId
  const consumer = queues.consume(
    agentQuestionQueue,
    {
      'agents.find': async (question) => {
        asked.push(question)
        const { questionId, agent, after, limit } = question
        const from = after ? played.agents.findIndex(({ id }) => id === after.id) + 1 : 0
        const found = played.agents
          .slice(from)
          .filter(({ id, name }) => agent === undefined || agent === id || agent === name)
          .slice(0, limit)
        const answer = { questionId, agents: isOurs(question) ? found : [] }
        await queues.send(outgoing(agentAnswerQueue, 'agents.found', answer))
      },
    },
    { concurrency: 4 },
  )
  consumer.start()
  return played
}
