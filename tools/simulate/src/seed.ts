import { createHash } from 'node:crypto'
import type { RunEvent } from '@dure/contracts'
import { createOrchestrator } from '@dure/engine'
import { createAgent } from './agent.ts'
import { createBus } from './bus.ts'
import { childProblems, effectProblems, endProblems } from './check/effects.ts'
import { createObserver } from './check/observer.ts'
import { foldProblems, snapshotProblems } from './check/replay.ts'
import { createClients } from './clients.ts'
import { ENDED } from './database.ts'
import { createEffects } from './effects.ts'
import { createPorts } from './engine-ports.ts'
import { createFleet, type Fleet } from './fleet.ts'
import { createLibrary } from './library.ts'
import type { StoreCalls } from './memory-store.ts'
import { createPeople } from './people.ts'
import { meddleWithSnapshots } from './snapshots.ts'
import { createWorkflowService } from './workflow-service.ts'
import { createWorld, type World } from './world.ts'

export interface SeedReport {
  readonly seed: number
  readonly runs: number
  readonly events: number
  readonly steps: number
  readonly virtualMs: number
  readonly faults: Readonly<Record<string, number>>
  readonly violations: readonly string[]
  /** The last of what happened. */
  readonly lines: readonly string[]
  readonly workflows: readonly unknown[]
  /** How often each kind of event was part of a history. */
  readonly seen: Readonly<Record<string, number>>
  /** Of all histories: the same seed gives the same. */
  readonly digest: string
}

export interface SeedOptions {
  /** Larger workflows, more runs, more time. */
  readonly long?: boolean
  /** Makes the store worse than it promises, to see whether that is found. */
  readonly spoil?: (calls: StoreCalls) => StoreCalls
}

/** As long as faults happen; after that, runs have as long as three hours to end. */
const CHAOS_MS = 600_000
const PATIENCE_MS = 10_800_000
const SETTLE_MS = 20_000

/** One course of everything, from the start of the first process to the end of the last run. */
export async function runSeed(
  seed: number,
  { long = false, spoil }: SeedOptions = {},
): Promise<SeedReport> {
  const world = createWorld(seed)
  const parts = assemble(world, { long, spoil })
  const { clients, people, fleet, observer } = parts
  const startMs = world.scheduler.now()
  try {
    fleet.start(world.random.int(2, 3))
    clients.startRuns(long ? world.random.int(3, 8) : world.random.int(1, 3))
    const isOver = () => clients.isDone() && people.isDone() && allEnded(world)
    const chaosMs = world.random.int(20_000, long ? 6 * CHAOS_MS : CHAOS_MS)
    await world.scheduler.run({ untilMs: startMs + chaosMs, done: isOver })
    world.heal()
    settleAgainAndAgain(world, () => people.settle(observer.models))
    await world.scheduler.run({ untilMs: startMs + chaosMs + PATIENCE_MS, done: isOver })
    // Whoever was stopped, and whatever was late, may still come.
    await world.scheduler.run({ untilMs: world.scheduler.now() + 200_000, done: () => false })
    // Such as a retry of a run that had failed: it has the same time to end as the others.
    await world.scheduler.run({ untilMs: world.scheduler.now() + PATIENCE_MS, done: isOver })
  } catch (error) {
    world.violated(`the simulation stopped: ${(error as Error).stack}`)
  }
  checkEnd(world, parts)
  return reportOf(world, parts, startMs)
}

interface Shape {
  readonly long: boolean
  readonly spoil: SeedOptions['spoil']
}

function assemble(world: World, { long, spoil }: Shape) {
  const { random } = world
  const roots = random.int(1, 2)
  const sizes = Array.from({ length: roots + 1 }, (_, index) =>
    index < roots ? random.int(4, long ? 60 : 25) : random.int(2, 6),
  )
  const library = createLibrary(random.fork('library'), sizes)
  const effects = createEffects()
  const later: { fleet?: Fleet } = {}
  const fleetOf = () => later.fleet as Fleet
  const people = createPeople(world, fleetOf)
  const observer = createObserver(world, library, (change) => {
    people.saw(change)
    meddleWithSnapshots(world, change.run.id)
  })
  const clients = createClients(world, library, fleetOf, (index) => index < roots)
  const service = createWorkflowService({ world, fleet: fleetOf, bus: () => bus, library })
  const bus = createBus(world, (message) =>
    message.to === 'agent' ? agent.deliver(message.message) : service.handle(message),
  )
  const agent = createAgent(world, effects, bus)
  const around = { world, library, effects, observer, service, spoil }
  const fleet = createFleet({
    world,
    createOrchestrator,
    portsOf: (process) => createPorts(around, process),
    onStart: (member) => service.sweep(member),
  })
  later.fleet = fleet
  return { library, effects, people, observer, clients, fleet }
}

type Parts = ReturnType<typeof assemble>

function allEnded({ database }: World): boolean {
  for (const { status, tasks, inbox } of database.runs.values()) {
    if (!ENDED.has(status) || inbox.some(({ consumed }) => !consumed)) return false
    for (const { state, task } of tasks.values()) {
      if (state === 'open' || state === 'answered') return false
      if (task.childRunId && state === 'folded' && !database.runs.has(task.childRunId)) return false
    }
  }
  return true
}

function settleAgainAndAgain(world: World, settle: () => void): void {
  settle()
  world.scheduler.in(SETTLE_MS, () => settleAgainAndAgain(world, settle))
}

function checkEnd(world: World, { library, effects, clients, people }: Parts): void {
  const { database, random } = world
  const problems = [
    ...endProblems(database),
    ...effectProblems(database, effects, library.outline),
    ...childProblems(database),
    ...snapshotProblems(database),
    ...foldProblems(database, (events) => random.int(0, events)),
  ]
  for (const key of clients.acknowledged) {
    if (!clients.runOf(key)) problems.push(`${key} was said to have begun, and is not there`)
  }
  for (const [id, runId] of people.acknowledged) {
    const inbox = database.runs.get(runId)?.inbox ?? []
    const found = inbox.filter(({ item }) => item.id === id).length
    if (found !== 1) problems.push(`${id} was said to be stored, and is there ${found} times`)
  }
  for (const problem of problems) world.violated(problem)
}

function reportOf(world: World, { library }: Parts, startMs: number): SeedReport {
  const histories = [...world.database.runs].map(([id, { events }]) => [id, events])
  const events = histories.reduce((sum, [, list]) => sum + (list?.length ?? 0), 0)
  return {
    seed: world.seed,
    runs: histories.length,
    events,
    steps: world.scheduler.steps(),
    virtualMs: world.scheduler.now() - startMs,
    faults: Object.fromEntries([...world.counts].toSorted()),
    violations: world.violations,
    lines: world.lines,
    workflows: library.versions.map(({ workflowId, graph }) => ({ workflowId, graph })),
    seen: kindsOf(world),
    digest: createHash('sha256').update(JSON.stringify(histories)).digest('hex'),
  }
}

function kindsOf({ database }: World): Record<string, number> {
  const kinds: Record<string, number> = {}
  for (const { events } of database.runs.values()) {
    for (const json of events) {
      const event = JSON.parse(json) as RunEvent
      const kind = 'kind' in event && event.kind ? `${event.type}:${event.kind}` : event.type
      kinds[kind] = (kinds[kind] ?? 0) + 1
    }
  }
  return kinds
}
