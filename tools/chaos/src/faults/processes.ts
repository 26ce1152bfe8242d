import { setTimeout as sleep } from 'node:timers/promises'
import type { Instance } from '../instance.ts'
import type { System } from '../system.ts'
import { anyOf, type Fault, type FaultContext } from './fault.ts'

type Service = Parameters<System['of']>[0]

const killed = (id: string, service: Service): Fault => ({
  id,
  title: `kill -9 ${service}`,
  async inject(context) {
    anyOf(context, service).signal('SIGKILL')
  },
})

const blocked: Fault = {
  id: 'F23',
  title: 'event loop blocked',
  async inject(context) {
    const instance = anyOf(context, 'workflow', 'agent')
    const ms = longerThanALease(context, instance)
    instance.command({ kind: 'block', ms })
    await sleep(ms)
  },
}

const stopped: Fault = {
  id: 'F24',
  title: 'SIGSTOP longer than a lease, SIGCONT',
  async inject(context) {
    const instance = anyOf(context, 'workflow', 'agent')
    instance.signal('SIGSTOP')
    await sleep(longerThanALease(context, instance))
    instance.signal('SIGCONT')
  },
}

/** The lease of a run is 30 s, and no setting: what outlasts it is only now and then worth the time. */
function longerThanALease({ scaled, random }: FaultContext, { service }: Instance): number {
  const isPatient = scaled(1) >= 1 && service === 'workflow' && random.chance(0.3)
  return isPatient ? 35_000 : scaled(8000)
}

const TWO_HOURS_MS = 2 * 3_600_000

const wrongClock: Fault = {
  id: 'F27',
  title: 'clock 2 h off, and back',
  async inject(context) {
    const instance = anyOf(context, 'workflow', 'agent')
    // Nobody vouches for who calls at such a time: it only works, and is not asked.
    instance.offered = false
    const offsetMs = context.random.pick([TWO_HOURS_MS, -TWO_HOURS_MS])
    instance.command({ kind: 'clock', offsetMs })
    await context.last(6000)
    instance.command({ kind: 'clock', offsetMs: 0 })
    instance.offered = true
  },
}

/** After so many, it has to be given up; each takes the tasks of others down with it. */
const MAX_DEATHS = 6

const poison: Fault = {
  id: 'F28',
  title: 'a task that kills its executor',
  async inject(context) {
    const crashes = () => context.system.of('agent').reduce((sum, one) => sum + one.crashes, 0)
    const before = crashes()
    if (!(await context.poison())) context.complain('the poison was not given up')
    context.note(`${crashes() - before} executors died`)
    const deaths = crashes() - before
    if (deaths === 0) context.complain('the poison killed nobody')
    if (deaths > MAX_DEATHS) context.complain(`the poison killed ${deaths} executors`)
  },
}

const impatientStop: Fault = {
  id: 'F35',
  title: 'SIGTERM, then SIGKILL',
  async inject(context) {
    const instance = anyOf(context, 'workflow', 'agent', 'gateway')
    instance.signal('SIGTERM')
    await context.last(600)
    instance.signal('SIGKILL')
  },
}

export const processFaults: readonly Fault[] = [
  killed('F1', 'gateway'),
  killed('F2', 'workflow'),
  killed('F3', 'agent'),
  killed('F5', 'analytics'),
  blocked,
  stopped,
  wrongClock,
  poison,
  impatientStop,
]
