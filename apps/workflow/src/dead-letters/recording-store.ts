import type { RunStore } from '@dure/engine'
import { withTransaction } from '@dure/platform'
import type pg from 'pg'
import { createCommitter } from '../runs/commit-store.ts'
import { deadLettersOf } from './dead-letter.ts'
import { recordDeadLetters } from './store.ts'

/**
 * Commits with the dead letters that a commit leaves behind, all or nothing: whoever dies right after it
 * loses none. Nearly every commit has none, and costs nothing more.
 */
export function recordingDeadLetters<Store extends Pick<RunStore, 'commit'>>(
  store: Store,
  pool: pg.Pool,
): Store {
  return {
    ...store,
    async commit(change) {
      const steps = deadLettersOf(change.events)
      if (steps.length === 0) return store.commit(change)
      return withTransaction(pool, async (client) => {
        const result = await createCommitter(client)(change)
        if (result.state === 'committed') await recordDeadLetters(client, change.run, steps)
        return result
      })
    },
  }
}
