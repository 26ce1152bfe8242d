import type { CreateRun, RunIdentity } from '@dure/engine'
import type { RunRecord } from './database.ts'
import type { Fleet } from './fleet.ts'
import type { Library } from './library.ts'
import type { World } from './world.ts'

/** Those who start runs, and do not give up before they are told that it has started. */
export interface Clients {
  startRuns(count: number): void
  /** The idempotency keys of which they were told that their run exists. */
  readonly acknowledged: ReadonlySet<string>
  readonly asked: ReadonlySet<string>
  runOf(key: string): RunRecord | undefined
  isDone(): boolean
}

const ANSWER_MS = 20_000

export function createClients(
  world: World,
  library: Library,
  fleet: () => Fleet,
  isRoot: (index: number) => boolean,
): Clients {
  const { random, scheduler, database } = world
  const acknowledged = new Set<string>()
  const asked = new Set<string>()

  function create(key: string, identity: () => RunIdentity) {
    if (acknowledged.has(key)) return
    let settled = false
    const again = () => {
      if (settled || acknowledged.has(key)) return
      settled = true
      scheduler.in(random.int(50, 2000), () => create(key, identity))
    }
    scheduler.in(ANSWER_MS, again)
    fleet().inSome(async ({ orchestrator, process }) => {
      const now = await process.call('clock', () => scheduler.now(), { kind: 'safe' })
      const run = identity()
      const creation = library.creation(key)
      const isQueued = random.chance(0.15)
      await orchestrator.create({ run, creation, begins: begins(run, now, isQueued), now })
      // Made now, or by an earlier try: it is there either way.
      acknowledged.add(key)
      world.trace(`client is told that ${key} has begun`)
    }, again)
  }

  return {
    acknowledged,
    asked,
    isDone: () => asked.size === acknowledged.size,
    runOf: (key) =>
      [...database.runs.values()].find(({ creation }) => creation.idempotencyKey === key),
    startRuns(count) {
      const roots = library.versions.flatMap((_, index) => (isRoot(index) ? [index] : []))
      for (let number = 1; number <= count; number++) {
        const key = `key-${number}`
        const index = random.pick(roots)
        const more = {
          input: { n: random.int(0, 50), items: [1, 2, 3].slice(0, random.int(0, 3)) },
          seed: random.hex(32),
          timeoutMs: random.chance(0.1) ? random.int(10_000, 600_000) : 2_592_000_000,
        }
        asked.add(key)
        const identity = () => library.runOf(index, random.hex(32), more)
        scheduler.in(random.int(0, 20_000), () => create(key, identity))
      }
    },
  }
}

function begins(run: RunIdentity, now: number, isQueued: boolean): CreateRun['begins'] {
  const { workflowId, versionId, versionNumber, startedBy } = run
  const names = { workflowId, versionId, versionNumber, startedBy }
  if (isQueued) return { type: 'run.queue', ...names, reason: 'backlog' }
  return startOf(run, now)
}

export function startOf(run: RunIdentity, now: number) {
  const { workflowId, versionId, versionNumber, startedBy, input, depth, parent, timeoutMs } = run
  return {
    type: 'run.start' as const,
    ...{ workflowId, versionId, versionNumber, startedBy, input, depth, startedAt: now },
    ...(parent && { parent }),
    deadlineAt: now + timeoutMs,
  }
}
