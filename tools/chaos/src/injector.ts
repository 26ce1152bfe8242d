import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from './client.ts'
import type { Fault, FaultContext } from './faults/fault.ts'
import type { Random } from './random.ts'
import type { System } from './system.ts'
import type { Published, Workload } from './workload.ts'

/** A fault as it was done. */
export interface Injected {
  readonly id: string
  readonly title: string
  /** Epoch milliseconds. */
  readonly beganAt: number
  readonly endedAt: number
  /** From its end until a run that was started then had ended; null: it never did. */
  readonly recoveryMs: number | null
  readonly notes: readonly string[]
  readonly complaints: readonly string[]
}

export interface InjectorOptions {
  readonly system: System
  readonly client: Client
  readonly workload: Workload
  readonly random: Random
  readonly probe: Published
  readonly context: Omit<FaultContext, 'note' | 'complain' | 'random'>
  /** Runs started around each fault. */
  readonly runsEach: number
  /** Milliseconds that a burst of runs takes, as the options scale it. */
  readonly burstMs: number
  readonly pauseMs: number
}

const RECOVERY_LIMIT_MS = 60_000
const WELL_LIMIT_MS = 30_000

/** Does one fault in the middle of a burst of runs, and waits until the system is well again. */
export async function injectOne(fault: Fault, options: InjectorOptions): Promise<Injected> {
  const { system, workload, random, context, runsEach, burstMs, pauseMs } = options
  const notes: string[] = []
  const complaints: string[] = []
  const burst = workload.burst(runsEach, burstMs)
  await sleep(random.integer(0, burstMs))
  const beganAt = Date.now()
  await fault
    .inject({
      ...context,
      random,
      note: (what) => notes.push(what),
      complain: (what) => complaints.push(what),
    })
    .catch((error) => complaints.push(`the fault itself failed: ${error}`))
  const endedAt = Date.now()
  const recoveryMs = await recovery(options)
  if (recoveryMs === null) complaints.push(`no run ended within ${RECOVERY_LIMIT_MS / 1000} s`)
  await Promise.all([burst, sleep(fault.hiddenMs ?? 0)])
  complaints.push(...(await heal(system)))
  // The next one finds a system that has recovered: two faults at once are another tool's business.
  await sleep(pauseMs)
  const { id, title } = fault
  return { id, title, beganAt, endedAt, recoveryMs, notes, complaints }
}

/** Everybody is well by themselves, or is started anew, so that it is not the fault of the next one. */
async function heal(system: System): Promise<string[]> {
  const ill = await system.well(WELL_LIMIT_MS)
  if (ill.length === 0) return []
  for (const { name, signal } of system.instances) if (ill.includes(name)) signal('SIGKILL')
  await system.well(WELL_LIMIT_MS)
  return [`not well again, and started anew: ${ill.join(', ')}`]
}

async function recovery({ client, workload, probe }: InjectorOptions): Promise<number | null> {
  const since = performance.now()
  const tookMs = () => Math.round(performance.now() - since)
  const limit = sleep(RECOVERY_LIMIT_MS, null, { ref: false })
  const ended = async () => {
    const { runId } = await workload.start(probe)
    for (;;) {
      const { body } = await client.insist({ method: 'GET', path: `/v1/runs/${runId}` })
      if (body.endedAt !== null && body.endedAt !== undefined) return tookMs()
      await sleep(20)
    }
  }
  return Promise.race([ended(), limit])
}
