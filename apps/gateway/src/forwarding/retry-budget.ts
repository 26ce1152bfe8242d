/** Each request adds so much. Below a tenth, so that what is there at the start fits in, too. */
const SHARE = 0.09
const MAX_SAVED = 5

/**
 * Bounds how much retries add to the load of a service that is failing already. Of any `n` requests
 * in a row at most `0.09 n + 5` are sent once more: from 500 on never more than a tenth.
 */
export class RetryBudget {
  #saved = MAX_SAVED
  #retries = 0

  get retries(): number {
    return this.#retries
  }

  /** For each request that is sent for the first time. */
  deposit(): void {
    this.#saved = Math.min(MAX_SAVED, this.#saved + SHARE)
  }

  /** @returns whether one more may be sent */
  tryWithdraw(): boolean {
    if (this.#saved < 1) return false
    this.#saved--
    this.#retries++
    return true
  }
}
