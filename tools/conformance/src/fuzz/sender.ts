import { NoAnswerError } from '../http/connection.ts'
import { createPoliteConnection } from '../http/polite.ts'
import type { Operation } from '../openapi/operation.ts'
import { codeIn, type Fault, parsed } from './fault.ts'
import type { Judge } from './judge.ts'
import type { Pool } from './pool.ts'
import type { BuiltRequest } from './request.ts'
import type { Tally } from './tally.ts'

const PATIENCE_MS = 30_000
/** A request that asks to wait may, and one for the answer of a run: then nobody waits for it. */
const WAITING_PATIENCE_MS = 3000
const WAIT_ALWAYS = new Set(['createChatCompletion', 'createResponse', 'callMcp', 'receiveHook'])
const ASKS_TO_WAIT = /"wait"|\bwait\b/

export interface SenderOptions {
  readonly origin: string
  readonly pool: Pool
  readonly judge: Judge
  readonly tally: Tally
}

export interface Sender {
  /** @returns what the answer breaks */
  one(operation: Operation, request: BuiltRequest): Promise<readonly Fault[]>
  close(): void
}

export function createSender({ origin, pool, judge, tally }: SenderOptions): Sender {
  const connection = createPoliteConnection(origin, tally.busy)
  return {
    async one(operation, request) {
      const { wire, pathParameters } = request
      const waits =
        WAIT_ALWAYS.has(operation.operationId) ||
        ASKS_TO_WAIT.test(`${wire.body ?? ''}${JSON.stringify(wire.headers)}`)
      try {
        const answer = await connection.send(wire, waits ? WAITING_PATIENCE_MS : PATIENCE_MS)
        const body = parsed(answer.body)
        tally.add(operation, answer.status, codeIn(body))
        if (answer.status < 300) pool.learn(body, pathParameters)
        return judge.faultsIn(operation, request, answer)
      } catch (error) {
        if (!(error instanceof NoAnswerError)) throw error
        tally.add(operation, 0)
        if (waits && error.why === 'silent') return []
        return [{ kind: `no-answer-${error.why}`, what: error.message }]
      }
    },
    close: () => connection.close(),
  }
}
