import type { Orchestrator, OrchestratorPorts } from '@dure/engine'
import { UnavailableError } from '@dure/kernel'
import { createProcess, type SimProcess, SimulatedFault } from './process.ts'
import type { World } from './world.ts'

/** One process of the workflow service, with what runs in it. */
export interface Member {
  readonly process: SimProcess
  readonly orchestrator: Orchestrator
}

export interface Fleet {
  start(count: number): void
  /** One of those that could answer now; undefined when none is up. */
  anyUp(): Member | undefined
  /** Work in some process: when none is up, later. What it throws is what a caller would be told. */
  inSome(work: (member: Member) => Promise<void>, failed: () => void): void
  members(): readonly Member[]
}

interface FleetOptions {
  readonly world: World
  readonly portsOf: (process: SimProcess) => OrchestratorPorts
  readonly createOrchestrator: (ports: OrchestratorPorts) => Orchestrator
  /** What else runs in each process from its start. */
  readonly onStart: (member: Member) => void
}

export function createFleet(options: FleetOptions): Fleet {
  const { world, portsOf, createOrchestrator, onStart } = options
  const { random, scheduler } = world
  let members: Member[] = []
  let started = 0

  function startOne() {
    started += 1
    const process = createProcess(world, `p${started}`, () => {
      members = members.filter((member) => member.process !== process)
      scheduler.in(random.pick([50, 1000, 8000, 40_000]), startOne)
    })
    world.trace(`${process.owner} starts`)
    const member = { process, orchestrator: createOrchestrator(portsOf(process)) }
    members.push(member)
    onStart(member)
  }

  function anyUp(): Member | undefined {
    const up = members.filter(({ process }) => process.state() === 'up')
    return up.length === 0 ? undefined : random.pick(up)
  }

  return {
    anyUp,
    members: () => members,
    start(count) {
      for (let index = 0; index < count; index++) startOne()
    },
    inSome(work, failed) {
      const member = anyUp()
      if (!member) return void scheduler.in(500, failed)
      work(member).catch((error) => {
        foreseen(world, error)
        failed()
      })
    },
  }
}

/** Of what we have made fail, callers are told; anything else is a defect. */
export function foreseen(world: World, error: unknown): void {
  if (error instanceof SimulatedFault || error instanceof UnavailableError) return
  world.violated(`an error that nobody had foreseen: ${(error as Error).stack ?? error}`)
}
