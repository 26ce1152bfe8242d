import { judge, quiet } from './judge.ts'
import type { Options } from './options.ts'
import { makePlan } from './plan.ts'
import type { Report } from './report.ts'
import { injectAll } from './rounds.ts'
import { openSession } from './session.ts'

/**
 * Starts everything, does all faults under load, waits until it is quiet, and looks at it all.
 *
 * @returns null when there is no fault that can be done
 */
export async function torture(
  options: Options,
  say: (line: string) => void,
): Promise<Report | null> {
  const plan = await makePlan(options, say)
  if (plan.faults.length === 0) return null
  say(`seed ${options.seed}: starting the services`)
  const session = await openSession(options, say)
  const { published, system, close } = session
  say(`${published.size} workflows are published, ${system.instances.length} processes run`)
  try {
    const injected = await injectAll(session, plan)
    await quiet(session)
    return await judge(session, injected)
  } finally {
    await close()
  }
}
