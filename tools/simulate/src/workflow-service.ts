import type { NewTask, OrchestratorPorts, RunIdentity } from '@dure/engine'
import type { Bus } from './bus.ts'
import { ENDED } from './database.ts'
import { type Fleet, foreseen, type Member } from './fleet.ts'
import { createHandler, type WorkflowMessage } from './handlers.ts'
import type { Library } from './library.ts'
import { type Chore, choresOf, nextChoreAt } from './sweep-query.ts'
import type { World } from './world.ts'

/** What surrounds the orchestrator in each process: messages in and out, and the sweep. */
export interface WorkflowService {
  handle(message: WorkflowMessage): void
  announce(run: RunIdentity, change: Announced): void
  /** Runs in the background of a process from its start on. */
  sweep(member: Member): void
}

type Announced = Parameters<OrchestratorPorts['announce']>[1]

interface Parts {
  readonly world: World
  readonly fleet: () => Fleet
  readonly bus: () => Bus
  readonly library: Library
}

const IDLE_MS = 60_000

export function createWorkflowService({ world, fleet, bus, library }: Parts): WorkflowService {
  const { database, random, scheduler } = world
  const act = createHandler(world, library)

  function send(run: RunIdentity, task: NewTask): void {
    if (task.kind === 'task' && task.message) bus().send({ to: 'agent', message: task.message })
    if (task.kind === 'child') {
      bus().send({ to: 'workflow', kind: 'start-child', parent: run, task })
    }
  }

  function cancelChild(run: RunIdentity, path: string): void {
    const { task } = database.runs.get(run.id)?.tasks.get(path) ?? {}
    if (task?.request?.kind !== 'child' || !task.request.propagateCancel || !task.childRunId) return
    bus().send({ to: 'workflow', kind: 'cancel-child', runId: task.childRunId })
  }

  async function take(member: Member, chore: Chore): Promise<void> {
    if (chore.kind === 'send' || chore.kind === 'start-child') send(chore.run, chore.task)
    else if (chore.kind !== 'advance') bus().send({ to: 'workflow', ...chore })
    else {
      await member.orchestrator.advance(chore.runId).catch((error) => foreseen(world, error))
    }
  }

  async function pass(member: Member): Promise<void> {
    const query = () => choresOf(database, scheduler.now())
    const chores = await member.process.call('sweep', query, { kind: 'safe' })
    for (const chore of chores) await take(member, chore)
  }

  function sweep(member: Member): void {
    const idleMs = Math.min(nextChoreAt(database) - scheduler.now(), IDLE_MS)
    scheduler.in(Math.max(idleMs, 0) + random.int(200, 3000), () => {
      const state = member.process.state()
      if (state === 'up') void pass(member).finally(() => sweep(member))
      else if (state === 'frozen') sweep(member)
    })
  }

  return {
    sweep,
    handle(message) {
      const again = () => {
        // Half of what fails is delivered again; the other half is left to the sweep.
        if (random.chance(0.5)) scheduler.in(random.int(10, 2000), () => bus().send(message))
      }
      fleet().inSome((member) => act(member, message), again)
    },
    announce(run, { tasks, cancelled, status }) {
      for (const task of tasks) send(run, task)
      for (const path of cancelled) cancelChild(run, path)
      if (ENDED.has(status) && run.parent) {
        bus().send({ to: 'workflow', kind: 'child-ended', runId: run.id })
      }
    },
  }
}
