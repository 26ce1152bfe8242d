import type { Logger } from '@dure/platform'
import type { Consumer, Queues } from '@dure/platform/queues'
import type pg from 'pg'
import { createLedgerStore } from './budgets/ledger-store.ts'
import { createSpending } from './budgets/spending-service.ts'
import { createReservationSweep } from './budgets/worker.ts'
import type { Config } from './config.ts'
import { createEmbeddingService } from './embeddings/service.ts'
import { createModerator } from './guardrails/moderator-service.ts'
import { createBreakers } from './models/breakers.ts'
import { createModelCaller } from './models/caller.ts'
import { createGovernor } from './models/governor/governor.ts'
import { createModels } from './models/index.ts'
import { createPaidCalls } from './paid-calls/service.ts'
import { createPaidCallStore } from './paid-calls/store.ts'
import { createMoneyDoor } from './paid-calls/worker.ts'

/** Longer than a call of a model takes, with its retries: then whoever reserved money for it has died. */
const MIN_RESERVATION_MS = 900_000

interface Parts {
  readonly config: Config
  readonly everyTenant: pg.Pool
  readonly queues: Pick<Queues, 'redis' | 'consume' | 'send'>
  readonly log: Logger
}

/** Part of the composition root: models, and the money that they cost. */
export function joinModels({ config, everyTenant, queues, log }: Parts) {
  const models = createModels(config)
  const shared = { redis: queues.redis, prefix: config.QUEUE_PREFIX }
  const governor = createGovernor({ ...shared, log })
  const breakers = createBreakers({
    ...shared,
    limits: { minResults: config.MODEL_BREAKER_RESULTS },
  })
  const pacing = { governor, breakers }
  const ledger = createLedgerStore(everyTenant)
  const timeoutMs = config.MODEL_TIMEOUT_MS
  const reservationMs = Math.max(MIN_RESERVATION_MS, 2 * timeoutMs)
  const spending = createSpending({ ledger, reservationMs })
  return {
    ...{ models, governor, breakers },
    caller: createModelCaller({ models, governor, breakers, spending, log }),
    embeddings: createEmbeddingService({ models, spending, timeoutMs, pacing }),
    moderator: createModerator({ models, config, spending, pacing }),
    sweep: both(
      createReservationSweep({ ledger, log }),
      createMoneyDoor(createPaidCalls({ store: createPaidCallStore(everyTenant), log }), queues),
    ),
  }
}

type Work = Pick<Consumer, 'start' | 'check' | 'close'>

/** Begin and end together. */
function both(one: Work, other: Work): Work {
  return {
    start() {
      one.start()
      other.start()
    },
    check: async () => void (await Promise.all([one.check(), other.check()])),
    close: async () => void (await Promise.all([one.close(), other.close()])),
  }
}
