import type { RunId } from '@dure/contracts'

export const OUTCOMES = ['starting', 'fired', 'skipped', 'failed'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** What became of an occasion to start a run. */
export interface HistoryEntry {
  readonly outcome: Outcome
  /** Why it was skipped, or the code of the error. */
  readonly reason?: string
  readonly runId?: RunId
  /** What can have one entry only: a scheduled time, the id of an event. */
  readonly occasion?: string
}

export interface StoredEntry {
  readonly id: string
  readonly outcome: Outcome
  readonly reason: string | null
  readonly runId: RunId | null
  readonly occasion: string | null
  readonly createdAt: Date
}
