import { createSandbox, type Program } from '@dure/sandbox'
import { percentile, round } from '../statistics.ts'
import type { AgentRow } from './measure.ts'

const HANGS = 20
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
    for (let n = 0; n < HANGS; n += 1) {
      const hanging = { ...PROGRAM, source: hangs(n), deadlineMs: HANG_DEADLINE_MS }
      over.push((await timeOf(hanging)) - HANG_DEADLINE_MS)
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

/** Some can be interrupted, and some are in a part of the interpreter that looks at no clock. */
function hangs(n: number): string {
  return n % 2 === 0 ? 'while (true);' : "/^(a+)+$/.test('a'.repeat(40) + 'b')"
}
