import type { OutgoingMessage, TaskOutcome, TaskRef } from '@dure/contracts'
import type { Bus } from './bus.ts'
import { drawOutcome } from './draw-outcome.ts'
import type { Effects } from './effects.ts'
import type { World } from './world.ts'

/** What the other services know of a task: one row, as their ledgers have it. */
interface Entry {
  attempt: number
  tries: number
  /** Until then whoever has claimed it is taken to be alive. */
  leasedUntil: number
  outcome: TaskOutcome | undefined
}

interface Input {
  readonly method?: string
  readonly idempotent?: boolean
}

const LEASE_MS = 30_000
const MAX_TRIES = 3

/**
 * The services that execute tasks. A message may come twice, late or never; the ledger answers what
 * was executed already, refuses what a newer attempt has overtaken, and does not repeat a write of
 * which nobody knows whether it has happened.
 */
export function createAgent(world: World, effects: Effects, bus: Bus) {
  const { scheduler } = world
  const ledger = new Map<string, Entry>()

  function report(task: TaskRef, outcome: TaskOutcome) {
    const { runId, tenant, attempt } = task
    const path = task.taskKey.slice(runId.length + 1)
    const ref = { runId, tenant, path, attempt }
    bus.send({ to: 'workflow', kind: 'result', task: ref, outcome })
  }

  function claim({ taskKey, attempt }: TaskRef): Entry | undefined {
    const known = ledger.get(taskKey)
    if (known && known.attempt > attempt) return undefined
    if (known?.attempt === attempt) {
      if (known.outcome === undefined && known.leasedUntil > scheduler.now()) return undefined
      return known
    }
    const fresh: Entry = { attempt, tries: 0, leasedUntil: 0, outcome: undefined }
    ledger.set(taskKey, fresh)
    return fresh
  }

  function execute(task: TaskRef, entry: Entry, input: Input) {
    const { taskKey: key, attempt } = task
    const isWrite = input.method !== undefined && input.method !== 'GET' && input.method !== 'HEAD'
    const trouble = world.faults().effect
    const drawn = drawOutcome({ seed: world.seed, key, attempt, isWrite, trouble })
    const dies = entry.tries <= drawn.deaths
    if (dies) world.counts.set('executor', (world.counts.get('executor') ?? 0) + 1)
    entry.leasedUntil = scheduler.now() + drawn.durationMs + LEASE_MS
    const overtaken = () => ledger.get(key) !== entry
    scheduler.in(drawn.durationMs, () => {
      if (overtaken()) return
      if (drawn.happened) effects.record(key, { attempt, at: scheduler.now(), isWrite })
      if (dies) return
      finish(task, entry, drawn.error ? { status: 'failed', error: drawn.error } : success(task))
    })

    function success({ taskKey }: TaskRef): TaskOutcome {
      const done = effects.of(taskKey).some((effect) => effect.isWrite)
      const body = { number: drawn.number, done, name: taskKey.slice(-8) }
      const output = { status: 200, headers: {}, body, number: drawn.number }
      return { status: 'succeeded', output, durationMs: drawn.durationMs }
    }
  }

  function finish(task: TaskRef, entry: Entry, outcome: TaskOutcome) {
    entry.outcome = outcome
    report(task, outcome)
  }

  return {
    deliver({ payload }: OutgoingMessage): void {
      const { task, input } = payload as { task: TaskRef; input: Input }
      const entry = claim(task)
      if (!entry) return
      if (entry.outcome) {
        report(task, entry.outcome)
        return
      }
      entry.tries += 1
      const refusal = refusalOf(entry, input)
      if (refusal) finish(task, entry, refusal)
      else execute(task, entry, input)
    },
  }
}

/** Why a task that was begun before is not executed once more. */
function refusalOf({ tries }: Entry, input: Input): TaskOutcome | undefined {
  const isRepeatable = isRead(input) || input.idempotent === true
  if (tries > 1 && !isRepeatable) return failure('unknown-outcome')
  return tries > MAX_TRIES ? failure('internal') : undefined
}

function isRead({ method = 'GET' }: Input): boolean {
  return method === 'GET' || method === 'HEAD'
}

function failure(kind: 'unknown-outcome' | 'internal'): TaskOutcome {
  const message = 'Whoever executed it died'
  return { status: 'failed', error: { code: `simulated.${kind}`, message, class: kind } }
}
