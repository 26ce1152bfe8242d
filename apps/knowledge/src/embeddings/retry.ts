/** What may be over the next time: a provider is down or in a bad way, or the period of a budget ends. */
const CAN_PASS: ReadonlySet<string> = new Set([
  'budget.exceeded',
  'budget.unavailable',
  'embedding.bad-response',
  'embedding.rate-limited',
  'embedding.timeout',
  'embedding.unavailable',
])
/** Of these, what is no fault of one project: others need not find it out one after the other. */
const OF_PROVIDER = /^embedding\./

/** Of documents that were published without vectors. */
export const FIRST_RETRY_S = 60
const MOST_S = 6 * 3600
/** So that those which have failed together do not come back together for ever. */
const JITTER = 0.1

/** Whether it may be over without anybody doing something. */
function canPass(code: string): boolean {
  return CAN_PASS.has(code)
}

export function isOfProvider(code: string): boolean {
  return canPass(code) && OF_PROVIDER.test(code)
}

interface Patience {
  /** That were in vain, besides the first one. */
  readonly attempts: number
  readonly firstS: number
}

/**
 * Seconds until something is tried again: they double with each attempt, up to six hours. A tenth more of them is random.
 *
 * @param random from 0 to 1
 */
export function backOffS({ attempts, firstS }: Patience, random = Math.random()): number {
  const patienceS = Math.min(firstS * 2 ** Math.min(attempts, 30), MOST_S)
  return patienceS * (1 + JITTER * random)
}

/** @returns undefined: not before something has changed */
export function nextTryInS(code: string, patience: Patience, random?: number): number | undefined {
  return canPass(code) ? backOffS(patience, random) : undefined
}
