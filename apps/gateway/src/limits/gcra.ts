/**
 * The generic cell rate algorithm in its virtual scheduling form (ITU-T I.371), on any clock.
 *
 * Over any interval of length L at most `burst + floor(L / unit)` are admitted.
 */
export class Gcra {
  /** The theoretical arrival time. */
  #tat = Number.NEGATIVE_INFINITY

  /**
   * @param now in the unit of time of `unit`
   * @returns 0 when `cost` would be admitted, else how long that takes
   */
  wait(cost: number, { now, burst, unit }: GcraState): number {
    return Math.max(0, Math.max(this.#tat, now) + (cost - burst) * unit - now)
  }

  /** Takes it, whatever `wait` says. */
  take(cost: number, { now, unit }: GcraState): void {
    this.#tat = Math.max(this.#tat, now) + cost * unit
  }
}

export interface GcraState {
  readonly now: number
  readonly burst: number
  /** T: the time that one takes to come back. */
  readonly unit: number
}
