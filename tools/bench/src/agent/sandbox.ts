import { createSandbox, type Program } from '@dure/sandbox'
import { GREEDY, HANGING } from '@dure/sandbox/hostile-programs'
import { percentile, round } from '../statistics.ts'
import type { AgentRow } from './measure.ts'

/** Also those that look at no clock while they take what they can get. */
const NEVER_ENDING = [...HANGING, ...GREEDY.map(([source]) => source)]
const HANG_DEADLINE_MS = 200
const WARM_UP = 50
const PROGRAM = {
  source: 'return input.a + 1',
  input: '{"a":1}',
  deadlineMs: 5000,
  seed: 1,
  nowMs: 0,
}

/** A small program in a thread that is warm; and how long after its deadline one that never ends has ended. */
export async function measureSandbox(programs: number): Promise<AgentRow> {
  const sandbox = createSandbox({ threads: 1 })
  const timeOf = async (program: Program) => {
    const start = performance.now()
    await sandbox.run(program)
    return performance.now() - start
  }
  try {
    await sandbox.warm()
    for (let n = 0; n < WARM_UP; n += 1) await timeOf(PROGRAM)
    const times: number[] = []
    for (let n = 0; n < programs; n += 1) times.push(await timeOf(PROGRAM))
    const over: number[] = []
    for (const source of NEVER_ENDING) {
      // A thread that takes the place of one that was thrown away is no part of the program.
      await timeOf(PROGRAM)
      over.push(
        (await timeOf({ ...PROGRAM, source, deadlineMs: HANG_DEADLINE_MS })) - HANG_DEADLINE_MS,
      )
    }
    const spread = { p50Ms: percentile(times, 0.5), p99Ms: percentile(times, 0.99) }
    return {
      name: 'sandbox',
      ...{ p50Ms: round(spread.p50Ms, 2), p99Ms: round(spread.p99Ms, 2) },
      ...{ hangOverMs: round(Math.max(...over)), count: programs },
    }
  } finally {
    await sandbox.close()
  }
}
