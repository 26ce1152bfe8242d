import { ROOT } from '@dure/dev'
import { DEPLOYED } from './faults/deploy.ts'
import type { Fault } from './faults/fault.ts'
import { FAULTS } from './faults/index.ts'
import { chooseOldBuild, type OldBuild } from './old-build/choose.ts'
import { prepareOldBuild } from './old-build/prepare.ts'
import type { Options } from './options.ts'
import { createRandom, type Random } from './random.ts'

/** What will be done. */
export interface Plan {
  /** In this order; none when nothing of what was asked for can be done. */
  readonly faults: readonly Fault[]
  /** Folder of the build that services go back to; null when no fault needs one. */
  readonly oldBuild: string | null
}

export async function makePlan(options: Options, say: (line: string) => void): Promise<Plan> {
  const { only, faults: count, seed } = options
  const kinds = FAULTS.filter(({ id }) => only.length === 0 || only.includes(id))
  const old = kinds.some(needsOldBuild) ? await oldBuildOf(options, say) : null
  const excluded = old ? [] : kinds.filter(needsOldBuild)
  const faults = planFaults({ kinds, excluded, count, random: createRandom(seed).fork('plan') })
  if (!old || !faults.some(needsOldBuild)) return { faults, oldBuild: null }
  say(`the old build is ${old.ref} (${old.commit.slice(0, 12)})`)
  return { faults, oldBuild: await prepareOldBuild(ROOT, old.commit, DEPLOYED) }
}

const needsOldBuild = (fault: Fault) => fault.needsOldBuild === true

async function oldBuildOf(
  { old: ref }: Options,
  say: (line: string) => void,
): Promise<OldBuild | null> {
  const old = await chooseOldBuild(ROOT, ref)
  if (!('reason' in old)) return old
  say(`F33 is left out, because ${old.reason}`)
  return null
}

export interface PlanOptions {
  readonly kinds: readonly Fault[]
  /** Of those, what cannot be done here. It changes nothing about the order of the others. */
  readonly excluded: readonly Fault[]
  readonly count: number
  readonly random: Random
}

/** Each kind once before any comes twice, in an order that the seed decides. */
export function planFaults({ kinds, excluded, count, random }: PlanOptions): Fault[] {
  const plan: Fault[] = []
  if (excluded.length === kinds.length) return plan
  while (plan.length < count) {
    plan.push(...random.shuffled(kinds).filter((kind) => !excluded.includes(kind)))
  }
  return plan.slice(0, count)
}
