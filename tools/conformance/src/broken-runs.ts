import { until } from '@dure/system-test/system'
import { type Call, openCall, type Preparation } from './prepare/call.ts'
import { callingGraph } from './prepare/graphs.ts'
import { answerOf, SILENT } from './prepare/outside.ts'
import { createVersioned } from './prepare/workflows.ts'
import type { World } from './world.ts'

/** A task that was begun more often than that, and never ended, is given up. */
const TRIES = 3

/**
 * For each of these keys, runs that nobody can carry out, and their dead letters: each time, the process that
 * executes them is killed in the middle.
 */
export async function breakRuns(
  { system, outside }: World,
  owners: readonly Omit<Preparation, 'outsideUrl'>[],
  runsOfEach: number,
): Promise<void> {
  const silence = Promise.withResolvers<'cut'>()
  outside.rewrite((request) => (request.path === SILENT ? silence.promise : answerOf(request)))
  const asked = () => outside.requests.filter(({ path }) => path === SILENT).length
  const calls = owners.map((owner) => openCall({ ...owner, outsideUrl: outside.url }))
  for (const { call } of calls) await startRuns(call, outside.url + SILENT, runsOfEach)
  const all = owners.length * runsOfEach
  for (let kill = 1; kill <= TRIES; kill++) {
    await until(() => asked() >= kill * all, `all runs are tried for time ${kill}`)
    await system.end('agent', 'SIGKILL')
    await system.start('agent')
  }
  for (const { call } of calls) {
    await until(async () => (await lettersOf(call)) >= runsOfEach, 'runs are given up')
  }
  // Who is tried again from now on fails at once.
  silence.resolve('cut')
  outside.rewrite(answerOf)
  for (const { close } of calls) close()
}

async function startRuns(call: Call, url: string, runs: number): Promise<void> {
  const workflowId = await createVersioned(call, 'Broken', callingGraph(url, 'GET'))
  for (let run = 0; run < runs; run++) {
    await call('POST', `/v1/workflows/${workflowId}/runs`, { version: 1, input: {} })
  }
}

async function lettersOf(call: Call): Promise<number> {
  const page = await call('GET', '/v2/dead-letters')
  return (page?.data as readonly unknown[] | undefined)?.length ?? 0
}
