import type { InPlaceStep, RunIdentity } from '@dure/engine'
import { drawOutcome } from './draw-outcome.ts'
import type { Effects } from './effects.ts'
import { inPlaceError } from './in-place-error.ts'
import type { SimProcess } from './process.ts'
import type { World } from './world.ts'

/** Executes an effect in the process that holds the run: the world outside sees it, whoever dies. */
export function executeInPlace(
  { world, effects }: { readonly world: World; readonly effects: Effects },
  process: SimProcess,
  call: { readonly run: RunIdentity; readonly step: InPlaceStep; readonly signal: AbortSignal },
): Promise<unknown> {
  const { step, signal } = call
  const { taskKey: key, attempt } = step
  const isWrite = step.nodeType === 'emit_event'
  const trouble = world.faults().effect
  const drawn = drawOutcome({ seed: world.seed, key, attempt, isWrite, trouble })
  const done = process.call(
    'execute',
    () => {
      if (drawn.happened) effects.record(key, { attempt, at: world.scheduler.now(), isWrite })
      if (drawn.error) throw inPlaceError(drawn.error)
      return { number: drawn.number }
    },
    { kind: 'safe', durationMs: drawn.durationMs },
  )
  const aborted = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason))
  })
  // Whoever loses is not waited for: without this, its failure would be nobody's.
  done.catch(() => {})
  aborted.catch(() => {})
  return Promise.race([done, aborted])
}
