import {
  type AgentAnswer,
  type AgentQuestion,
  type agentAnswerQueue,
  agentQuestionQueue,
  type FoundAgent,
  outgoing,
  type Tenant,
} from '@dure/contracts'
import { UnavailableError } from '@dure/kernel'
import type { Logger, PageKey } from '@dure/platform'
import { createQuestionDesk, type MessageHandlers, type Queues } from '@dure/platform/queues'
import { LRUCache } from 'lru-cache'

/** An agent that others can call: something of it is published, or an alias leads to it. */
export interface CallableAgent extends Omit<FoundAgent, 'createdAt'> {
  readonly createdAt: Date
}

/** Which agents there are, as the agent service says when it is asked. */
export interface AgentDirectory {
  /**
   * @param ref an id or a name
   * @param isWanted what else it has to be: what is remembered of it may be old
   * @returns undefined when there is none
   * @throws UnavailableError `model.not-looked-up`
   */
  find(
    tenant: Tenant,
    ref: string,
    isWanted: (agent: CallableAgent) => boolean,
  ): Promise<CallableAgent | undefined>
  /** Newest first; none while the agent service does not answer: then none of them can be asked. */
  page(
    tenant: Tenant,
    page: { readonly limit: number; readonly after: PageKey | undefined },
  ): Promise<CallableAgent[]>
  readonly handlers: MessageHandlers<typeof agentAnswerQueue>
  close(): void
}

interface Parts {
  readonly queues: Pick<Queues, 'send' | 'redis'>
  readonly prefix: string
  readonly log: Pick<Logger, 'debug' | 'warn'>
  /** How long an answer may take. */
  readonly waitMs?: number
}

const WAIT_MS = 5000
/** Of one process. */
const MAX_WAITING = 1000
/** As long is an agent taken to be what it was: whether it is still there, its execution finds out. */
const FRESH_MS = 5000
const AT_ONCE = 50

type Wanted = Pick<AgentQuestion, 'agent' | 'limit' | 'after'>

export function createAgentDirectory({
  queues,
  prefix,
  log,
  waitMs = WAIT_MS,
}: Parts): AgentDirectory {
  const channel = `${prefix}:agent-answers`
  const desk = createQuestionDesk<AgentAnswer>({ queues, channel, maxWaiting: MAX_WAITING, log })
  const known = new LRUCache<string, CallableAgent>({ max: 5000, ttl: FRESH_MS })

  /** @returns undefined when nobody has answered in time */
  async function ask(tenant: Tenant, wanted: Wanted): Promise<CallableAgent[] | undefined> {
    if (desk.isFull()) return undefined
    const answer = await desk
      .ask(
        (questionId) =>
          outgoing(agentQuestionQueue, 'agents.find', { questionId, tenant, ...wanted }),
        AbortSignal.timeout(waitMs),
      )
      .catch((error: unknown) => log.warn({ err: error }, 'the agent service was not asked'))
    return answer?.agents.map((agent) => ({ ...agent, createdAt: new Date(agent.createdAt) }))
  }

  return {
    async find(tenant, ref, isWanted) {
      const key = `${tenant.organizationId} ${tenant.projectId} ${ref}`
      const fresh = known.get(key)
      if (fresh && isWanted(fresh)) return fresh
      const found = await ask(tenant, { agent: ref, limit: 1 })
      if (!found) throw notLookedUp()
      const [agent] = found
      if (!agent || !isWanted(agent)) return undefined
      known.set(key, agent)
      return agent
    },

    async page(tenant, { limit, after }) {
      const all: CallableAgent[] = []
      for (let last = after; all.length < limit; ) {
        const wanted = Math.min(limit - all.length, AT_ONCE)
        const key = last && { id: last.id, createdAt: last.createdAt.toISOString() }
        const some = await ask(tenant, { limit: wanted, ...(key && { after: key }) })
        if (!some) log.warn('a list of models is without agents: the agent service does not answer')
        all.push(...(some ?? []))
        if ((some?.length ?? 0) < wanted) return all
        last = all.at(-1)
      }
      return all
    },

    handlers: { 'agents.found': desk.hear },
    close: desk.close,
  }
}

function notLookedUp(): UnavailableError {
  const hint = 'whether there is such an agent could not be looked up: try again in a moment'
  return new UnavailableError('model.not-looked-up', `The agent service does not answer: ${hint}`)
}
