import type { PlainReply, PlainRequest } from '@dure/platform'
import type { Priority } from '../../routing/priority.ts'
import type { Arm, Upstream } from '../../upstream.ts'
import type { BodyKind } from './body.ts'

/** A stream of events that is on its way to its reader. */
export interface LiveStream {
  /** When it can be resumed, its reader is told so. */
  endStream(isResumable: boolean): void
}

/** A request, and all that was found out about it before it sets out. */
export interface Journey {
  readonly request: PlainRequest
  readonly reply: PlainReply
  readonly upstream: Upstream
  readonly arm: Arm
  readonly priority: Priority
  /** Of `performance.now()`. */
  readonly beganAtMs: number
  readonly timeoutMs: number
  readonly body: BodyKind
  readonly maxBodyBytes: number
  /** Names and values in turn, for the service. */
  readonly headers: readonly string[]
  /**
   * Called when the answer turns out to be a stream of events.
   *
   * @returns what is called when that is over
   * @throws DureError when it must not begin
   */
  readonly openStream: (stream: LiveStream) => () => void
  /**
   * Called once, when the answer has been written, or nobody is left to read it.
   *
   * @param arm the one that answered, or was asked last
   * @param error where no answer has begun: what to tell the client
   */
  readonly onEnd: (arm: Arm['name'], error: unknown) => void
}
