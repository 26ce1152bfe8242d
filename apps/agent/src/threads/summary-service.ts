import { asTenant, type Logger } from '@dure/platform'
import type { AgentLookup } from '../agents/lookup-store.ts'
import type { Execution } from '../executions/execution-row.ts'
import { payerOf } from '../executions/model-step.ts'
import { guardInput, redactingIn } from '../guardrails/guard.ts'
import type { ModelCaller } from '../models/model-call.ts'
import { questionOf, SUMMARISE, summaryFrom, toSummarise } from './summary.ts'
import type { SummaryStore } from './summary-store.ts'

export interface ThreadSummaries {
  /**
   * An execution in a thread has ended: what is older there is summarised, if its agent wants that, while nobody waits for
   * it. What goes wrong is logged, and done after the next answer.
   */
  afterEnd(execution: Execution): void
  close(): Promise<void>
}

interface Parts {
  readonly store: SummaryStore
  readonly agents: Pick<AgentLookup, 'pinned'>
  readonly models: ModelCaller
  readonly log: Pick<Logger, 'warn'>
}

/** At once in one process; for others it is done after their next answer. */
const MAX_AT_ONCE = 8
const TIMEOUT_MS = 60_000
const MAX_OUTPUT_TOKENS = 1000

export function createThreadSummaries({ store, agents, models, log }: Parts): ThreadSummaries {
  const closing = new AbortController()
  const underWay = new Map<string, Promise<void>>()

  async function summarise(execution: Execution, threadId: NonNullable<Execution['threadId']>) {
    const { tenant, agentId, agentVersion } = execution
    const { definition } = await agents.pinned(tenant, agentId, agentVersion)
    const wanted = definition.memory?.thread.summary
    if (!wanted) return
    const key = { tenant, threadId }
    const before = await store.find(key)
    const since = await store.since(key, before?.upToPosition ?? 0)
    const said = toSummarise(since, wanted.keepMessages)
    if (said.length === 0) return
    const { model, fallbackModels } = definition
    const { text } = await models.call({
      callKey: `${threadId}/summary/${said.at(-1)?.position}`,
      payer: payerOf(execution),
      kind: 'summary',
      models: model === undefined ? fallbackModels : [model, ...fallbackModels],
      system: SUMMARISE,
      messages: guardInput([questionOf(before, said)], redactingIn(definition.guardrails)),
      maxOutputTokens: MAX_OUTPUT_TOKENS,
      priority: 'background',
      timeoutMs: TIMEOUT_MS,
      signal: closing.signal,
      onDelta: () => {},
    })
    const summary = summaryFrom(text, { before, said })
    if (summary) await store.save(key, summary)
  }

  return {
    afterEnd(execution) {
      const { threadId, tenant, id } = execution
      if (threadId === null || closing.signal.aborted) return
      if (underWay.has(threadId) || underWay.size >= MAX_AT_ONCE) return
      const work = asTenant(tenant, () => summarise(execution, threadId))
        .catch((error: unknown) => {
          if (closing.signal.aborted) return
          log.warn({ err: error, executionId: id }, 'a thread was not summarised')
        })
        .finally(() => underWay.delete(threadId))
      underWay.set(threadId, work)
    },

    async close() {
      closing.abort(new Error('The service stops'))
      await Promise.all(underWay.values())
    },
  }
}
