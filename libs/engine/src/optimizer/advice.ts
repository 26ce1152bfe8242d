import type { NodeId } from '@dure/contracts'
import type { GraphEdit } from './edit.ts'

export const ADVICE_KINDS = [
  'parallelise',
  'remove-dead',
  'cache',
  'drop-retry',
  'shorten-timeout',
] as const
export type AdviceKind = (typeof ADVICE_KINDS)[number]

/** What the recorded runs would have taken less, as they were played with the change. */
export interface ExpectedGain {
  /** The median over the runs that it changes something for; 0 when there are none. */
  readonly latencyMsP50: number
  /** The mean over all runs that were looked at, in micro-dollars. */
  readonly costMicroUsdPerRun: number
  readonly basis: {
    readonly runs: number
    readonly affectedRuns: number
    readonly beforeMsP50: number
    readonly afterMsP50: number
  }
}

/** One thing that would make a workflow faster, cheaper or simpler. */
export interface Advice {
  readonly kind: AdviceKind
  readonly nodeIds: readonly NodeId[]
  /** Of the first of these nodes in the version that was looked at. */
  readonly pointer: string
  readonly title: string
  readonly detail: string
  readonly expectedGain: ExpectedGain
  readonly confidence: Confidence
  /** The change, on top of those of the advice before it; absent: nothing that can be done without you. */
  readonly patch?: GraphEdit
  /** Whether the draft has it. */
  readonly applied: boolean
}

export type Confidence = 'low' | 'medium' | 'high'

/** Advice before it was tried out. */
export interface Candidate {
  readonly kind: AdviceKind
  readonly nodeIds: readonly NodeId[]
  readonly title: string
  readonly detail: string
  /** How often it was seen. What is proven, not seen, is infinite. */
  readonly seen: number
  /** Absent: there is only something to say. */
  readonly edit?: GraphEdit
  /** Whether the draft may have it without anybody having looked at it. */
  readonly isSafe: boolean
  /** Without any gain in the recorded runs, it is not worth saying. */
  readonly needsGain: boolean
}

/** By the rule of three (Hanley and Lippman-Hand 1983), what was not seen in n times has p < 3/n. */
export function confidenceOf(seen: number): Confidence {
  if (seen < 10) return 'low'
  return seen < 50 ? 'medium' : 'high'
}
