import type { RunId } from '@dure/contracts'
import type { NewTask } from '../orchestrator/ports.ts'
import { payloadOf } from '../run/approvals.ts'
import type { RunCommand } from '../run/command.ts'
import { decide } from '../run/decide.ts'
import {
  contentOf,
  type Decision,
  type DecisionContext,
  type InPlaceWork,
  isPayloadRef,
  taskKeyOf,
} from '../run/decision.ts'
import { pathOf } from '../run/evolve.ts'
import { nodeIdOf } from '../run/path.ts'
import type { Plan } from '../run/plan.ts'
import { absentRun, hasEnded, nodeAt, type RunState } from '../run/state.ts'
import { wakeTime } from '../run/timers.ts'
import { type Agenda, createAgenda } from './agenda.ts'
import { deliveryOf, finishOf, lastingOf, resolutionOf } from './answers.ts'
import { type RecordedRun, type Recording, recordingOf, type Step } from './recorded.ts'

/** One effect, as the run asked for it. */
export interface Call {
  readonly path: string
  readonly nodeId: string
  /** The same for all that ask the same of the same type of node. */
  readonly key: string
  readonly atMs: number
  readonly step: Step | undefined
}

/** How a recorded run goes under a plan, when everything outside takes and gives what it did. */
export interface Simulated {
  /** `unknown`: it needs something that was not recorded. */
  readonly status: 'completed' | 'failed' | 'unknown'
  readonly output: unknown
  readonly errorCode: string | undefined
  readonly durationMs: number
  readonly costMicroUsd: number
  readonly calls: readonly Call[]
  readonly events: number
}

export interface SimulationOptions {
  readonly plan: Plan
  /** Lower case hex. */
  readonly sha256: (text: string) => string
  /** Large data of all runs, by their hash. */
  readonly payloads: ReadonlyMap<string, unknown>
  /** Results that may be used again, and of which nodes; given from run to run. */
  readonly cache?: SimulatedCache | undefined
}

export interface SimulatedCache {
  readonly nodeIds: ReadonlySet<string>
  readonly fresh: Map<string, { readonly output: unknown; readonly untilMs: number }>
}

/** Longer than anything waits: a simulated run has no deadline, as its own time is not what it is about. */
const FAR_MS = 400 * 86_400_000
const MAX_DECISIONS = 100_000

/**
 * A discrete-event simulation: the run is decided on as ever, by the same code, while what is outside of
 * it answers from the recording, after as long as it took then. Its clock jumps from answer to answer.
 */
export function simulate(run: RecordedRun, options: SimulationOptions): Simulated {
  const recording = recordingOf(run.events)
  return recording ? new Simulation(run, recording, options).play() : NEVER_STARTED
}

const NEVER_STARTED: Simulated = {
  status: 'unknown',
  output: null,
  errorCode: undefined,
  durationMs: 0,
  costMicroUsd: 0,
  calls: [],
  events: 0,
}

class Simulation {
  readonly #agenda: Agenda<() => RunCommand | undefined> = createAgenda()
  readonly #state: RunState = absentRun()
  readonly #calls: Call[] = []
  readonly #taken = new Map<string, number>()
  readonly #context: Omit<DecisionContext, 'now'>
  readonly #recording: Recording
  readonly #options: SimulationOptions
  #now: number
  #endedMs: number | undefined
  #retries: number
  /** Large data that it was given are not there any more. */
  #isLost = false

  constructor(run: RecordedRun, recording: Recording, options: SimulationOptions) {
    const { plan, sha256, payloads } = options
    const own = new Map<string, unknown>()
    this.#recording = recording
    this.#options = options
    this.#now = recording.startedMs
    this.#retries = recording.retries
    this.#context = {
      plan,
      sha256,
      timeoutMs: FAR_MS,
      run: { runId: run.id, tenant: run.tenant, workflowId: run.workflowId, seed: run.seed },
      payloads: {
        get: (hash) => (own.has(hash) ? own.get(hash) : payloads.get(hash)),
        set: (hash, value) => void own.set(hash, value),
      },
    }
  }

  play(): Simulated {
    const deadlineAt = this.#now + FAR_MS
    const { started } = this.#recording
    const input = this.#content(started.input)
    let isKnown = this.#decide({ ...started, type: 'run.start', input, deadlineAt })
    for (let decisions = 0; isKnown && decisions < MAX_DECISIONS; decisions += 1) {
      const command = this.#next()
      if (command === 'over') break
      if (command) isKnown = this.#decide(command)
    }
    return this.#result(isKnown)
  }

  readonly #content = (data: unknown): unknown => {
    if (!isPayloadRef(data)) return data
    const content = this.#options.payloads.get(data.$payload)
    if (content === undefined) this.#isLost = true
    return content
  }

  #result(isKnown: boolean): Simulated {
    const { phase, output, error, costMicroUsd, version } = this.#state
    const status =
      isKnown && !this.#isLost && (phase === 'completed' || phase === 'failed') ? phase : 'unknown'
    return {
      status,
      output: contentOf(output, this.#context),
      errorCode: error?.code,
      durationMs: (this.#endedMs ?? this.#now) - this.#recording.startedMs,
      costMicroUsd,
      calls: this.#calls,
      events: version,
    }
  }

  /** What happens next, at the time at which it does; undefined when it turns out to be nothing. */
  #next(): RunCommand | 'over' | undefined {
    if (this.#state.phase === 'failed' && this.#retries > 0) {
      this.#retries -= 1
      return { type: 'run.retry', by: 'recorded' }
    }
    if (hasEnded(this.#state)) return 'over'
    const timerMs = this.#timerMs()
    const answerMs = this.#agenda.nextMs()
    if (Math.min(timerMs, answerMs) === Number.POSITIVE_INFINITY) return 'over'
    if (timerMs < answerMs) {
      this.#now = Math.max(this.#now, timerMs)
      return { type: 'run.wake' }
    }
    this.#now = Math.max(this.#now, answerMs)
    return this.#agenda.take()?.()
  }

  #timerMs(): number {
    const wakeMs = wakeTime(this.#state) ?? Number.POSITIVE_INFINITY
    return this.#state.timers.size === 0 ? Number.POSITIVE_INFINITY : wakeMs
  }

  /** @returns false when it needs large data that nobody has */
  #decide(command: RunCommand): boolean {
    let decision = decide({ ...this.#context, now: this.#now }, this.#state, [command])
    for (;;) {
      this.#follow(decision)
      if (decision.missing.size > 0) return false
      if (hasEnded(this.#state)) this.#endedMs = this.#now
      if (!decision.isRunning || decision.dirty.size === 0) return true
      decision = decide({ ...this.#context, now: this.#now }, this.#state, [], { cold: true })
    }
  }

  #follow(decision: Decision): void {
    for (const task of decision.tasks) this.#sendTask(task)
    for (const work of decision.inPlace) this.#executeInPlace(work)
    for (const event of decision.events) {
      if (event.type !== 'node.needs-review') continue
      const path = pathOf(event)
      const review = this.#take(`review ${path}`, this.#recording.reviews.get(path))
      if (review)
        this.#agenda.add(this.#now + review.afterMs, () =>
          resolutionOf(path, review, this.#content),
        )
    }
  }

  #take<Item>(key: string, list: readonly Item[] = []): Item | undefined {
    const taken = this.#taken.get(key) ?? 0
    this.#taken.set(key, taken + 1)
    return list[taken]
  }

  #sendTask(task: NewTask): void {
    const { path, attempt, kind, message } = task
    const step = this.#take(path, this.#recording.steps.get(path))
    const cached = this.#cached(task)
    if (kind === 'task') this.#called(path, message?.name ?? '', inputOf(message?.payload), step)
    if (cached) {
      const outcome = {
        status: 'succeeded',
        output: cached.output,
        durationMs: 0,
        cached: true,
      } as const
      this.#agenda.add(this.#now, () => ({ type: 'run.finish-task', path, attempt, outcome }))
      return
    }
    if (kind === 'approval') this.#vote(path, step)
    if (!step?.end || kind === 'approval') return
    this.#keep(task, step)
    const command =
      kind === 'event' ? deliveryOf(path, step, this.#content) : finishOf(task, step, this.#content)
    if (command) this.#agenda.add(this.#now + lastingOf(step), () => command)
  }

  #executeInPlace({ path, attempt, nodeType, work }: InPlaceWork): void {
    const step = this.#take(path, this.#recording.steps.get(path))
    this.#called(path, nodeType, work, step)
    const { evaluation } = 'evaluation' in work ? work : { evaluation: undefined }
    const command: RunCommand | undefined =
      evaluation && step?.end?.status !== 'failed'
        ? { type: 'run.finish-in-place', path, attempt, evaluation }
        : step?.end && finishOf({ path, attempt }, step, this.#content)
    if (command) this.#agenda.add(this.#now + (step ? lastingOf(step) : 0), () => command)
  }

  #called(path: string, name: string, input: unknown, step: Step | undefined): void {
    const key = this.#options.sha256(`${name}\n${JSON.stringify(input)}`)
    this.#calls.push({ path, nodeId: nodeIdOf(path), key, atMs: this.#now, step })
  }

  #vote(path: string, step: Step | undefined): void {
    for (const { afterMs, decided } of step?.votes ?? []) {
      this.#agenda.add(this.#now + afterMs, () => {
        const node = nodeAt(this.#state, path)
        if (node?.request?.kind !== 'approval') return undefined
        const { sha256, run } = this.#context
        const { assignees, escalate } = node.request
        const payload = JSON.stringify(payloadOf(node, node.request) ?? null)
        const hash = sha256(`${taskKeyOf(run.runId as RunId, path)}\n${payload}`)
        const as = [...assignees, ...escalate.flatMap(({ to }) => to)]
        const { decision, by, comment, edit } = decided
        const more = {
          ...(comment !== undefined && { comment }),
          ...(edit !== undefined && { edit }),
        }
        return { type: 'run.decide-approval', path, decision, by, as, hash, ...more }
      })
    }
  }

  #cached({ path, cache }: NewTask): { readonly output: unknown } | undefined {
    const { nodeIds, fresh } = this.#options.cache ?? NO_CACHE
    if (!cache || !nodeIds.has(nodeIdOf(path))) return undefined
    const known = fresh.get(cache.key)
    return known && known.untilMs > this.#now ? known : undefined
  }

  #keep({ path, cache }: NewTask, { end }: Step): void {
    const { nodeIds, fresh } = this.#options.cache ?? NO_CACHE
    if (!cache || !nodeIds.has(nodeIdOf(path)) || end?.status !== 'succeeded') return
    fresh.set(cache.key, {
      output: this.#content(end.data),
      untilMs: this.#now + cache.ttlS * 1000,
    })
  }
}

const NO_CACHE: SimulatedCache = { nodeIds: new Set(), fresh: new Map() }

function inputOf(payload: unknown): unknown {
  return (payload as { readonly input?: unknown } | undefined)?.input ?? null
}
