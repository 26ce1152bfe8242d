import type { TaskOutcome } from '@dure/contracts'
import type { NewTask, RunChange, RunIdentity } from '@dure/engine'
import type { Message } from './bus.ts'
import { startOf } from './clients.ts'
import { type Database, ENDED } from './database.ts'
import type { Member } from './fleet.ts'
import type { Library } from './library.ts'
import type { World } from './world.ts'

export type WorkflowMessage = Exclude<Message, { to: 'agent' }>

/** What a process of the workflow service does about a message; any number of times is once. */
export function createHandler({ database, random, scheduler }: World, library: Library) {
  const nowFrom = ({ process }: Member) =>
    process.call('clock', () => scheduler.now(), { kind: 'safe' })

  async function leaveQueue(member: Member, runId: RunIdentity['id']) {
    const run = database.runs.get(runId)?.run
    const now = await nowFrom(member)
    const begins = random.chance(0.1) ? EXPIRE : run && startOf(run, now)
    if (begins) await member.orchestrator.leaveQueue(runId, begins)
  }

  async function startChild(member: Member, parent: RunIdentity, task: NewTask) {
    const { orchestrator } = member
    const child = library.childOf(parent, task, random.hex(32))
    if (!child) return
    const now = await nowFrom(member)
    const creation = library.creation(null)
    await orchestrator.create({ run: child, creation, begins: startOf(child, now), now })
    if (task.request?.kind !== 'child' || task.request.wait) return
    // Nobody waits for its end: that it has begun is all that is asked for.
    const outcome = { status: 'succeeded', output: { runId: child.id }, durationMs: 0 } as const
    const { path, attempt } = task
    await orchestrator.finishTask(
      { runId: parent.id, tenant: parent.tenant, path, attempt },
      outcome,
    )
  }

  async function cancelChild({ orchestrator }: Member, runId: RunIdentity['id']) {
    const child = database.runs.get(runId)?.run
    const command = { type: 'run.cancel', by: 'system:parent' } as const
    const item = { id: `cancel-by-parent:${runId}`, command }
    if (child) await orchestrator.command(runId, child.tenant, item)
  }

  return async (member: Member, message: WorkflowMessage): Promise<void> => {
    const { orchestrator } = member
    if (message.kind === 'result') await orchestrator.finishTask(message.task, message.outcome)
    if (message.kind === 'advance') await orchestrator.advance(message.runId)
    if (message.kind === 'start') await leaveQueue(member, message.runId)
    if (message.kind === 'start-child') await startChild(member, message.parent, message.task)
    if (message.kind === 'cancel-child') await cancelChild(member, message.runId)
    if (message.kind === 'child-ended') {
      const result = childResult(database, message.runId)
      if (result) await orchestrator.finishTask(result.task, result.outcome)
    }
  }
}

const EXPIRE = { type: 'run.expire-queued' } as const

/** What the parent of a run that has ended is told; undefined when it has none, or goes on. */
function childResult({ runs }: Database, runId: RunIdentity['id']) {
  const child = runs.get(runId)
  const parent = child?.run.parent
  if (!child || !parent || !ENDED.has(child.status)) return undefined
  const { tenant } = child.run
  const outcome: TaskOutcome =
    child.status === 'completed'
      ? { status: 'succeeded', output: JSON.parse(child.output ?? 'null'), durationMs: 0 }
      : { status: 'failed', error: childError(child.status, child.error) }
  const { runId: parentId, path, attempt } = parent
  return { task: { runId: parentId, tenant, path, attempt }, outcome }
}

function childError(status: RunChange['status'], error: RunChange['error']) {
  const code = error?.code ?? `run.${status}`
  return { code, message: error?.message ?? `The run is ${status}`, class: 'rejected' as const }
}
