import { evaluationQueue } from '@dure/contracts'
import { asTenant, createPoller, type Logger, type Poller } from '@dure/platform'
import type { MessageHandlers, Queues } from '@dure/platform/queues'
import type pg from 'pg'
import type { SearchService } from '../search/service.ts'
import { createEvaluationRunner, type EvaluationRunner } from './runner.ts'
import { evaluateMessage } from './service.ts'
import { createEvaluationWorkStore, type EvaluationWorkStore } from './work-store.ts'

function evaluationHandlers(runner: EvaluationRunner): MessageHandlers<typeof evaluationQueue> {
  return {
    'evaluation.run': (key, { signal }) => asTenant(key.tenant, () => runner.run(key, signal)),
  }
}

/** Messages may be lost: sends again for what nobody works on. */
function createEvaluationSweeper({
  store,
  queues,
  log,
  intervalMs = 2000,
}: {
  readonly store: EvaluationWorkStore
  readonly queues: Pick<Queues, 'sendAll'>
  readonly log: Logger
  readonly intervalMs?: number
}): Poller {
  return createPoller({
    name: 'evaluation-sweep',
    pollMs: intervalMs,
    log,
    async pass() {
      const outstanding = await store.sweep()
      if (outstanding.length > 0) await queues.sendAll(outstanding.map(evaluateMessage))
      return false
    },
  })
}

/** Each takes as much of a core as it gets; questions of people come first. */
const EVALUATIONS_AT_ONCE = 1

/** What a process does for evaluations in the background. */
export function createEvaluationWorkers(parts: {
  readonly pool: pg.Pool
  readonly queues: Pick<Queues, 'consume' | 'sendAll'>
  readonly search: SearchService
  readonly log: Logger
}) {
  const { pool, queues, search, log } = parts
  const store = createEvaluationWorkStore(pool)
  const handlers = evaluationHandlers(createEvaluationRunner({ store, search }))
  const runs = queues.consume(evaluationQueue, handlers, { concurrency: EVALUATIONS_AT_ONCE })
  const sweeper = createEvaluationSweeper({ store, queues, log })
  return {
    checks: { evaluations: runs.check, evaluationSweeper: sweeper.check },
    start() {
      runs.start()
      sweeper.start()
    },
    close: () => Promise.all([sweeper.close(), runs.close()]),
  }
}
