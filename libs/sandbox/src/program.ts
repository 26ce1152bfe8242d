/** A piece of JavaScript that nobody vouches for, and all that it gets to see. */
export interface Program {
  /** The body of an async function: `input` is what it gets, what it returns is its value. */
  readonly source: string
  /** JSON. */
  readonly input: string
  /** Milliseconds that it may take; then it is stopped. */
  readonly deadlineMs: number
  /** `Math.random` begins from it: the same seed, the same numbers. */
  readonly seed: number
  /** What `Date` says, in milliseconds since 1970: a clock that stands still. */
  readonly nowMs: number
}

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error'
  readonly text: string
}

/** What became of a program. */
export type Outcome = {
  /** What it has said, in order, up to `OUTCOME_LIMITS.logs`. */
  readonly logs: readonly LogLine[]
} & (
  | {
      readonly kind: 'returned'
      /** JSON; `null` where it returned nothing. */
      readonly value: string
    }
  | {
      readonly kind: 'failed'
      readonly reason: FailureReason
      readonly message: string
      /** Of its source, from 1, where that is known. */
      readonly line?: number
    }
)

/**
 * `syntax`: it is no JavaScript. `threw`: it threw, or what it waited for was rejected. `no-json`: it
 * returned what JSON cannot say. `too-large`: it returned too much. `never-settles`: it waits for
 * what will not come. `deadline`, `memory`: it wanted more than it has. `crashed`: the interpreter
 * broke, and was thrown away.
 */
export type FailureReason =
  | 'syntax'
  | 'threw'
  | 'no-json'
  | 'too-large'
  | 'never-settles'
  | 'deadline'
  | 'memory'
  | 'crashed'

export const OUTCOME_LIMITS = {
  /** Characters of the value as JSON. */
  value: 262_144,
  /** Characters of all that is logged; what comes after is left out. */
  logs: 65_536,
  logLines: 1000,
  /** Characters of the message of an error. */
  message: 2000,
} as const
