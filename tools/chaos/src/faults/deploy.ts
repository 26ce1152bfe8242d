import { ROOT, type ServiceName } from '@dure/dev'
import type { Instance } from '../instance.ts'
import { anyOf, type Fault, type FaultContext } from './fault.ts'
import { restart } from './restart.ts'

/** Those that share runs, messages or tables with another process of another build. */
export const DEPLOYED = ['workflow', 'agent', 'analytics'] as const satisfies readonly ServiceName[]
const RUNS = 15

/**
 * One process goes on from the other build, and sometimes back. Where it stays, all that follows
 * happens to two builds that work side by side.
 */
const deployed: Fault = {
  id: 'F33',
  title: 'old and new build side by side',
  needsOldBuild: true,
  async inject(context) {
    const { workload, scaled, random, oldBuild, note } = context
    if (oldBuild === null) throw new Error('there is no old build')
    const instance = anyOf(context, ...DEPLOYED)
    const before = instance.folder
    await change(instance, before === ROOT ? oldBuild : ROOT, context)
    await workload.burst(RUNS, scaled(6000))
    if (random.chance(0.5)) await change(instance, before, context)
    note(`${context.system.instances.filter(({ folder }) => folder !== ROOT).length} are old`)
  },
}

async function change(instance: Instance, folder: string, context: FaultContext): Promise<void> {
  const { system, note, complain } = context
  const version = folder === ROOT ? 'new' : 'old'
  note(`to the ${version} build`)
  instance.folder = folder
  if (!(await restart(instance, system))) {
    complain(`not well after ${instance.name} went on from the ${version} build`)
  }
}

export const deployFaults: readonly Fault[] = [deployed]
