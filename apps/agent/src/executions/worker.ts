import {
  agentExecutionsQueue,
  agentToolAnswersQueue,
  type OutgoingMessage,
  outgoing,
  type ToolAnswer,
} from '@dure/contracts'
import { asTenant, createPoller, type Logger, type Poller } from '@dure/platform'
import type { Consumer, MessageHandlers, Queues } from '@dure/platform/queues'
import { failed, succeeded } from '../tools/outcome.ts'
import type { AdvanceService } from './advance-service.ts'
import type { Executions } from './service.ts'
import type { ExecutionRef, ExecutionWorkStore } from './work-store.ts'

interface WorkersOptions {
  readonly queues: Pick<Queues, 'consume'>
  readonly advancing: Pick<AdvanceService, 'advance'>
  readonly executions: Pick<Executions, 'toolAnswered'>
  readonly leaseMs: number
  /** Executions that one process works on. */
  readonly concurrency: number
}

const ANSWER_CONCURRENCY = 8

/** Takes what comes for executions: that there is something to do, and what their tools say. */
export function createExecutionWorkers(options: WorkersOptions): Consumer {
  const { queues, advancing, executions, leaseMs, concurrency } = options
  const consumers = [
    queues.consume(agentExecutionsQueue, executionHandlers(advancing), {
      ...{ concurrency, lockMs: 2 * leaseMs },
    }),
    queues.consume(agentToolAnswersQueue, answerHandlers(executions), {
      concurrency: ANSWER_CONCURRENCY,
    }),
  ]
  return {
    start: () => {
      for (const consumer of consumers) consumer.start()
    },
    check: async () => {
      await Promise.all(consumers.map((consumer) => consumer.check()))
    },
    close: async () => {
      await Promise.all(consumers.map((consumer) => consumer.close()))
    },
  }
}

function answerHandlers(
  executions: Pick<Executions, 'toolAnswered'>,
): MessageHandlers<typeof agentToolAnswersQueue> {
  return {
    'tool.answered': ({ result, ...of }) =>
      asTenant(of.tenant, () => executions.toolAnswered({ ...of, result: fitting(result) })),
  }
}

/** As long as a result may be, whoever has sent it. */
function fitting(answer: ToolAnswer) {
  const { usage } = answer
  const fit = answer.status === 'succeeded' ? succeeded(answer.output) : failed(answer.error)
  return { ...fit, ...(usage && { usage }) }
}

function executionHandlers(
  advancing: Pick<AdvanceService, 'advance'>,
): MessageHandlers<typeof agentExecutionsQueue> {
  return {
    'execution.advance': ({ tenant, executionId: id }, context) =>
      advancing.advance({ tenant, id }, context),
  }
}

/** @param cause tells two reasons apart: of two messages for the same one, only one is sent */
export function advanceMessage(
  { tenant, id: executionId }: ExecutionRef,
  cause: string,
): OutgoingMessage {
  return outgoing(agentExecutionsQueue, 'execution.advance', { tenant, executionId, cause })
}

export interface ReconcilerOptions {
  readonly store: Pick<ExecutionWorkStore, 'due' | 'untold'>
  readonly sendAll: (messages: readonly OutgoingMessage[]) => Promise<void>
  readonly ended: (ref: ExecutionRef) => Promise<void>
  readonly log: Logger
}

const POLL_MS = 5000
const BATCH = 100

/**
 * Looks for executions that something has to be done for and nobody does, whatever became of their
 * messages: Redis may have been wiped, and a process may have died.
 */
export function createExecutionReconciler({
  store,
  sendAll,
  ended,
  log,
}: ReconcilerOptions): Poller {
  async function pass(): Promise<boolean> {
    const due = await store.due(BATCH)
    // The message of a process that died is in its hands until the queue takes it away: this is another one.
    const messages = due.map((ref) => advanceMessage(ref, `due-${ref.token}`))
    if (messages.length > 0) await sendAll(messages)
    const untold = await store.untold(BATCH)
    for (const execution of untold) await ended(execution)
    return due.length === BATCH
  }
  return createPoller({ name: 'executions', pass, pollMs: POLL_MS, log })
}
