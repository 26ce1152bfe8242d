import type { Priority } from '../routing/priority.ts'

/** How busy the process was in the last interval. */
export interface Sample {
  /** 0 to 1: the part of the time in which the event loop did not wait for work. */
  readonly utilisation: number
  /** How late timers were, on average. */
  readonly delayMs: number
}

/** By level: who is turned away from there on. Nothing at 0; never questions about health. */
const SHEDS_FROM: Readonly<Record<Priority, number>> = {
  batch: 1,
  'new-run': 2,
  interactive: 3,
  'run-control': 4,
}
const MAX_LEVEL = 4

/**
 * Late timers alone may be the fault of another process on the machine, and a busy loop alone is good
 * use of it: only both together mean that there is too much to do.
 */
const HIGH: Sample = { utilisation: 0.9, delayMs: 100 }
/** Far below, so that what was just refused does not come back at once. */
const LOW: Sample = { utilisation: 0.8, delayMs: 40 }
const SAMPLES_UP = 2
const SAMPLES_DOWN = 4

/** Decides from samples of the load who is turned away; goes up fast, and down slowly. */
export class LoadLevel {
  #level = 0
  #high = 0
  #low = 0

  get level(): number {
    return this.#level
  }

  sheds(priority: Priority): boolean {
    return this.#level >= SHEDS_FROM[priority]
  }

  take({ utilisation, delayMs }: Sample): void {
    const isHigh = utilisation >= HIGH.utilisation && delayMs >= HIGH.delayMs
    const isLow = utilisation < LOW.utilisation || delayMs < LOW.delayMs
    this.#high = isHigh ? this.#high + 1 : 0
    this.#low = isLow ? this.#low + 1 : 0
    if (this.#high >= SAMPLES_UP) this.#step(1)
    else if (this.#low >= SAMPLES_DOWN) this.#step(-1)
  }

  #step(by: 1 | -1): void {
    this.#level = Math.min(MAX_LEVEL, Math.max(0, this.#level + by))
    this.#high = 0
    this.#low = 0
  }
}
