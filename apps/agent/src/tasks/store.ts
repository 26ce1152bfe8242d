import { setTimeout as sleep } from 'node:timers/promises'
import type { TaskRef } from '@dure/contracts'
import { type BackoffPolicy, backoffMs } from '@dure/kernel'
import { type EventStore, withTransaction } from '@dure/platform'
import type { Pool } from 'pg'
import type { Finish, Hold } from '../effects/effect.ts'
import type { EffectLedger } from '../effects/store.ts'
import type { Ending, Log } from './task.ts'

/** Where the outcome of a task and the event that tells of it are recorded: both, or neither. */
export interface OutcomeStore {
  /**
   * Tries for about half a minute when PostgreSQL does not answer, since an outcome that is lost is
   * paid for twice. Recording the same outcome again changes nothing.
   */
  record(
    of: { readonly task: TaskRef; readonly log: Log },
    hold: Hold,
    ending: Ending,
  ): Promise<Finish>
}

export interface OutcomeStoreOptions {
  readonly pool: Pool
  readonly effects: EffectLedger
  readonly events: EventStore
}

const PATIENCE: BackoffPolicy = { baseMs: 500, maxMs: 8000 }
const MAX_TRIES = 9

export function createOutcomeStore({ pool, effects, events }: OutcomeStoreOptions): OutcomeStore {
  async function once(task: TaskRef, hold: Hold, { outcome, event }: Ending): Promise<Finish> {
    return withTransaction(pool, async (client) => {
      const finish = await effects.finish(client, hold, outcome)
      if (finish.state === 'finished') {
        const expectedVersion = finish.version - 1
        const { taskKey: stream, tenant } = task
        await events.append(client, { stream, expectedVersion, events: [event], tenant })
      }
      return finish
    })
  }

  return {
    async record({ task, log }, hold, ending) {
      for (let tries = 1; ; tries += 1) {
        try {
          return await once(task, hold, ending)
        } catch (error) {
          if (tries === MAX_TRIES) throw error
          log.warn({ err: error, tries }, 'the outcome could not be recorded yet')
          await sleep(backoffMs(PATIENCE, tries, Math.random()))
        }
      }
    },
  }
}
