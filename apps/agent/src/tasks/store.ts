import { setTimeout as sleep } from 'node:timers/promises'
import type { TaskRef } from '@dure/contracts'
import { type BackoffPolicy, backoffMs } from '@dure/kernel'
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

const PATIENCE: BackoffPolicy = { baseMs: 500, maxMs: 8000 }
const MAX_TRIES = 9

export function createOutcomeStore({
  effects,
}: {
  readonly effects: Pick<EffectLedger, 'finish'>
}): OutcomeStore {
  return {
    async record({ task, log }, hold, ending) {
      for (let tries = 1; ; tries += 1) {
        try {
          return await effects.finish(task, hold, ending)
        } catch (error) {
          if (tries === MAX_TRIES) throw error
          log.warn({ err: error, tries }, 'the outcome could not be recorded yet')
          await sleep(backoffMs(PATIENCE, tries, Math.random()))
        }
      }
    },
  }
}
