export interface BreakerLimits {
  /** Results older than this (up to twice this) do not count any more. */
  readonly windowMs: number
  /** So many results before any judgement. */
  readonly minResults: number
  /** 0 to 1: from this share of failures on, nothing is let through any more. */
  readonly failureShare: number
  /** How long nothing is let through, before a few may try. */
  readonly openMs: number
  /** So many at once try then; when as many succeed in a row, everything is let through again. */
  readonly probes: number
}

export type BreakerState = 'closed' | 'open' | 'half-open'

const DEFAULTS: BreakerLimits = {
  windowMs: 5000,
  minResults: 20,
  failureShare: 0.5,
  openMs: 2000,
  probes: 3,
}

/**
 * Spares a service that fails: after too many failures its requests fail at once, without being
 * sent; after a while a few may try (M. Nygard, Release It!, "Circuit Breaker").
 */
export class Breaker {
  readonly #limits: BreakerLimits
  readonly #nowMs: () => number
  #windowStartMs: number
  #failures = 0
  #successes = 0
  #openUntilMs: number | undefined
  #probing = 0
  #probesDone = 0

  /** @param nowMs a clock that never goes back */
  constructor(nowMs: () => number, limits: Partial<BreakerLimits> = {}) {
    this.#limits = { ...DEFAULTS, ...limits }
    this.#nowMs = nowMs
    this.#windowStartMs = nowMs()
  }

  get state(): BreakerState {
    if (this.#openUntilMs === undefined) return 'closed'
    return this.#nowMs() < this.#openUntilMs ? 'open' : 'half-open'
  }

  /** Milliseconds until somebody may try again; 0 when somebody may now. */
  get waitMs(): number {
    return Math.max(0, (this.#openUntilMs ?? 0) - this.#nowMs())
  }

  /** Whether a request may be sent; if so, what became of it is reported once, by one of the three. */
  tryPass(): boolean {
    const { state } = this
    if (state === 'closed') return true
    if (state === 'open' || this.#probing >= this.#limits.probes) return false
    this.#probing++
    return true
  }

  succeeded(): void {
    if (this.#openUntilMs === undefined) {
      this.#turnWindow()
      this.#successes++
      return
    }
    this.abandoned()
    if (this.state === 'half-open' && ++this.#probesDone >= this.#limits.probes) this.#close()
  }

  failed(): void {
    if (this.#openUntilMs !== undefined) {
      this.abandoned()
      if (this.state === 'half-open') this.#open()
      return
    }
    this.#turnWindow()
    this.#failures++
    const results = this.#failures + this.#successes
    const { minResults, failureShare } = this.#limits
    if (results >= minResults && this.#failures / results >= failureShare) this.#open()
  }

  /** It says nothing about the service, such as when the client left. */
  abandoned(): void {
    if (this.#openUntilMs !== undefined && this.#probing > 0) this.#probing--
  }

  #open(): void {
    this.#openUntilMs = this.#nowMs() + this.#limits.openMs
    this.#probing = 0
    this.#probesDone = 0
  }

  #close(): void {
    this.#openUntilMs = undefined
    this.#windowStartMs = this.#nowMs()
    this.#failures = 0
    this.#successes = 0
  }

  /** The results of the last window still count for half of their number. */
  #turnWindow(): void {
    const nowMs = this.#nowMs()
    if (nowMs - this.#windowStartMs < this.#limits.windowMs) return
    const isOld = nowMs - this.#windowStartMs >= 2 * this.#limits.windowMs
    this.#windowStartMs = nowMs
    this.#failures = isOld ? 0 : Math.floor(this.#failures / 2)
    this.#successes = isOld ? 0 : Math.floor(this.#successes / 2)
  }
}
