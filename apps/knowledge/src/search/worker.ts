import {
  type AgentSearch,
  agentToolAnswersQueue,
  type Caller,
  type knowledgeQueue,
  type OutgoingMessage,
  outgoing,
  type SearchRequest,
  type Spender,
  spenderOf,
  type TaskError,
  type TaskOutcome,
  type TaskRef,
  type TaskUsage,
  type Tenant,
  type ToolAnswer,
  workflowQueue,
} from '@dure/contracts'
import { DeadlineExceededError, DureError, failureClassOf } from '@dure/kernel'
import { asTenant } from '@dure/platform'
import type { MessageHandlers } from '@dure/platform/queues'
import type { Bill } from '../money/money.ts'
import { fittingQuotable, fittingResult } from './search.ts'
import type { SearchService } from './service.ts'

/** What the output of a node may have, less some room for what surrounds it. */
const MAX_OUTPUT_BYTES = 240 * 1024
const MAX_MESSAGE_LENGTH = 2000
/** What an agent takes of a tool, less some room. */
const MAX_ANSWER_BYTES = 60 * 1024
/** So often a search is tried when something that it needs is down; then the run is told. */
const MAX_DELIVERIES = 3

const DAY_MS = 86_400_000
const UNFORESEEN = {
  code: 'search.unavailable',
  message: 'The search could not be executed; it may be later',
  class: 'unavailable',
} as const satisfies TaskError

export interface SearchWorkerDependencies {
  readonly search: SearchService
  readonly send: (message: OutgoingMessage) => Promise<void>
}

/**
 * Searches of runs and of agents. A search changes nothing, so one that is delivered twice is simply
 * done twice; whoever asked takes the first answer.
 */
export function searchHandlers({
  search,
  send,
}: SearchWorkerDependencies): MessageHandlers<typeof knowledgeQueue> {
  return {
    'task.search': async ({ task, input, caller }, { attempt, log }) => {
      const outcome = await execute(search, task, { input, caller }).catch((error: unknown) => {
        if (!isFinal(error) && attempt < MAX_DELIVERIES) throw error
        log.warn({ err: error, runId: task.runId }, 'search failed')
        return failureOf(error)
      })
      await send(outgoing(workflowQueue, 'task.finish', { task, outcome }))
    },

    'agent-tool.search': async (asked, { attempt, log }) => {
      const { tenant, executionId, callKey } = asked
      const result = await answerTo(search, asked).catch((error: unknown) => {
        if (!isFinal(error) && attempt < MAX_DELIVERIES) throw error
        log.warn({ err: error, executionId }, 'search failed')
        return refusalOf(error)
      })
      const answer = { tenant, executionId, callKey, result }
      await send(outgoing(agentToolAnswersQueue, 'tool.answered', answer))
    },
  }
}

async function execute(
  search: SearchService,
  { tenant, timeoutMs, workflowId, runId }: TaskRef,
  { input, caller }: { readonly input: SearchRequest; readonly caller: Caller | undefined },
): Promise<TaskOutcome> {
  const start = performance.now()
  const spender = spenderOf(caller, { runId, workflowId })
  const bills: Bill[] = []
  const { chunks, degraded, degradedReason } = await asTenant(tenant, () =>
    search.search(tenant, input, {
      ...{ timeoutMs, spender, onPaid: (bill) => void bills.push(bill) },
      caller: callerIn(workflowId, caller),
    }),
  )
  return {
    status: 'succeeded',
    output: {
      ...fittingResult(chunks, MAX_OUTPUT_BYTES),
      ...(degraded && { degraded }),
      ...(degradedReason && { degradedReason }),
    },
    ...usageOf(bills),
    durationMs: Math.round(performance.now() - start),
  }
}

/** Of the vector of the question, and of the reranker. */
function usageOf(bills: readonly Bill[]): { readonly usage?: TaskUsage } {
  const [first] = bills
  if (!first) return {}
  const sum = (of: (bill: Bill) => number) => bills.reduce((all, bill) => all + of(bill), 0)
  return {
    usage: {
      model: first.model,
      inputTokens: sum(({ used }) => used.tokens),
      outputTokens: 0,
      costMicroUsd: sum(({ costMicroUsd }) => costMicroUsd),
    },
  }
}

async function answerTo(
  search: SearchService,
  {
    tenant,
    input,
    caller = NOBODY,
    spender = {},
    timeoutMs,
  }: {
    readonly tenant: Tenant
    readonly input: AgentSearch
    readonly caller?: Caller
    readonly spender?: Spender
    readonly timeoutMs: number
  },
): Promise<ToolAnswer> {
  const { chunks } = await asTenant(tenant, () =>
    search.search(tenant, input, { timeoutMs, caller, spender }),
  )
  return { status: 'succeeded', output: fittingQuotable(chunks, MAX_ANSWER_BYTES) }
}

/** Sees what everybody may see. */
const NOBODY: Caller = { principals: [], seesAll: false }

/** A document may be for the runs of a workflow, whoever starts them. */
function callerIn(workflowId: string, caller?: Caller): Caller {
  const { principals = [], seesAll = false } = caller ?? {}
  return { principals: [...principals, `workflow:${workflowId}`], seesAll }
}

/** A rule that said no, or the time of the task is over: trying again would change nothing. */
function isFinal(error: unknown): boolean {
  return error instanceof DureError && (!error.transient || error instanceof DeadlineExceededError)
}

function refusalOf(error: unknown): ToolAnswer {
  if (!(error instanceof DureError)) return { status: 'failed', error: UNFORESEEN }
  const { code, kind, message } = error
  const said = message.slice(0, MAX_MESSAGE_LENGTH)
  return { status: 'failed', error: { code, message: said, class: failureClassOf(kind) } }
}

function failureOf(error: unknown): TaskOutcome {
  if (!(error instanceof DureError)) return { status: 'failed', error: UNFORESEEN }
  const { code, kind, message, retryAfterS } = error
  return {
    status: 'failed',
    error: {
      code,
      message: message.slice(0, MAX_MESSAGE_LENGTH),
      class: failureClassOf(kind),
      ...(retryAfterS !== undefined && {
        retryAfterMs: Math.min(Math.max(Math.ceil(retryAfterS * 1000), 0), DAY_MS),
      }),
    },
  }
}
