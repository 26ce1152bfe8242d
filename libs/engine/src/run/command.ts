import type { RunEventOf, TaskOutcome } from '@dure/contracts'
import type { Evaluation } from '../nodes/define.ts'

type Starting = Omit<RunEventOf<'run.started'>, 'type'>

/** What somebody asks of a run from outside; kept in its inbox until the run has taken it in. */
export type InboxCommand =
  | { readonly type: 'run.pause'; readonly by: string }
  | { readonly type: 'run.resume'; readonly by: string }
  | { readonly type: 'run.cancel'; readonly by: string; readonly reason?: string }
  /** Of a run that has failed: what failed is executed again. */
  | { readonly type: 'run.retry'; readonly by: string }
  | {
      readonly type: 'run.signal'
      readonly name: string
      readonly payload: unknown
      readonly by: string
    }
  /** An event with the correlation that this node waits for, or a callback by its token. */
  | { readonly type: 'run.deliver-event'; readonly path: string; readonly payload: unknown }
  | {
      readonly type: 'run.decide-approval'
      readonly path: string
      readonly decision: 'approve' | 'reject'
      readonly by: string
      /** `user:…` and `role:…` as which the decider may decide. */
      readonly as: readonly string[]
      /** Of the payload that the decider has seen. */
      readonly hash: string
      readonly comment?: string
      readonly edit?: unknown
    }
  | {
      readonly type: 'run.resolve-effect'
      readonly path: string
      readonly resolution: 'succeeded' | 'failed' | 'retry'
      readonly output?: unknown
      readonly by: string
      readonly note?: string
    }

/** Everything that a run decides on. */
export type RunCommand =
  | InboxCommand
  | (Starting & { readonly type: 'run.start' })
  | (Omit<RunEventOf<'run.queued'>, 'type'> & { readonly type: 'run.queue' })
  | {
      readonly type: 'run.finish-task'
      readonly path: string
      readonly attempt: number
      readonly outcome: TaskOutcome
    }
  /** A node that is pure by nature was executed as a commit point of its own. */
  | {
      readonly type: 'run.finish-in-place'
      readonly path: string
      readonly attempt: number
      readonly evaluation: Evaluation
    }
  /** The time has come for something: what that is, the run knows. */
  | { readonly type: 'run.wake' }
  /** Whoever executed nodes in place has died: of these nobody knows what became. */
  | { readonly type: 'run.interrupt' }
  /** A queued run was not started within its time to live. */
  | { readonly type: 'run.expire-queued' }
