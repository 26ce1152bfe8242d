import type { Priority } from '../routing/priority.ts'
import type { Arm, Upstream } from '../upstream.ts'
import { unavailable } from './failure.ts'
import { isIdempotent, MAX_ATTEMPTS, retryDelayMs } from './retry.ts'

export interface AttemptsOptions {
  readonly upstream: Upstream
  /** The one that is asked first. */
  readonly arm: Arm
  readonly priority: Priority
  readonly method: string
  readonly idempotencyKey: unknown
  /** Whether its body is there to be sent again. */
  readonly isKept: boolean
  /** Of `performance.now()`. */
  readonly deadlineMs: number
}

/** How often a request may be sent, to which arm, and what the breakers learn of it. */
export class Attempts {
  readonly #options: AttemptsOptions
  readonly #isRepeatable: boolean
  #arm: Arm
  #count = 0
  /** Whether a breaker still waits to hear what became of the last one. */
  #isOnTrial = false

  constructor(options: AttemptsOptions) {
    this.#options = options
    this.#arm = options.arm
    this.#isRepeatable = isIdempotent(options.method, options.idempotencyKey)
  }

  get arm(): Arm {
    return this.#arm
  }

  /**
   * Before each: the arm to send it to. Where the breaker of a canary is open, what is safe to repeat
   * goes to the stable arm.
   *
   * @throws UnavailableError `service.unavailable` when a breaker is open
   */
  begin(): Arm {
    const { upstream, priority } = this.#options
    if (!this.#tryArm(this.#arm)) {
      const waitMs = this.#arm.breakers[priority].waitMs
      const mayMove = this.#isRepeatable && this.#arm !== upstream.stable
      if (!mayMove || !this.#tryArm(upstream.stable)) {
        throw unavailable(upstream.name, Math.max(1, Math.ceil(waitMs / 1000)))
      }
    }
    if (this.#count++ === 0) upstream.retries.deposit()
    return this.#arm
  }

  /** After each, once; more calls do nothing. */
  report(result: 'succeeded' | 'failed' | 'abandoned'): void {
    if (!this.#isOnTrial) return
    this.#isOnTrial = false
    this.#arm.breakers[this.#options.priority][result]()
  }

  /**
   * Milliseconds until the next one; `undefined` when there is none: the request might have an effect
   * twice, there is no time, or the budget is used up. Whoever asks and is answered does send it.
   *
   * @param fault `never-sent`: nothing of it reached the service
   */
  next(retryAfter: string | undefined, fault?: 'never-sent' | 'cut'): number | undefined {
    const { isKept, deadlineMs, upstream } = this.#options
    if (!isKept || this.#count >= MAX_ATTEMPTS) return undefined
    if (fault !== 'never-sent' && !this.#isRepeatable) return undefined
    const delayMs = retryDelayMs(this.#count, retryAfter, Math.random())
    if (delayMs === undefined || performance.now() + delayMs >= deadlineMs) return undefined
    if (!upstream.retries.tryWithdraw()) return undefined
    // What fails on the canary may be well on the stable arm.
    if (this.#isRepeatable) this.#arm = upstream.stable
    return delayMs
  }

  #tryArm(arm: Arm): boolean {
    this.#isOnTrial = arm.breakers[this.#options.priority].tryPass()
    if (this.#isOnTrial) this.#arm = arm
    return this.#isOnTrial
  }
}
