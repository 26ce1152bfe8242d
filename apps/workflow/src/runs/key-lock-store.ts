import type { Tenant } from '@dure/contracts'
import { UnavailableError } from '@dure/kernel'
import { withTransaction } from '@dure/platform'
import type pg from 'pg'

export interface KeyLocks {
  /**
   * While `work` goes on, nobody else does the same for this key, here or in another process.
   *
   * @throws UnavailableError `service.overloaded` when too many came before
   */
  exclusively<Result>(tenant: Tenant, key: string, work: () => Promise<Result>): Promise<Result>
}

export interface KeyLocksOptions {
  /** For nothing but locks: work that waits for a connection of the pool of its lock waits for itself. */
  readonly pool: pg.Pool
  readonly monotonicMs: () => number
}

interface Lock {
  readonly sinceMs: number
  release(): void
}

const WAIT_MS = 10_000
/** So long may those of this process follow one another, before other processes have their turn. */
const HANDED_ON_MS = 1000

const LOCK = 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))'

/**
 * Locks in PostgreSQL, one connection for each key at the most: whoever waits here for the same key
 * waits in memory, and takes over the lock of the one before.
 */
export function createKeyLocks({ pool, monotonicMs }: KeyLocksOptions): KeyLocks {
  /** What is handed on by the one who came last for a key; undefined: it has let go. */
  const last = new Map<string, Promise<Lock | undefined>>()

  async function take(name: string): Promise<Lock> {
    const taken = Promise.withResolvers<void>()
    const over = Promise.withResolvers<void>()
    // It changes nothing, so it does not matter how the transaction ends, once the lock was there.
    withTransaction(pool, async (client) => {
      await client.query(LOCK, [name])
      taken.resolve()
      await over.promise
    }).catch((error) => taken.reject(isTimeout(error) ? tooMany(error) : error))
    await taken.promise
    return { sinceMs: monotonicMs(), release: over.resolve }
  }

  return {
    async exclusively({ organizationId, projectId }, key, work) {
      const name = `${organizationId}|${projectId}|${key}`
      const before = last.get(name)
      const { promise: after, resolve: handOn } = Promise.withResolvers<Lock | undefined>()
      last.set(name, after)
      const cameMs = monotonicMs()
      let lock = await before
      try {
        if (monotonicMs() - cameMs > WAIT_MS) throw tooMany()
        lock ??= await take(name)
        return await work()
      } finally {
        const isLast = last.get(name) === after
        if (isLast) last.delete(name)
        const isOld = lock !== undefined && monotonicMs() - lock.sinceMs > HANDED_ON_MS
        if (isLast || isOld) lock?.release()
        handOn(isLast || isOld ? undefined : lock)
      }
    },
  }
}

/** `query_canceled`: the statement waited for the lock until its own limit. */
function isTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '57014'
}

function tooMany(cause?: unknown): UnavailableError {
  const message = 'Too many wait for the same key: try again in a moment'
  return new UnavailableError('service.overloaded', message, {}, { cause, retryAfterS: 5 })
}
