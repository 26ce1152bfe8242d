/** How much of an installation one project may take. */
export interface AdmissionLimits {
  /** Runs of a project that are under way at one time; the next ones wait in the backlog. */
  readonly maxRunningRuns: number
  /** Runs of a project that wait; the next ones are refused. */
  readonly maxQueuedRuns: number
}

export interface Load {
  readonly running: number
  readonly queued: number
}

export type Admission = 'start' | 'queue' | 'refuse'

/** Who comes last waits behind those who wait already, though there may be room again. */
export function admit({ running, queued }: Load, limits: AdmissionLimits): Admission {
  if (queued >= limits.maxQueuedRuns) return 'refuse'
  return running >= limits.maxRunningRuns || queued > 0 ? 'queue' : 'start'
}
