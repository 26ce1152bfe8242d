import { createHash } from 'node:crypto'
import type { OrchestratorPorts, RunStore } from '@dure/engine'
import type { Observer } from './check/observer.ts'
import type { Effects } from './effects.ts'
import { executeInPlace } from './in-place.ts'
import type { Library } from './library.ts'
import { createStoreCalls, type StoreCalls } from './memory-store.ts'
import type { SimProcess } from './process.ts'
import type { WorkflowService } from './workflow-service.ts'
import type { World } from './world.ts'

/** Often, so that states are read back from snapshots all the time. */
const SNAPSHOT_EVERY = 5

interface Surroundings {
  readonly world: World
  readonly library: Library
  readonly effects: Effects
  readonly observer: Observer
  readonly service: WorkflowService
  /** Makes the store worse than it promises, to see whether that is found. */
  readonly spoil?: ((calls: StoreCalls) => StoreCalls) | undefined
}

/** All that the orchestrator of one process sees of the world. */
export function createPorts(around: Surroundings, process: SimProcess): OrchestratorPorts {
  const { world, library, effects, observer, service } = around
  return {
    store: storeOf(around, process),
    versions: { byId: (id) => process.call('versions', () => library.byId(id), { kind: 'safe' }) },
    announce: (run, change) => process.call('announce', () => service.announce(run, change)),
    execute(run, step, signal) {
      observer.executes(process.owner, run, step)
      return executeInPlace({ world, effects }, process, { run, step, signal })
    },
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    owner: process.owner,
    snapshotEvery: SNAPSHOT_EVERY,
    log: {
      warn: (details, message) =>
        world.trace(`${process.owner} warns: ${message}${textOf(details)}`),
      error: (details, message) =>
        world.trace(`${process.owner} error: ${message}${textOf(details)}`),
    },
    clock: { monotonicMs: process.monotonicMs, sleep: process.sleep },
  }
}

function storeOf({ world, observer, spoil }: Surroundings, process: SimProcess): RunStore {
  const { owner } = process
  const sound = createStoreCalls(world.database, world.scheduler.now, (change) =>
    observer.committed(owner, change),
  )
  const calls = spoil ? spoil(sound) : sound
  return {
    load: (...args) => process.call('load', () => calls.load(...args)),
    commit: (...args) => process.call('commit', () => calls.commit(...args)),
    recordResult: (...args) => process.call('recordResult', () => calls.recordResult(...args)),
    post: (...args) => process.call('post', () => calls.post(...args)),
    markDirty: (...args) => process.call('markDirty', () => calls.markDirty(...args)),
    renewLeases: (...args) => process.call('renewLeases', () => calls.renewLeases(...args)),
    saveSnapshot: (...args) => process.call('saveSnapshot', () => calls.saveSnapshot(...args)),
    readPayloads: (...args) => process.call('readPayloads', () => calls.readPayloads(...args)),
    writePayloads: (...args) => process.call('writePayloads', () => calls.writePayloads(...args)),
  }
}

function textOf(details: object): string {
  const { err } = details as { readonly err?: unknown }
  return err instanceof Error ? `: ${err.message}` : ''
}
