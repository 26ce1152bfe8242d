import {
  answerDirectly,
  bufferedOutput,
  createIdentitySigner,
  createLogger,
  createPool,
  createService,
  descriptionOf,
  onceCommitted,
  registryOf,
  requireRowSecurity,
  type Service,
} from '@dure/platform'
import type { FastifyPluginAsync } from 'fastify'
import { createHeadSigner } from './audit/heads-service.ts'
import { recordOwnRoutes } from './audit/record-routes.ts'
import { auditRoutes } from './audit/routes.ts'
import { createAuditLog } from './audit/service.ts'
import { createAuditStore } from './audit/store.ts'
import { signRegularly } from './audit/worker.ts'
import type { Config } from './config.ts'
import { docsRoutes } from './docs/routes.ts'
import { guardBrowsers, headersForBrowsers } from './edge/routes.ts'
import { directForwarding } from './forwarding/direct-service.ts'
import { createForwardingMetrics } from './forwarding/metrics.ts'
import { forwardingRoutes } from './forwarding/routes.ts'
import { createForwarder } from './forwarding/service.ts'
import { healthRoutes } from './health/routes.ts'
import { createHealthService } from './health/service.ts'
import { createIdentityTokens } from './identity/service.ts'
import { createKeyManagement } from './keys/management-service.ts'
import { keyRoutes } from './keys/routes.ts'
import { createSeal } from './keys/seal-service.ts'
import { createKeyService } from './keys/service.ts'
import { createKeyStore } from './keys/store.ts'
import { recordUseRegularly } from './keys/worker.ts'
import { Limiter } from './limits/limiter-service.ts'
import { LimitCounts, showLimits } from './limits/metrics.ts'
import { identifyWithin } from './limits/pass-service.ts'
import { createPlans } from './limits/plan-service.ts'
import { parsePolicies } from './limits/policy.ts'
import { createPolicyService } from './limits/policy-service.ts'
import { createPolicyStore } from './limits/policy-store.ts'
import { quotaRoutes } from './limits/routes.ts'
import { createLimits } from './limits/service.ts'
import { createLimitStore } from './limits/store.ts'
import { watchLoad } from './load/watcher.ts'
import { memberRoutes } from './members/routes.ts'
import { createMemberService } from './members/service.ts'
import { besideKeys } from './oidc/beside-keys-service.ts'
import { openApiRoutes } from './openapi/routes.ts'
import { createOpenApiService } from './openapi/service.ts'
import { organizationRoutes } from './organizations/routes.ts'
import { createOrganizationService } from './organizations/service.ts'
import { connectRedis } from './redis.ts'
import { createKeyChanges } from './revocation/service.ts'
import { createKeyChangeStore } from './revocation/store.ts'
import { servicePrincipalRoutes } from './service-principals/routes.ts'
import { createServicePrincipalService } from './service-principals/service.ts'
import { connectUpstreams } from './upstream.ts'

/** They name subjects, and are read across tenants. */
const OF_NO_TENANT = ['key_change', 'key_change_head']

/** The composition root: the only file that knows every part, and the only place they are joined. */
export async function createApp(
  config: Config,
  showFirstKey: (key: string | undefined) => void = printFirstKey,
): Promise<Service> {
  const log = createLogger('gateway', config, bufferedOutput())
  const pool = createPool(config, { log })
  const upstreams = connectUpstreams(config)
  const services = Object.values(upstreams.of)

  const seal = createSeal(config.KEY_PEPPER)
  const redis = connectRedis(config.REDIS_URL, log)
  const changes = createKeyChanges({
    store: createKeyChangeStore(pool),
    redis,
    prefix: config.QUEUE_PREFIX,
    log,
  })
  const keys = createKeyService({ store: createKeyStore(pool), seal, log })
  const tokens = createIdentityTokens(
    createIdentitySigner({ privateKey: config.IDENTITY_PRIVATE_KEY }),
  )
  const auditStore = createAuditStore(pool)
  const signHead = createHeadSigner(config.IDENTITY_PRIVATE_KEY)
  const headsFile = config.AUDIT_HEADS_FILE
  const audit = createAuditLog({ store: auditStore, signHead, headsFile, log })
  const prefix = config.QUEUE_PREFIX
  const timeoutMs = config.LIMITS_TIMEOUT_MS
  const limiter = new Limiter({ store: createLimitStore({ redis, prefix, timeoutMs }), log })
  const policies = createPolicyService({
    store: createPolicyStore(pool),
    installation: parsePolicies(config.LIMITS),
    announce: changes.announce,
    log,
  })
  changes.onChange(policies.forget)
  const plans = createPlans({ limiter, prefix, policies })
  const counts = new LimitCounts(Object.keys(policies.installation))
  const limits = createLimits({ limiter, plans, counts })
  const { authentication, close: closeProvider } = besideKeys({ config, keys, pool, log })
  const identify = identifyWithin(limits, authentication)
  const openApi = createOpenApiService({
    services,
    own: () => descriptionOf(app),
    dispatcher: upstreams.own,
    log,
  })
  const health = createHealthService({ services, dispatcher: upstreams.own })

  const app = await createService({
    name: 'gateway',
    log,
    // It describes the whole instead.
    describesItself: false,
    // What is forwarded has deadlines of its own.
    watchesDeadlines: false,
    exposed: { maxConnections: config.MAX_CONNECTIONS },
    idempotencyPool: pool,
    identify,
    trustedProxies: config.TRUSTED_PROXIES.split(',').filter(Boolean),
    // Nobody answers for the gateway: without its database it knows the keys that it has just seen, and
    // tells all others to come again. Not ready, it would be a connection that is refused.
    work: {
      database: async () => void (await pool.query('SELECT 1')),
      keyChanges: changes.check,
    },
  })
  const edge = { corsOrigins: config.CORS_ORIGINS, hstsMaxAgeS: config.HSTS_MAX_AGE_S }
  guardBrowsers(app, edge)
  const ownRoutes: FastifyPluginAsync = async (own) => {
    recordOwnRoutes(own, audit)
    const announce = (ids: readonly string[]) => onceCommitted(() => changes.announce(ids))
    const management = createKeyManagement({ pool, seal, announce })
    own.register(keyRoutes, { prefix: '/v1', management })
    const organizations = createOrganizationService({ pool, keys: management })
    own.register(organizationRoutes, { prefix: '/v2', organizations })
    own.register(memberRoutes, { prefix: '/v2', members: createMemberService({ pool, announce }) })
    const principals = createServicePrincipalService({ pool, announce })
    own.register(servicePrincipalRoutes, { prefix: '/v2', principals })
    own.register(quotaRoutes, { prefix: '/v2', policies })
    own.register(auditRoutes, { prefix: '/v1', store: auditStore, signHead })
  }
  app.register(ownRoutes)
  const registry = registryOf(app)
  showLimits(registry, counts, limiter)
  const metrics = createForwardingMetrics(registry, upstreams.of)
  const load = watchLoad(registry, log)
  const forwarder = createForwarder({
    ...{ tokens, metrics, sheds: load.sheds },
    expiresInMs: authentication.expiresInMs,
    maxBodyBytes: config.MAX_BODY_MB * 1_048_576,
  })
  changes.onSilence(() => authentication.forget('all'))
  changes.onChange((subjects) => {
    authentication.forget(subjects)
    forwarder.endStreamsOf(subjects)
  })
  app.register(forwardingRoutes, {
    audit,
    identify,
    limits,
    forwarder,
    upstreams: upstreams.of,
  })
  answerDirectly(
    app,
    directForwarding({
      ...{ limits, forwarder },
      known: authentication.known,
      upstreams: upstreams.of,
      headers: headersForBrowsers(edge),
    }),
  )
  app.register(openApiRoutes, { openApi })
  app.register(docsRoutes)
  app.register(healthRoutes, { health })

  app.addHook('onReady', async () => {
    await requireRowSecurity(pool, { except: OF_NO_TENANT })
    if (config.BOOTSTRAP_API_KEY) await keys.bootstrap(config.BOOTSTRAP_API_KEY)
    else showFirstKey(await keys.bootstrapFirst())
    await changes.start()
    openApi.start()
    limiter.start()
  })
  // `onClose` hooks run last in, first out: what still needs the database ends before it.
  app.addHook('onClose', () => pool.end())
  app.addHook('onClose', signRegularly(audit, log))
  app.addHook('onClose', async () => {
    await changes.close()
    redis.disconnect()
  })
  app.addHook('onClose', () => limiter.close())
  app.addHook('onClose', closeProvider)
  app.addHook('onClose', recordUseRegularly(keys, log))
  app.addHook('onClose', () => upstreams.close())
  app.addHook('onClose', async () => load.close())
  app.addHook('onClose', () => openApi.close())
  return app
}

/** Past the log, which would hide it. */
function printFirstKey(key: string | undefined): void {
  if (key === undefined) return
  process.stdout.write(
    `\nThe first API key of this installation, with all scopes. Keep it: it is shown here and never again.\n\n  ${key}\n\n`,
  )
}
