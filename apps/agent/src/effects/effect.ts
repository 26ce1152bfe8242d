import type { TaskOutcome } from '@dure/contracts'

/** The right to execute a task, as long as nobody has claimed it with a higher token. */
export interface Hold {
  readonly taskKey: string
  readonly token: number
}

/** The W3C headers of a trace. */
export type StoredTrace = Readonly<Record<string, string>>

/** What the ledger answers to somebody who wants to execute a task. */
export type Claim =
  | {
      readonly state: 'claimed'
      readonly hold: Hold
      /** Claims of this attempt, this one included. */
      readonly tries: number
      /**
       * It was begun before, and nobody knows with what effect. Not so when that is the recorded
       * outcome of an older attempt: whoever asks for a newer one has decided to have it done again.
       */
      readonly inDoubt: boolean
    }
  | { readonly state: 'finished'; readonly outcome: TaskOutcome; readonly trace: StoredTrace }
  /** Somebody else is at it. */
  | { readonly state: 'busy' }
  /** A newer attempt has begun: nobody waits for this one any more. */
  | { readonly state: 'outdated' }
  /** Nobody needs it any more. */
  | { readonly state: 'cancelled' }

/** What a renewed lease is worth: `cancelled` is still held, and to be ended. */
export type Renewal = 'held' | 'cancelled' | 'lost'

/** What is recorded of an execution, as one: its outcome, and the event that tells of it. */
export interface Recording {
  readonly outcome: TaskOutcome
  readonly event: { readonly type: string }
  /** It was begun and given up: nobody knows with what effect, and the outcome does not say so. */
  readonly isInDoubt?: boolean
}

export type Finish =
  /** `version` is that of the event. */
  | { readonly state: 'finished'; readonly version: number }
  /** It had been committed, although the answer to that was lost. */
  | { readonly state: 'repeated' }
  /** Somebody else has claimed it since: what we have to say is discarded. */
  | { readonly state: 'superseded' }
