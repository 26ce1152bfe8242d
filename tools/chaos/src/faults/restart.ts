import { setTimeout as sleep } from 'node:timers/promises'
import type { Instance } from '../instance.ts'
import type { System } from '../system.ts'

const WELL_LIMIT_MS = 30_000
/** As `minReadySeconds` of a Deployment. */
const MIN_READY_MS = 1500

/**
 * In order, as every orchestrator does it before it turns to the next one.
 *
 * @returns whether all is well again
 */
export async function restart(instance: Instance, system: System): Promise<boolean> {
  const ended = instance.ended()
  instance.signal('SIGTERM')
  await ended
  const ill = await system.well(WELL_LIMIT_MS)
  // Until the balancer has seen it, too.
  await sleep(MIN_READY_MS)
  return ill.length === 0
}
