import { setTimeout as sleep } from 'node:timers/promises'
import { type Injected, injectOne } from './injector.ts'
import type { Options } from './options.ts'
import type { Plan } from './plan.ts'
import { type Session, shapeOf } from './session.ts'

const BURST_MS = 3000
const PAUSE_MS = 1000
const POISON_LIMIT_MS = 120_000

/** All faults, one after the other, each in the middle of its share of the runs. */
export async function injectAll(session: Session, plan: Plan): Promise<Injected[]> {
  const { options, random, say, system, client, workload, actors } = session
  const { faults, oldBuild } = plan
  const scaled = (ms: number) => ms * options.factor
  const injected: Injected[] = []
  for (const [index, fault] of faults.entries()) {
    const done = await injectOne(fault, {
      system,
      client,
      workload,
      random: random.fork(`fault ${index}`),
      probe: shapeOf(session, 'probe'),
      context: {
        ...session,
        oldBuild,
        scaled,
        last: (ms) => sleep(scaled(ms)),
        failures: session.tally.failures,
        poison: () => poison(session),
        bulky: () => workload.start(shapeOf(session, 'bulky'), { follow: true }),
      },
      runsEach: runsOf(options, index),
      burstMs: scaled(BURST_MS),
      pauseMs: PAUSE_MS,
    })
    injected.push(done)
    const reviewed = await actors.review(await session.store.reviews())
    say(progressOf(done, { index, count: faults.length, reviewed }))
  }
  return injected
}

/** All runs, shared out evenly. */
function runsOf({ runs, faults }: Options, index: number): number {
  return Math.floor((runs * (index + 1)) / faults) - Math.floor((runs * index) / faults)
}

interface Progress {
  readonly index: number
  readonly count: number
  readonly reviewed: number
}

function progressOf(done: Injected, { index, count, reviewed }: Progress): string {
  const { id, title, notes, recoveryMs, beganAt, endedAt, complaints } = done
  const who = notes.length > 0 ? `: ${notes.join(', ')}` : ''
  const took = `lasted ${((endedAt - beganAt) / 1000).toFixed(1)} s`
  const after = recoveryMs === null ? 'no recovery' : `recovered in ${recoveryMs} ms`
  const reviews = reviewed > 0 ? `; ${reviewed} effects reviewed` : ''
  const wrong = complaints.map((what) => `\n    ${what}`).join('')
  return `${index + 1}/${count}  ${id} ${title}${who}; ${took}, ${after}${reviews}${wrong}`
}

/** A task that kills whoever executes it: it must be given up, and everything else go on. */
async function poison(session: Session): Promise<boolean> {
  const { workload, client } = session
  const { runId } = await workload.start(shapeOf(session, 'poison'))
  const limit = performance.now() + POISON_LIMIT_MS
  while (performance.now() < limit) {
    const { body } = await client.insist({ method: 'GET', path: `/v1/runs/${runId}` })
    if (body.endedAt !== null && body.endedAt !== undefined) return true
    await sleep(100)
  }
  return false
}
