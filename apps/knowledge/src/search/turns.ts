import { UnavailableError } from '@dure/kernel'

/** Some at once. Who has to wait does so for a bounded time, and tenants take turns, however much one of them asks for. */
export interface Turns {
  /** @throws UnavailableError `search.index-behind` when it has waited for too long, or too many wait already */
  take<Result>(tenant: string, work: () => Promise<Result>): Promise<Result>
}

export interface TurnsOptions {
  /** So many at once. */
  readonly limit: number
  /** So many of one tenant at once: the rest is for others. */
  readonly perTenant: number
  readonly waitMs?: number
  /** So many of one tenant wait, at the most. */
  readonly maxWaiting?: number
}

/** Nobody waits for a search any longer. */
const WAIT_MS = 30_000
const MAX_WAITING = 100

export function createTurns({
  limit,
  perTenant,
  waitMs = WAIT_MS,
  maxWaiting = MAX_WAITING,
}: TurnsOptions): Turns {
  /** What each tenant waits for, in the order in which tenants have their turns. */
  const queues = new Map<string, Set<() => void>>()
  const running = new Map<string, number>()
  let all = 0

  const mayBegin = (tenant: string) => all < limit && (running.get(tenant) ?? 0) < perTenant

  function count(tenant: string, by: 1 | -1): void {
    all += by
    const sum = (running.get(tenant) ?? 0) + by
    if (sum === 0) running.delete(tenant)
    else running.set(tenant, sum)
  }

  function leave(tenant: string, queue: Set<() => void>, begin: () => void): void {
    queue.delete(begin)
    if (queue.size === 0) queues.delete(tenant)
  }

  function next(): void {
    for (const [tenant, queue] of [...queues]) {
      const [begin] = queue
      if (begin === undefined || !mayBegin(tenant)) continue
      // The tenant comes last now.
      queues.delete(tenant)
      queues.set(tenant, queue)
      leave(tenant, queue, begin)
      count(tenant, 1)
      begin()
    }
  }

  function turnOf(tenant: string): Promise<void> {
    if (mayBegin(tenant) && !queues.has(tenant)) {
      count(tenant, 1)
      return Promise.resolve()
    }
    const queue = queues.get(tenant) ?? new Set()
    if (queue.size >= maxWaiting) return Promise.reject(behind())
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const timer = setTimeout(() => {
      leave(tenant, queue, begin)
      reject(behind())
    }, waitMs)
    const begin = () => {
      clearTimeout(timer)
      resolve()
    }
    queues.set(tenant, queue.add(begin))
    return promise
  }

  return {
    async take(tenant, work) {
      await turnOf(tenant)
      try {
        return await work()
      } finally {
        count(tenant, -1)
        next()
      }
    },
  }
}

function behind(): UnavailableError {
  return new UnavailableError('search.index-behind', 'The index is being brought up to date')
}
