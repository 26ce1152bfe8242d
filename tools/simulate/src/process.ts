import type { World } from './world.ts'

/** A process of the workflow service: what it has in memory is gone when it dies. */
export interface SimProcess {
  readonly owner: string
  state(): 'up' | 'frozen' | 'dead'
  /** As its own clock shows it, which is far off. */
  monotonicMs(): number
  /**
   * Something that is done elsewhere, such as by the store: it happens some time later, and the
   * answer comes some time after that, if the process is still there to hear it.
   */
  call<Result>(what: string, perform: () => Result, how?: CallOptions): Promise<Result>
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  kill(): void
  /** It stops, and goes on after a while as if no time had passed. */
  freeze(ms: number): void
}

interface CallOptions {
  /** `safe`: it cannot fail, only be late. */
  readonly kind?: 'faulty' | 'safe'
  /** How long it takes from its arrival. */
  readonly durationMs?: number
}

/** What was to happen and did not, or did and was not heard of. */
export class SimulatedFault extends Error {
  override readonly name = 'SimulatedFault'
}

/** @param died tells when the process has been ended by a fault */
export function createProcess(world: World, owner: string, died: () => void): SimProcess {
  const { random, scheduler } = world
  const offsetMs = random.int(0, 10_000_000)
  const held: (() => void)[] = []
  let state: ReturnType<SimProcess['state']> = 'up'

  /** At each moment at which the process would go on, it may die instead. */
  function hear(go: () => void) {
    if (state === 'dead') return
    if (state === 'up' && world.strikes('crash')) crash()
    if (state === 'frozen') held.push(go)
    else if (state === 'up') go()
  }

  function crash() {
    if (!random.chance(world.faults().zombie)) {
      process.kill()
      died()
    } else {
      world.counts.set('zombie', (world.counts.get('zombie') ?? 0) + 1)
      process.freeze(random.pick([2000, 20_000, 45_000, 150_000]))
    }
  }

  function latencyMs(): number {
    if (world.strikes('slow')) return random.int(1000, 60_000)
    return random.int(0, 6)
  }

  const process: SimProcess = {
    owner,
    state: () => state,
    monotonicMs: () => scheduler.now() - offsetMs,
    call(what, perform, { kind = 'faulty', durationMs = 0 } = {}) {
      return new Promise((resolve, reject) => {
        const refuse = () => hear(() => reject(new SimulatedFault(`${what}: fault injected`)))
        scheduler.in(latencyMs() + durationMs, () => {
          const faulty = kind === 'faulty'
          if (faulty && world.strikes('refused')) return refuse()
          const answer = attempt(perform)
          if (faulty && world.strikes('lostAnswer')) return void scheduler.in(latencyMs(), refuse)
          scheduler.in(latencyMs(), () => hear(() => answer(resolve, reject)))
        })
      })
    },
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const cancel = scheduler.in(ms, () => hear(resolve))
        signal?.addEventListener('abort', () => {
          cancel()
          reject(signal.reason)
        })
      })
    },
    kill() {
      state = 'dead'
      held.length = 0
      world.trace(`${owner} dies`)
    },
    freeze(ms) {
      state = 'frozen'
      world.trace(`${owner} stops for ${ms} ms`)
      scheduler.in(ms, () => {
        if (state !== 'frozen') return
        state = 'up'
        world.trace(`${owner} goes on`)
        for (const go of held.splice(0)) go()
      })
    },
  }
  return process
}

function attempt<Result>(perform: () => Result) {
  try {
    const result = perform()
    return (resolve: (result: Result) => void) => resolve(result)
  } catch (error) {
    return (_: unknown, reject: (error: unknown) => void) => reject(error)
  }
}
