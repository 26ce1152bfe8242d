import { agentControlQueue, agentEventVersions, agentQueue } from '@dure/contracts'
import { createEventRegistry } from '@dure/kernel'
import {
  createDeltaPublisher,
  createDeltaSubscriber,
  createEgress,
  createEnvelope,
  createEventStore,
  createEventStreams,
  createIdentityVerifier,
  createLogger,
  createPool,
  createRelay,
  createRewrapper,
  createService,
  requireRowSecurity,
  type Service,
} from '@dure/platform'
import { connectQueues } from '@dure/platform/queues'
import { createSandbox } from '@dure/sandbox'
import { agentAliasRoutes } from './agents/alias-routes.ts'
import { createAgentAliasStore } from './agents/alias-store.ts'
import { createAgentLookup } from './agents/lookup-store.ts'
import { agentRoutes } from './agents/routes.ts'
import { createAgentService } from './agents/service.ts'
import { createAgentStore } from './agents/store.ts'
import { agentVersionRoutes } from './agents/version-routes.ts'
import { createAgentVersionStore } from './agents/version-store.ts'
import { createAi } from './ai.ts'
import { createEntryStore } from './budgets/entry-store.ts'
import { budgetRoutes } from './budgets/routes.ts'
import { createBudgetService } from './budgets/service.ts'
import { createBudgetStore } from './budgets/store.ts'
import { createCodeRunner } from './code/service.ts'
import { type Config, listOf } from './config.ts'
import { createEffectLedger } from './effects/store.ts'
import { embeddingRoutes } from './embeddings/routes.ts'
import { createAdvanceService } from './executions/advance-service.ts'
import { createEndings } from './executions/endings-service.ts'
import { createFollowService } from './executions/follow-service.ts'
import { createLiveAnswers } from './executions/live-service.ts'
import { executionRoutes } from './executions/routes.ts'
import { createExecutions } from './executions/service.ts'
import { createExecutionStore } from './executions/store.ts'
import { createAgentTasks } from './executions/task-service.ts'
import { createExecutionWorkStore } from './executions/work-store.ts'
import { createExecutionReconciler, createExecutionWorkers } from './executions/worker.ts'
import { createTextChecker } from './guardrails/check-service.ts'
import { createStepGuards } from './guardrails/step-guard.ts'
import { createHttpSender } from './http-requests/service.ts'
import { createMemorySlice } from './memory/slice-service.ts'
import { joinModels } from './model-parts.ts'
import { modelRoutes } from './models/routes.ts'
import { createTextGenerator } from './models/service.ts'
import { createReport } from './reports/service.ts'
import { createRetentionStore } from './retention/store.ts'
import { createRetention } from './retention/worker.ts'
import { resourceOf } from './secrets/place.ts'
import { secretRoutes } from './secrets/routes.ts'
import { createSecretService } from './secrets/service.ts'
import { createSecretStore } from './secrets/store.ts'
import { createVault } from './secrets/vault-service.ts'
import { createTaskService } from './tasks/service.ts'
import { createOutcomeStore } from './tasks/store.ts'
import { agentHandlers, controlHandlers } from './tasks/worker.ts'
import { createTeamSlice } from './teams/slice-service.ts'
import { joinTesting } from './testing-parts.ts'
import { createThreadSlice, threadLog } from './threads/slice-service.ts'
import { createToolSlice } from './tools/index.ts'
import { mcpServerRoutes } from './tools/mcp/routes.ts'
import { mcpToolRoutes } from './tools/mcp/tool-routes.ts'
import { importRoutes } from './tools/project/import-routes.ts'
import { toolRoutes } from './tools/project/routes.ts'

/** Within the time that the process has to close, with some to spare for handing a task back. */
const CONTROL_CONCURRENCY = 8
const STOP_GRACE_MS = 8000
/** Of one call, whatever the tool itself allows. */
const TOOL_TIMEOUT_MS = 120_000

/** The composition root: the only file that knows every part, and the only place they are joined. */
export async function createApp(config: Config): Promise<Service> {
  const log = createLogger('agent', config)
  const pool = createPool(config, { log, max: 5 })
  // What is claimed and finished at the same time shares its statements, whoever's it is.
  const everyTenant = createPool(config, { log, rows: 'of every tenant' })
  const queues = connectQueues({ redisUrl: config.REDIS_URL, prefix: config.QUEUE_PREFIX, log })
  const relay = createRelay({ pool: everyTenant, source: 'agent', queues, log })
  const egress = createEgress({ allow: listOf(config.EGRESS_ALLOW), log })
  const { models, governor, breakers, caller, embeddings, moderator, sweep } = joinModels({
    ...{ config, everyTenant, queues, log },
  })
  const envelope = createEnvelope(config.SECRETS_KEYS)
  const secrets = createSecretStore(pool)
  const rewrapper = createRewrapper({
    ...{ pool: everyTenant, envelope },
    ...{ table: 'secret', resourceOf, log },
  })

  const sandbox = createSandbox({ threads: config.CODE_THREADS })

  const leaseMs = config.LEASE_MS
  const effects = createEffectLedger({ pool: everyTenant, leaseMs })
  const report = createReport(queues)
  const tasks = createTaskService({
    effects,
    outcomes: createOutcomeStore({ effects }),
    ...{ report, relay, leaseMs, stopGraceMs: STOP_GRACE_MS },
  })
  const vault = createVault({ store: secrets, envelope })
  const deltas = createDeltaPublisher({ redis: queues.redis, prefix: config.QUEUE_PREFIX, log })
  const memory = createMemorySlice({ pool, everyTenant, log })
  const toolSlice = createToolSlice({
    ...{ pool, everyTenant, egress, vault, sandbox, queues, leaseMs, log },
    memory: memory.forTools,
  })
  const { tools } = toolSlice
  const registry = createEventRegistry(agentEventVersions)
  const executionWork = createExecutionWorkStore({
    pool: everyTenant,
    events: createEventStore({ pool: everyTenant, source: 'agent', registry }),
    ...{ leaseMs, threadLog, changed: deltas.changed },
  })
  const events = createEventStore({ pool, source: 'agent', registry })
  const executionStore = createExecutionStore(pool, events, threadLog)
  const executions = createExecutions({
    store: executionStore,
    agents: createAgentLookup(pool),
    load: createExecutionWorkStore({ pool, events, leaseMs, threadLog }).load,
    sendAll: queues.sendAll,
  })
  const { load } = executionWork
  const agentTasks = createAgentTasks({ executions, effects, load, report })
  const lookup = createAgentLookup(pool)
  const team = createTeamSlice({
    ...{ pool, everyTenant, executions, agents: lookup, load, effects, report, log },
  })
  const threads = createThreadSlice({ pool, models: caller, log })
  const endHandlers = { task: agentTasks.ended, team: team.ended }
  const ended = createEndings(executionWork, endHandlers, threads.afterEnd)
  const advancing = createAdvanceService({
    store: executionWork,
    agents: createAgentLookup(everyTenant),
    ...{ models: caller, tools, relay, ended, leaseMs },
    guards: createStepGuards(moderator, log),
    live: createLiveAnswers(deltas),
    abandon: toolSlice.abandon,
    modelTimeoutMs: config.MODEL_TIMEOUT_MS,
    toolTimeoutMs: TOOL_TIMEOUT_MS,
    stopGraceMs: STOP_GRACE_MS,
  })
  const reconciler = createExecutionReconciler({
    store: executionWork,
    ...{ sendAll: queues.sendAll, ended, log },
  })
  const executionConsumer = createExecutionWorkers({
    ...{ queues, advancing, executions, leaseMs },
    concurrency: config.EXECUTION_CONCURRENCY,
  })
  const handlers = agentHandlers({
    tasks,
    relay,
    text: createTextGenerator({ caller, models, deltas, timeoutMs: config.MODEL_TIMEOUT_MS }),
    ...{ code: createCodeRunner(sandbox), guard: createTextChecker(moderator) },
    ...{ agents: agentTasks, teams: team.tasks },
    memory: memory.forNodes,
    http: createHttpSender({ egress, vault }),
  })
  const consumer = queues.consume(agentQueue, handlers, {
    concurrency: config.TASK_CONCURRENCY,
    // A lock is renewed at half its time. So a process that died leaves at least as much of the lock
    // as of the lease: whoever gets the message next finds the task free.
    lockMs: 2 * leaseMs,
  })
  const controls = controlHandlers(tasks, [agentTasks, team.tasks], advancing)
  const control = queues.consume(agentControlQueue, controls, { concurrency: CONTROL_CONCURRENCY })
  const { MODEL_TIMEOUT_MS: timeoutMs, QUEUE_PREFIX: prefix } = config
  const ai = createAi({ pool, caller, models, queues, prefix, log, timeoutMs })
  const agentStore = createAgentStore(pool, memory.forgetAgent)
  const testing = joinTesting({
    ...{ pool, everyTenant, agentStore, executions, log },
    ...{ models, caller, embeddings, timeoutMs },
  })
  const works = config.ROLE !== 'api'
  const retention = createRetention({
    store: createRetentionStore(everyTenant),
    ...{ days: config.RETENTION_DAYS, log },
  })

  const service = await createService({
    name: 'agent',
    log,
    verifier: createIdentityVerifier({
      publicKey: config.IDENTITY_PUBLIC_KEY,
      audience: 'agent',
    }),
    idempotencyPool: pool,
    role: config.ROLE,
    checks: {
      postgres: async () => {
        await pool.query('SELECT 1')
      },
    },
    work: {
      redis: queues.check,
      ...(works && {
        consumer: consumer.check,
        control: control.check,
        answers: ai.check,
        executions: executionConsumer.check,
        reconciler: reconciler.check,
        experiments: testing.works.experiments.check,
        optimizations: testing.works.optimizations.check,
        relay: relay.check,
        reservations: sweep.check,
        memory: memory.sweep.check,
      }),
    },
  })
  await service.register(modelRoutes, { prefix: '/v1', models, governor, breakers })
  await ai.register(service)
  await service.register(embeddingRoutes, { prefix: '/openai/v1', embeddings })
  await service.register(budgetRoutes, {
    prefix: '/v2',
    budgets: createBudgetService({
      store: createBudgetStore(pool),
      entries: createEntryStore(pool),
    }),
  })
  await service.register(secretRoutes, {
    prefix: '/v1',
    secrets: createSecretService({ store: secrets, envelope }),
  })
  const agents = createAgentService({
    store: agentStore,
    versions: createAgentVersionStore(pool),
    aliases: createAgentAliasStore(pool),
    gates: testing.gates,
  })
  await service.register(agentRoutes, { prefix: '/v1', agents })
  await service.register(agentVersionRoutes, { prefix: '/v1', agents })
  await service.register(agentAliasRoutes, { prefix: '/v1', agents })
  await service.register(team.routes, { prefix: '/v1' })

  const subscriber = createDeltaSubscriber({
    ...{ redis: queues.redis, prefix: config.QUEUE_PREFIX, log },
  })
  await service.register(executionRoutes, {
    prefix: '/v1',
    executions,
    following: createFollowService({ store: executionStore, events, deltas: subscriber }),
    streams: createEventStreams(service),
  })
  await testing.register(service, agents)
  await threads.register(service)
  await memory.register(service)

  await service.register(toolRoutes, { prefix: '/v1', ...toolSlice })
  await service.register(importRoutes, { prefix: '/v1', ...toolSlice })
  await service.register(mcpServerRoutes, { prefix: '/v1', ...toolSlice })
  await service.register(mcpToolRoutes, { prefix: '/v1', ...toolSlice })

  service.addHook('onReady', async () => {
    await requireRowSecurity(pool)
    if (!works) return
    relay.start()
    consumer.start()
    control.start()
    ai.start()
    executionConsumer.start()
    reconciler.start()
    team.sweeper.start()
    rewrapper.start()
    sweep.start()
    testing.works.experiments.start()
    testing.works.optimizations.start()
    memory.sweep.start()
    retention.start()
  })
  // `onClose` hooks run last in, first out: finish the work, then let go of what it needed.
  service.addHook('onClose', async () => {
    await Promise.all([queues.close(), pool.end(), everyTenant.end(), egress.close()])
  })
  service.addHook('onClose', () => relay.close())
  service.addHook('onClose', async () => {
    const workers = [consumer, control, ai, rewrapper, sweep, memory.sweep, retention]
    await Promise.all(workers.map((worker) => worker.close()))
    await Promise.all([executionConsumer.close(), reconciler.close(), team.sweeper.close()])
    await threads.close()
    subscriber.close()
    await Promise.all(Object.values(testing.works).map((work) => work.close()))
    await sandbox.close()
  })
  return service
}
