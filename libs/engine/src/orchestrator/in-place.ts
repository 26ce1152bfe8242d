import type { TaskOutcome } from '@dure/contracts'
import { DureError, type ErrorKind, failureClassOf } from '@dure/kernel'
import type { RunCommand } from '../run/command.ts'
import type { InPlaceWork } from '../run/decision.ts'
import type { OrchestratorPorts, RunIdentity } from './ports.ts'

const DEFAULT_TIMEOUT_MS = 30_000

/** Nodes of one run that this process executes right now. */
export interface InPlaceSession {
  start(run: RunIdentity, work: readonly InPlaceWork[]): void
  /** What has come of those that ended since the last call. */
  take(): RunCommand[]
  /** Given back: the decision that was made of them could not be committed. */
  putBack(commands: readonly RunCommand[]): void
  readonly pending: number
  /** Resolves when one more has ended. */
  next(): Promise<void>
  abort(reason: unknown): void
}

type Ports = Pick<OrchestratorPorts, 'execute' | 'clock'>

export function createInPlaceSession({ execute, clock }: Ports): InPlaceSession {
  const controller = new AbortController()
  let ended: RunCommand[] = []
  let pending = 0
  let notify = () => {}

  async function run(identity: RunIdentity, work: InPlaceWork, request: unknown): Promise<void> {
    const { path, attempt, nodeType, taskKey, timeoutMs = DEFAULT_TIMEOUT_MS } = work
    const startMs = clock.monotonicMs()
    const over = new AbortController()
    const stop = AbortSignal.any([controller.signal, over.signal])
    const late = clock.sleep(timeoutMs, stop).then(() => timedOut(work))
    const done = execute(identity, { path, attempt, nodeType, request, taskKey }, stop).then(
      (output): TaskOutcome => {
        const durationMs = Math.max(0, Math.round(clock.monotonicMs() - startMs))
        return { status: 'succeeded', output, durationMs }
      },
      (error: unknown) => failedOutcome(error, work),
    )
    const outcome = await Promise.race([done, late.catch(() => done)])
    over.abort()
    ended.push({ type: 'run.finish-task', path, attempt, outcome })
  }

  return {
    get pending() {
      return pending
    },
    start(identity, works) {
      for (const work of works) {
        if ('evaluation' in work.work) {
          const { path, attempt } = work
          const { evaluation } = work.work
          ended.push({ type: 'run.finish-in-place', path, attempt, evaluation })
          continue
        }
        pending += 1
        void run(identity, work, work.work.request).finally(() => {
          pending -= 1
          notify()
        })
      }
    },
    take() {
      const commands = ended
      ended = []
      return commands
    },
    putBack(commands) {
      ended = [...commands, ...ended]
    },
    async next() {
      if (ended.length > 0 || pending === 0) return
      const { promise, resolve } = Promise.withResolvers<void>()
      notify = resolve
      await promise
    },
    abort: (reason) => controller.abort(reason),
  }
}

/** A write that was begun and took too long may have happened, or may still happen. */
function timedOut({ effect }: InPlaceWork): TaskOutcome {
  const errorClass = effect === 'write' ? 'unknown-outcome' : 'timeout'
  const message = 'The node took longer than it may'
  return { status: 'failed', error: { code: 'node.timeout', class: errorClass, message } }
}

/** A write that was begun and threw may have happened. */
function failedOutcome(error: unknown, { effect }: InPlaceWork): TaskOutcome {
  const known = error instanceof DureError
  const code = known ? error.code : 'node.failed-unexpectedly'
  const message = known ? error.message : 'The node failed in a way that nobody had foreseen'
  const inDoubt = effect === 'write' && !(known && CERTAIN.has(error.kind))
  const errorClass = inDoubt ? 'interrupted' : known ? failureClassOf(error.kind) : 'internal'
  return {
    status: 'failed',
    error: { code, message: message.slice(0, 2000), class: errorClass },
  }
}

const CERTAIN: ReadonlySet<ErrorKind> = new Set(['invalid', 'not-found', 'conflict', 'too-large'])
