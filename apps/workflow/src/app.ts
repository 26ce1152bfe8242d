import {
  agentAnswerQueue,
  type WorkflowId,
  workflowQueue,
  workflowToolQueue,
  workQuestionQueue,
} from '@dure/contracts'
import { nodeTypes } from '@dure/engine'
import {
  afterCommit,
  createEgress,
  createEnvelope,
  createEventStreams,
  createIdentityVerifier,
  createLogger,
  createPool,
  createRelay,
  createService,
  type EventStreams,
  requireRowSecurity,
  type Service,
} from '@dure/platform'
import { connectQueues } from '@dure/platform/queues'
import { PrismaPg } from '@prisma/adapter-pg'
import type { Config } from './config.ts'
import type { CommandService } from './control/commands/service.ts'
import { controlRoutes } from './control/routes.ts'
import { createControl } from './control/service.ts'
import { deadLetterRoutes } from './dead-letters/routes.ts'
import { createDeadLetterService } from './dead-letters/service.ts'
import { createDeadLetterStore } from './dead-letters/store.ts'
import { agentToolHandlers } from './doors/agent-tools/worker.ts'
import { createAgentWorkflowStore } from './doors/agents/agent-workflow-store.ts'
import { type AgentDirectory, createAgentDirectory } from './doors/agents/directory-service.ts'
import { createAgentDoor } from './doors/agents/service.ts'
import { createCatalogueStore } from './doors/catalogue-store.ts'
import { mcpRoutes } from './doors/mcp/routes.ts'
import { createToolService } from './doors/mcp/service.ts'
import { createToolStore } from './doors/mcp/tool-store.ts'
import { createResponseService } from './doors/openai/response-service.ts'
import { createResponseStore } from './doors/openai/response-store.ts'
import { openAiRoutes } from './doors/openai/routes.ts'
import { createOpenAiService } from './doors/openai/service.ts'
import { createDoorRuns } from './doors/run-service.ts'
import { createEngine, type Engine } from './engine.ts'
import { PrismaClient } from './generated/prisma/client.ts'
import { nodeTypeRoutes } from './nodes/routes.ts'
import { optimizerRoutes } from './optimizer/routes.ts'
import { createOptimizerService, type OptimizerService } from './optimizer/service.ts'
import { createOptimizerStore } from './optimizer/store.ts'
import { createAdviceService } from './questions/advice-service.ts'
import { createQuestionService } from './questions/service.ts'
import { createQuestionStore } from './questions/store.ts'
import { questionHandlers } from './questions/worker.ts'
import { createContentReader } from './runs/payload-content.ts'
import { createPayloadStore } from './runs/payload-store.ts'
import { createRunReadStore } from './runs/read-store.ts'
import { runRoutes } from './runs/routes.ts'
import { createSealedRuns } from './runs/sealed-store.ts'
import { createRunService } from './runs/service.ts'
import { newRunId } from './runs/start-service.ts'
import { createWaitingStore } from './runs/waiting-store.ts'
import { createRunWatcher } from './runs/watcher.ts'
import { workflowHandlers } from './runs/worker.ts'
import { statsRoutes } from './stats/routes.ts'
import { createStatsStore } from './stats/store.ts'
import { triggerRoutes } from './triggers/routes.ts'
import { createVariablePinning } from './variables/pinning-service.ts'
import { variableRoutes } from './variables/routes.ts'
import { createVariableService } from './variables/service.ts'
import { createVariableStore } from './variables/store.ts'
import { webhookDescriptions } from './webhooks/description.ts'
import { webhookRoutes } from './webhooks/routes.ts'
import { createWebhooks, type Webhooks } from './webhooks/service.ts'
import { aliasRoutes } from './workflows/aliases/routes.ts'
import { createAliasService } from './workflows/aliases/service.ts'
import { createAliasStore } from './workflows/aliases/store.ts'
import { workflowExchangeRoutes } from './workflows/exchange-routes.ts'
import { createLookupStore } from './workflows/lookup-store.ts'
import { createPublicationStore } from './workflows/publication-store.ts'
import { workflowRoutes } from './workflows/routes.ts'
import { createWorkflowService } from './workflows/service.ts'
import { createWorkflowStore } from './workflows/store.ts'
import { workflowVersionRoutes } from './workflows/version-routes.ts'
import { createVersionSource, type VersionSource } from './workflows/version-source.ts'

/** Numbers of the sealed order: of nobody's rows, and read by who makes the first endpoint of all. */
const OF_NO_TENANT = ['seal_head', 'relay_cursors']
const QUESTION_CONCURRENCY = 4

/** The composition root: with `engine.ts`, the only place where parts are joined. */
export async function createApp(config: Config): Promise<Service> {
  const prefix = config.QUEUE_PREFIX
  const log = createLogger('workflow', config)
  const pool = createPool(config, { log })
  const everyTenant = createPool(config, { log, max: 20, rows: 'of every tenant' })
  const lockPool = createPool(config, { log, max: 8, waitMs: 10_000, rows: 'of every tenant' })
  const db = new PrismaClient({ adapter: new PrismaPg(pool) })
  const queues = connectQueues({ redisUrl: config.REDIS_URL, prefix, log })
  const sequence = createSealedRuns(everyTenant)
  const relay = createRelay({ pool: everyTenant, source: 'workflow', queues, log, sequence })
  const watcher = createRunWatcher({ queues, prefix, log })
  const versions = createVersionSource({ store: createLookupStore(pool, everyTenant), nodeTypes })
  const changed = (id: WorkflowId) => afterCommit(() => versions.forget(id))
  const aliases = createAliasService({ store: createAliasStore(pool), changed })

  const variables = createVariableStore(pool)
  const engine = await createEngine({
    ...{ config, pool, everyTenant, lockPool, queues, relay, watcher, versions, aliases, log },
    variables: createVariablePinning({ store: variables, nodeTypes }),
  })
  const consumer = queues.consume(workflowQueue, workflowHandlers(engine.orchestrator, relay), {
    concurrency: config.RESULT_CONCURRENCY,
  })
  const answers = createQuestionService(createQuestionStore(pool))
  const optimizer = createOptimizerService({
    store: createOptimizerStore(pool, createPayloadStore(pool)),
    nodeTypes,
  })
  const advice = createAdviceService(optimizer)
  const questions = queues.consume(workQuestionQueue, questionHandlers(answers, advice, queues), {
    concurrency: QUESTION_CONCURRENCY,
  })
  const agentTools = queues.consume(workflowToolQueue, agentToolHandlers(engine.agentToolRuns), {
    concurrency: config.RESULT_CONCURRENCY,
  })
  const directory = createAgentDirectory({ queues, prefix, log })
  const directoryAnswers = queues.consume(agentAnswerQueue, directory.handlers, {
    concurrency: QUESTION_CONCURRENCY,
  })

  const egress = createEgress({ allow: config.EGRESS_ALLOW.split(','), log })
  const webhooks = createWebhooks({
    ...{ pool, everyTenant, sequence, egress, log, pollMs: config.RECONCILE_MS },
    envelope: createEnvelope(config.SECRETS_KEYS),
  })
  const works = config.ROLE !== 'api'
  const { sweeper, retention, triggers } = engine
  const service = await createService({
    name: 'workflow',
    log,
    verifier: createIdentityVerifier({
      publicKey: config.IDENTITY_PUBLIC_KEY,
      audience: 'workflow',
    }),
    idempotencyPool: pool,
    webhooks: webhookDescriptions,
    role: config.ROLE,
    checks: { postgres: async () => void (await pool.query('SELECT 1')) },
    work: {
      redis: queues.check,
      relay: relay.check,
      directory: directoryAnswers.check,
      ...(works && {
        results: consumer.check,
        questions: questions.check,
        agentTools: agentTools.check,
        sweeper: sweeper.check,
        scheduler: triggers.scheduler.check,
        ...webhooks.checks,
      }),
    },
  })
  if (config.ROLE !== 'worker') {
    const { contentOf } = createContentReader(createPayloadStore(pool))
    const runs = createRunService({ reader: createRunReadStore(pool), watcher, contentOf })
    const store = createWorkflowStore(db)
    const publications = createPublicationStore(db)
    const workflows = createWorkflowService({ store, publications, nodeTypes, changed })
    const streams = createEventStreams(service)
    await registerRoutes(service, {
      ...{ config, streams, pool, engine, versions, runs, workflows, aliases, webhooks },
      optimizer,
      directory,
    })
  }

  const { scheduler, events, upkeep } = triggers
  const pollers = [sweeper, retention, scheduler, events.poller, upkeep, ...webhooks.pollers]
  service.addHook('onReady', async () => {
    await requireRowSecurity(pool, { except: OF_NO_TENANT })
    relay.start()
    directoryAnswers.start()
    if (!works) return
    consumer.start()
    questions.start()
    agentTools.start()
    for (const poller of pollers) poller.start()
  })
  service.addHook('onClose', async () => {
    const consumers = [consumer, questions, agentTools, directoryAnswers, ...pollers]
    await Promise.all(consumers.map((one) => one.close()))
    directory.close()
    await engine.orchestrator.close()
    await relay.close()
    await watcher.close()
    await queues.close()
    await egress.close()
    await db.$disconnect()
    await Promise.all([pool.end(), everyTenant.end(), lockPool.end()])
  })
  return service
}

interface Slices {
  readonly config: Config
  readonly streams: EventStreams
  readonly pool: ReturnType<typeof createPool>
  readonly versions: VersionSource
  readonly engine: Engine
  readonly runs: ReturnType<typeof createRunService>
  readonly workflows: ReturnType<typeof createWorkflowService>
  readonly aliases: ReturnType<typeof createAliasService>
  readonly webhooks: Webhooks
  readonly optimizer: OptimizerService
  readonly directory: AgentDirectory
}

async function registerRoutes(service: Service, slices: Slices): Promise<void> {
  const { streams, pool, engine, versions, runs, workflows, aliases, webhooks, optimizer } = slices
  const { orchestrator, clock, starts, triggers } = engine
  const reader = createRunReadStore(pool)
  const payloads = createPayloadStore(pool)
  const v1 = { prefix: '/v1' }
  await service.register(nodeTypeRoutes, { ...v1, nodeTypes })
  await service.register(workflowRoutes, { ...v1, workflows })
  await service.register(workflowVersionRoutes, { ...v1, workflows })
  await service.register(workflowExchangeRoutes, { ...v1, workflows })
  await service.register(aliasRoutes, { prefix: '/v2', aliases })
  const variables = createVariableService(createVariableStore(pool))
  await service.register(variableRoutes, { ...v1, variables })
  await service.register(webhookRoutes, { prefix: '/v2', endpoints: webhooks.endpoints })
  await service.register(runRoutes, { runs, starts, streams })
  await service.register(triggerRoutes, { triggers })
  const control = createControl({
    ...{ orchestrator, reader, versions, payloads, newRunId },
    waiting: createWaitingStore(pool),
    ofNoTenant: engine.reader,
    now: clock.now,
  })
  await service.register(controlRoutes, { control })
  await registerDoors(service, slices, control.commands)
  await service.register(optimizerRoutes, { optimizer })
  await service.register(statsRoutes, { stats: createStatsStore(pool), nowMs: clock.now })
  const letters = { store: createDeadLetterStore(pool), runs: reader, orchestrator }
  await service.register(deadLetterRoutes, { deadLetters: createDeadLetterService(letters) })
}

/** The same runs, by the APIs of others. */
async function registerDoors(
  service: Service,
  { config, pool, versions, runs, engine, streams, directory }: Slices,
  commands: CommandService,
): Promise<void> {
  const { starts } = engine
  const doorRuns = createDoorRuns({ runs, commands })
  const catalogue = createCatalogueStore(pool)
  const agents = createAgentDoor({ directory, store: createAgentWorkflowStore(pool), versions })
  const openAi = createOpenAiService({ catalogue, agents, starts, runs, versions, doorRuns })
  const store = createResponseStore(pool)
  const responses = createResponseService({ store, openAi, doorRuns })
  await service.register(openAiRoutes, {
    prefix: '/openai/v1',
    ...{ openAi, responses, doorRuns, streams },
  })
  const toolParts = { store: createToolStore(pool), starts, runs, versions, doorRuns }
  const origins = config.MCP_ORIGINS.split(',').flatMap((origin) => origin.trim() || [])
  await service.register(mcpRoutes, { tools: createToolService(toolParts), streams, origins })
}
