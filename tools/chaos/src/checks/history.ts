/** An event of a run as it is stored, with as much as every check needs. */
export interface StoredEvent {
  /** Its position in the run, from 1. */
  readonly version: number
  /** Epoch milliseconds of its commit. */
  readonly at: number
  readonly type: string
  /** Of a node: where it stands. */
  readonly path?: string
  readonly attempt?: number
  /** The rest of it. */
  readonly data: Readonly<Record<string, unknown>>
}

/** A run as PostgreSQL has it. */
export interface History {
  readonly runId: string
  readonly marker: string
  readonly status: string
  readonly version: number
  readonly createdAt: number
  /** Null while it goes on. */
  readonly endedAt: number | null
  readonly events: readonly StoredEvent[]
  /** Tasks that it still waits for. */
  readonly openTasks: number
  /** Commands that it has not taken in. */
  readonly openCommands: number
}

export const VIOLATIONS = ['lost', 'duplicated', 'illegal'] as const

/** Something that must not be. */
export interface Violation {
  readonly kind: (typeof VIOLATIONS)[number]
  /** Null: of no single run. */
  readonly runId: string | null
  readonly what: string
}

/** How a run may end. */
export const ENDS: ReadonlySet<string> = new Set(['completed', 'failed', 'cancelled', 'timed_out'])
