import type { RunEvent, RunEventOf, RunId, TaskError } from '@dure/contracts'

/** A step of a run that nobody could carry out, through no fault of the workflow. */
export interface DeadStep {
  /** Of the node; null: the run itself. */
  readonly path: string | null
  /** 0 of the run itself. */
  readonly attempt: number
  readonly nodeType: string | null
  readonly error: TaskError
}

export interface DeadLetter {
  readonly id: string
  readonly runId: RunId | null
  readonly path: string | null
  readonly queue: string
  readonly message: string
  readonly payload: unknown
  readonly error: TaskError
  readonly createdAt: Date
  readonly redrivenAt: Date | null
}

const CLASSES: ReadonlySet<string> = new Set(['internal', 'interrupted'])
const CODES: ReadonlySet<string> = new Set(['task.gave-up', 'task.bug', 'node.gave-up'])
const OF_RUN = 'run.history-too-long'
/** Fails because something before it did, which has a letter of its own. */
const CONSEQUENCES: ReadonlySet<string> = new Set(['join.not-enough'])

/**
 * What failed for good because something broke, not because the data or the other side said no. A failure
 * that the workflow itself deals with is none; of one that took containers with it, the innermost counts.
 */
export function deadLettersOf(events: readonly RunEvent[]): DeadStep[] {
  const found: DeadStep[] = []
  for (const event of events) {
    if (event.type === 'run.failed' && event.error.code === OF_RUN) {
      found.push({ path: null, attempt: 0, nodeType: null, error: event.error })
    }
    if (event.type !== 'node.failed' || event.handled !== undefined || !isBroken(event)) continue
    const { error, nodeType, attempt = 1 } = event
    const path = event.path ?? event.nodeId
    const isTold = found.some((letter) => letter.path?.startsWith(`${path}[`))
    if (!isTold) found.push({ path, attempt, nodeType, error })
  }
  return found
}

/** Errors that were recorded before there were classes are `internal`. */
function isBroken({ error }: RunEventOf<'node.failed'>): boolean {
  if (CONSEQUENCES.has(error.code)) return false
  return CLASSES.has(error.class ?? 'internal') || CODES.has(error.code)
}
