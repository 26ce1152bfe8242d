import type { ErrorClass, TaskError } from '@dure/contracts'
import { createRandom } from './random.ts'

/** What comes of one execution: fixed by the seed, the key and the attempt, whoever executes it. */
export interface DrawnOutcome {
  readonly error: TaskError | undefined
  readonly durationMs: number
  /** Whether the effect has happened, in spite of the failure. */
  readonly happened: boolean
  /** How often whoever executes it dies before it can say so. */
  readonly deaths: number
  readonly number: number
}

interface Execution {
  readonly seed: number
  readonly key: string
  readonly attempt: number
  readonly isWrite: boolean
  /** From 0 to 1. */
  readonly trouble: number
}

const FAILURES: readonly ErrorClass[] = [
  'timeout',
  'unavailable',
  'rate-limited',
  'rejected',
  'invalid',
  'internal',
]

export function drawOutcome(execution: Execution): DrawnOutcome {
  const { seed, key, attempt, isWrite, trouble } = execution
  const random = createRandom(`${seed}/outcome/${key}#${attempt}`)
  const fails = random.chance(0.04 + 0.5 * trouble)
  const unknown = fails && isWrite && random.chance(0.4)
  const kind = unknown ? 'unknown-outcome' : random.pick(FAILURES)
  return {
    error: fails ? errorOf(kind, random.int(1, 20_000)) : undefined,
    durationMs: random.chance(0.1) ? random.int(1000, 90_000) : random.int(1, 200),
    happened: unknown ? random.chance(0.5) : !fails,
    deaths: random.chance(trouble / 2) ? random.int(1, 2) : 0,
    number: random.int(0, 99),
  }
}

function errorOf(kind: ErrorClass, retryAfterMs: number): TaskError {
  return {
    code: `simulated.${kind}`,
    message: 'drawn from the seed',
    class: kind,
    ...(kind === 'rate-limited' && { retryAfterMs }),
  }
}
