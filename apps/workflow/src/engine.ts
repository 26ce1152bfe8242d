import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  createOrchestrator,
  type Orchestrator,
  REDUCER,
  type RunIdentity,
  type RunStatus,
  type RunStore,
} from '@dure/engine'
import type { Logger, Poller, Relay } from '@dure/platform'
import type { Queues } from '@dure/platform/queues'
import type pg from 'pg'
import type { Config } from './config.ts'
import { recordingDeadLetters } from './dead-letters/recording-store.ts'
import {
  type AgentToolRuns,
  createAgentToolRuns,
  isAgentToolRun,
} from './doors/agent-tools/service.ts'
import { createCatalogueStore } from './doors/catalogue-store.ts'
import { createAdmissionService } from './runs/admission-service.ts'
import { createAdmissionStore } from './runs/admission-store.ts'
import { type AnnounceService, createAnnounceService } from './runs/announce-service.ts'
import { createCancelStore } from './runs/cancel-store.ts'
import { createChildService } from './runs/child-service.ts'
import { createDatabaseClock, type DatabaseClock } from './runs/database-clock.ts'
import { createInPlaceExecutor } from './runs/in-place-service.ts'
import { createKeyLocks } from './runs/key-lock-store.ts'
import { startCommand } from './runs/new-run.ts'
import { createContentReader } from './runs/payload-content.ts'
import { findFreshOutcomes } from './runs/payload-store.ts'
import { createRunReadStore, type RunReadStore } from './runs/read-store.ts'
import { createRecoveryStore } from './runs/recovery-store.ts'
import { createRetentionStore } from './runs/retention-store.ts'
import { createRetention } from './runs/retention-worker.ts'
import { isOver } from './runs/run-row.ts'
import { createStartService, type StartService } from './runs/start-service.ts'
import { createRunStore } from './runs/store.ts'
import { createSweeper } from './runs/sweep-worker.ts'
import { createTriggerStarts } from './runs/trigger-starts-service.ts'
import { createWaitingStore } from './runs/waiting-store.ts'
import type { RunWatcher } from './runs/watcher.ts'
import { sha256 } from './sha256.ts'
import { createTriggers, type Triggers } from './triggers/service.ts'
import type { VariablePinning } from './variables/pinning-service.ts'
import type { AliasService } from './workflows/aliases/service.ts'
import type { VersionSource } from './workflows/version-source.ts'

/** The run engine with all that it is joined to. */
export interface Engine {
  readonly store: RunStore
  readonly orchestrator: Orchestrator
  readonly starts: StartService
  /** Of every tenant. */
  readonly reader: RunReadStore
  readonly triggers: Triggers
  readonly agentToolRuns: AgentToolRuns
  readonly clock: DatabaseClock
  readonly sweeper: Poller
  readonly retention: Poller
}

export interface EngineParts {
  readonly config: Config
  /** For what is done in the name of one tenant. */
  readonly pool: pg.Pool
  /** For all else: what is committed together is of whoever it happens to be. */
  readonly everyTenant: pg.Pool
  /** For locks alone. */
  readonly lockPool: pg.Pool
  readonly queues: Queues
  readonly relay: Relay
  readonly watcher: RunWatcher
  readonly versions: VersionSource
  readonly variables: VariablePinning
  readonly aliases: Pick<AliasService, 'recordRunEnd'>
  readonly log: Logger
}

const RETENTION_MS = 3_600_000

/** Joins the engine: its parts need each other, so some of them are handed over as functions. */
export async function createEngine(parts: EngineParts): Promise<Engine> {
  const { config, everyTenant: pool, versions, variables, log, queues, watcher } = parts
  const store = recordingDeadLetters(createRunStore({ pool, reducerHash: REDUCER }), pool)
  const reader = createRunReadStore(pool)
  const recovery = createRecoveryStore(pool)
  const waiting = createWaitingStore(pool)
  const { contentOf } = createContentReader(store)
  const monotonicMs = () => performance.now()
  const clock = await createDatabaseClock({ read: recovery.clock, monotonicMs })

  const children = createChildService({
    orchestrator: () => orchestrator,
    ...{ versions, variables, contentOf },
    now: clock.now,
    runTimeoutMs: config.RUN_TIMEOUT_MS,
  })
  const announcer: AnnounceService = createAnnounceService({
    orchestrator: () => orchestrator,
    ...{ children, queues, watcher, log, relay: parts.relay },
    cancels: createCancelStore(pool),
    find: reader.byId,
    cache: { find: (tenant, keys) => findFreshOutcomes(pool, tenant, keys) },
    committed: async (run, change) => {
      if (isOver(change) && isAgentToolRun(run)) await agentToolRuns.ended(run)
      await recordAliasOutcome(parts.aliases, run, change.status)
    },
  })
  const orchestrator = createOrchestrator({
    store,
    versions,
    announce: announcer.announce,
    execute: createInPlaceExecutor({ events: () => triggers.events }),
    sha256,
    owner: randomUUID(),
    log,
    clock: {
      monotonicMs,
      sleep: (ms, signal) => sleep(ms, undefined, signal ? { signal } : {}),
    },
  })
  const beginning = async (run: RunIdentity) => {
    const vars = await variables.forRun(run.tenant, await versions.byId(run.versionId))
    return startCommand(run, clock.now(), vars)
  }
  const admission = createAdmissionService({
    store: createAdmissionStore(pool),
    limits: { maxRunningRuns: config.MAX_RUNNING_RUNS, maxQueuedRuns: config.MAX_QUEUED_RUNS },
    orchestrator,
    find: reader.byId,
    commandFor: beginning,
    monotonicMs,
  })
  const starts: StartService = createStartService({
    ...{ orchestrator, reader, versions, variables, admission },
    locks: createKeyLocks({ pool: parts.lockPool, monotonicMs }),
    now: clock.now,
    runTimeoutMs: config.RUN_TIMEOUT_MS,
  })
  const agentToolRuns = createAgentToolRuns({
    ...{ starts, versions, reader, contentOf, queues, log },
    catalogue: createCatalogueStore(parts.pool),
    orchestrator: () => orchestrator,
  })
  const triggerStarts = createTriggerStarts({
    ...{ starts, orchestrator, reader, watcher, waiting },
    admission: createAdmissionStore(pool),
  })
  const triggers: Triggers = createTriggers({
    ...{ pool: parts.pool, everyTenant: pool, log },
    ...triggerStarts,
    pollMs: config.RECONCILE_MS,
  })
  return {
    ...{ store, orchestrator, starts, reader, triggers, clock, agentToolRuns },
    sweeper: createSweeper({
      ...{ orchestrator, announcer, children, admission, clock, queues, log },
      store: recovery,
      async startCommand(runId) {
        const run = await reader.byId(runId)
        return run && beginning(run)
      },
      prefix: config.QUEUE_PREFIX,
      pollMs: config.RECONCILE_MS,
      resendAfterMs: config.RESEND_AFTER_MS,
    }),
    retention: createRetention({
      store: createRetentionStore(pool),
      log,
      days: config.RETENTION_DAYS,
      pollMs: RETENTION_MS,
    }),
  }
}

/** An alias may be led back by itself when the version that it tries fails too often. */
async function recordAliasOutcome(
  aliases: Pick<AliasService, 'recordRunEnd'>,
  { tenant, workflowId, versionNumber, alias = null }: RunIdentity,
  status: RunStatus,
): Promise<void> {
  if (alias === null || !isOver({ status })) return
  const failed = status === 'failed' || status === 'timed_out'
  await aliases.recordRunEnd({ tenant, workflowId, versionNumber, alias, failed })
}
