import type { RunEvent, RunEventOf, RunId, TaskError, TaskUsage, Tenant } from '@dure/contracts'
import { pathOf } from '../run/evolve.ts'

/** One fact of a run, and when it was committed: epoch milliseconds. */
export interface TimedEvent {
  readonly atMs: number
  readonly event: RunEvent
}

/** A run that has ended, with all of its events. */
export interface RecordedRun {
  readonly id: RunId
  readonly tenant: Tenant
  readonly workflowId: string
  readonly seed: string
  readonly timeoutMs: number
  readonly events: readonly TimedEvent[]
}

/** What became of one execution of a node. */
type StepEnd =
  | {
      readonly status: 'succeeded'
      readonly port: string
      readonly data: unknown
      readonly usage: TaskUsage | undefined
      readonly durationMs: number | undefined
      readonly cached: boolean
    }
  | { readonly status: 'failed'; readonly error: TaskError; readonly retried: boolean }

export interface Vote {
  readonly afterMs: number
  readonly decided: RunEventOf<'approval.decided'>
}

/** One execution of a node: from when it was asked for until it had a result, if ever. */
export interface Step {
  readonly beganMs: number
  endedMs: number | undefined
  end: StepEnd | undefined
  readonly votes: Vote[]
}

export interface Review {
  readonly afterMs: number
  readonly reviewed: RunEventOf<'node.reviewed'>
  output: unknown
}

/** What came to a run from outside, by the path of the node, each in its order. */
export interface Recording {
  readonly startedMs: number
  readonly started: RunEventOf<'run.started'>
  readonly steps: ReadonlyMap<string, readonly Step[]>
  readonly reviews: ReadonlyMap<string, readonly Review[]>
  /** How often the run was retried as a whole. */
  readonly retries: number
  readonly ended: RunEvent | undefined
}

const ENDS: ReadonlySet<RunEvent['type']> = new Set([
  'run.completed',
  'run.failed',
  'run.cancelled',
  'run.timed_out',
])

/** @returns undefined for a run that was never started */
export function recordingOf(events: readonly TimedEvent[]): Recording | undefined {
  const recorder = new Recorder()
  let begun: { startedMs: number; started: RunEventOf<'run.started'> } | undefined
  let ended: RunEvent | undefined
  let retries = 0
  for (const { event, atMs } of events) {
    if (event.type === 'run.started') begun ??= { started: event, startedMs: atMs }
    else if (event.type === 'run.retried') retries += 1
    else if (ENDS.has(event.type)) ended = event
    else recorder.take(event, atMs)
  }
  const { steps, reviews } = recorder
  return begun && { ...begun, steps, reviews, retries, ended }
}

class Recorder {
  readonly steps = new Map<string, Step[]>()
  readonly reviews = new Map<string, Review[]>()

  take(event: RunEvent, atMs: number): void {
    switch (event.type) {
      case 'node.scheduled':
        this.#begin(pathOf(event), atMs)
        break
      case 'node.started':
        if (event.kind !== 'body') this.#begin(pathOf(event), atMs)
        break
      case 'node.retrying':
      case 'node.needs-review':
      case 'node.failed':
        this.#fail(event, atMs)
        break
      case 'node.completed':
        this.#complete(event, atMs)
        break
      case 'node.reviewed':
        this.#review(event, atMs)
        break
      case 'approval.decided': {
        const step = this.#open(pathOf(event))
        step?.votes.push({ afterMs: atMs - step.beganMs, decided: event })
      }
    }
  }

  #begin(path: string, beganMs: number): Step {
    const step: Step = { beganMs, endedMs: undefined, end: undefined, votes: [] }
    const known = this.steps.get(path)
    if (known) known.push(step)
    else this.steps.set(path, [step])
    return step
  }

  #open(path: string): Step | undefined {
    const step = this.steps.get(path)?.at(-1)
    return step?.end === undefined ? step : undefined
  }

  #fail(
    event:
      | RunEventOf<'node.retrying'>
      | RunEventOf<'node.needs-review'>
      | RunEventOf<'node.failed'>,
    atMs: number,
  ): void {
    const step = this.#open(pathOf(event))
    if (!step) return
    step.endedMs = atMs
    step.end = { status: 'failed', error: event.error, retried: event.type === 'node.retrying' }
  }

  #complete(event: RunEventOf<'node.completed'>, atMs: number): void {
    const path = pathOf(event)
    const review = this.reviews.get(path)?.at(-1)
    if (review?.output === undefined && review?.reviewed.resolution === 'succeeded') {
      review.output = event.data ?? null
      return
    }
    const { port, data, usage, durationMs, cached = false } = event
    // A signal may have been there before the node that waits for it.
    const step =
      this.#open(path) ?? (event.signal === undefined ? undefined : this.#begin(path, atMs))
    if (!step) return
    step.endedMs = atMs
    step.end = { status: 'succeeded', port, data, usage, durationMs, cached }
  }

  #review(event: RunEventOf<'node.reviewed'>, atMs: number): void {
    const path = pathOf(event)
    const failedMs = this.steps.get(path)?.at(-1)?.endedMs ?? atMs
    const review: Review = { afterMs: atMs - failedMs, reviewed: event, output: undefined }
    this.reviews.set(path, [...(this.reviews.get(path) ?? []), review])
  }
}
