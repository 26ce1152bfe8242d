import { setTimeout as sleep } from 'node:timers/promises'
import { check } from './checks/check.ts'
import type { Window } from './checks/effects.ts'
import type { StoreReader } from './checks/store.ts'
import type { Injected } from './injector.ts'
import { type Report, reportOf } from './report.ts'
import type { Session } from './session.ts'

const QUIET_LIMIT_MS = 120_000
const FOLLOWERS_LIMIT_MS = 15_000
const ANALYTICS_LIMIT_MS = 30_000
const STANDSTILLS = new Set(['F10', 'F13', 'F14', 'F15', 'F19', 'F23', 'F24'])

/** Resolves when every run has ended, or when it has waited long enough for that. */
export async function quiet({ say, store, actors, workload, stopping }: Session): Promise<void> {
  say('no more faults: waiting until every run has ended')
  const limit = performance.now() + QUIET_LIMIT_MS
  let acting = true
  void actors.settle().then(() => {
    acting = false
  })
  while (performance.now() < limit && (acting || (await store.outstanding()) > 0)) {
    await actors.review(await store.reviews())
    await sleep(250)
  }
  await Promise.race([workload.settle(), sleep(FOLLOWERS_LIMIT_MS)])
  stopping.abort(new Error('It is over'))
  await workload.settle()
}

/** Looks at everything that anybody saw. */
export async function judge(session: Session, injected: readonly Injected[]): Promise<Report> {
  const { say, store, workload, commander, world, tally } = session
  const runs = await store.histories()
  const { acked, followed } = workload
  say(`checking ${runs.size} runs, ${world.effects.length} effects, ${followed.length} readers`)
  const violations = check({
    acked,
    commands: commander.commands,
    followed,
    complaints: [...workload.complaints, ...commander.complaints],
    effects: world.effects,
    runs,
    facts: await caughtUp(store, [...runs.keys()]),
    zombies: injected.flatMap(zombieOf),
  })
  for (const [why, times] of tally.reasons()) say(`callers were told ${times} times: ${why}`)
  return reportOf(injected, runs, [...violations, ...tally.violations()])
}

/** Analytics may be late, but not for ever. */
async function caughtUp(store: StoreReader, runIds: readonly string[]) {
  const limit = performance.now() + ANALYTICS_LIMIT_MS
  for (;;) {
    const facts = await store.facts()
    const all = runIds.every((runId) => (facts.get(runId) ?? 'running') !== 'running')
    if (all || performance.now() > limit) return facts
    await sleep(250)
  }
}

/** A process that stood still may do, when it goes on, what it had decided before. */
function zombieOf({ id, beganAt, endedAt }: Injected): Window[] {
  return STANDSTILLS.has(id) ? [{ from: beganAt, to: endedAt + 3000 }] : []
}
