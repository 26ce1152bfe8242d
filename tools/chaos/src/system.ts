import { setTimeout as sleep } from 'node:timers/promises'
import {
  appFolder,
  deployMigrations,
  freePort,
  generateClients,
  generateSecrets,
  type Installation,
  prepareDatabases,
  SERVICES,
  type ServiceName,
  serviceEnvironment,
} from '@dure/dev'
import { type Balancer, startBalancer } from './balancer.ts'
import { type Infrastructure, type Server, startInfrastructure } from './infrastructure.ts'
import { type Instance, startInstance } from './instance.ts'

/** How many processes there are of each service. What this tool does not ask for is not started. */
const REPLICAS = { gateway: 2, workflow: 2, agent: 2, analytics: 1 } as const
type Started = keyof typeof REPLICAS

/**
 * Waits that are minutes in a real installation are seconds here, so that a fault lasts longer than
 * they do. They are settings of the product, not changes to it.
 */
const SETTINGS: Readonly<Record<string, string>> = {
  LOG_LEVEL: 'warn',
  LEASE_MS: '2000',
  RECONCILE_MS: '500',
  RESEND_AFTER_MS: '2000',
  GAP_CHECK_MS: '1000',
  DRAIN_MS: '1500',
}

/** Several processes of each service, each with connections of its own that can fail. */
export interface System {
  /** Of the gateways. */
  readonly url: string
  readonly apiKey: string
  readonly databaseUrls: Readonly<Record<ServiceName, string>>
  readonly instances: readonly Instance[]
  readonly postgres: Server
  readonly valkey: Infrastructure['valkey']
  of(service: Started): readonly Instance[]
  /** Resolves when every process says that it is well, or after a time. @returns those that do not */
  well(limitMs: number): Promise<string[]>
  close(): Promise<void>
}

export interface SystemOptions {
  /** What `http` nodes may reach. */
  readonly worldPort: number
  readonly onLine: (instance: string, line: string) => void
}

export async function startSystem({ worldPort, onLine }: SystemOptions): Promise<System> {
  const infrastructure = await startInfrastructure()
  const { guard, directory, postgres, valkey } = infrastructure
  const { installation, databaseUrls } = await install(infrastructure)
  const instances: Instance[] = []
  const balancers: Balancer[] = []

  async function start(service: Started, more: Readonly<Record<string, string>> = {}) {
    const env = {
      ...serviceEnvironment(service, installation),
      ...SETTINGS,
      EGRESS_ALLOW: `127.0.0.1:${worldPort}`,
      ...more,
    }
    const names = Array.from({ length: REPLICAS[service] }, (_, index) => `${service}-${index + 1}`)
    const started = await Promise.all(
      names.map(async (name) =>
        startInstance({
          name,
          service,
          env: { ...env, PORT: String(await freePort()) },
          postgresPort: postgres.port,
          redisPort: valkey.port,
          directory,
          guard,
          onLine: (line) => onLine(name, line),
        }),
      ),
    )
    instances.push(...started)
    const balancer = await startBalancer(
      started.map((instance) => ({
        port: instance.port,
        isOffered: () => instance.offered && instance.pid !== null,
      })),
    )
    balancers.push(balancer)
    return balancer.url
  }

  const [workflow, agent, analytics] = await Promise.all([
    start('workflow'),
    start('agent'),
    start('analytics'),
  ])
  const urls = { WORKFLOW_URL: workflow, AGENT_URL: agent, ANALYTICS_URL: analytics }
  return {
    url: await start('gateway', urls),
    apiKey: installation.secrets.apiKey,
    databaseUrls,
    instances,
    postgres,
    valkey,
    of: (service) => instances.filter((instance) => instance.service === service),
    well: (limitMs) => well(instances, limitMs),
    async close() {
      await Promise.all(balancers.map((balancer) => balancer.close()))
      await Promise.all(instances.map((instance) => instance.close()))
      await infrastructure.close()
    },
  }
}

async function well(instances: readonly Instance[], limitMs: number): Promise<string[]> {
  const limit = performance.now() + limitMs
  for (;;) {
    const states = await Promise.all(instances.map((instance) => instance.isWell()))
    const ill = instances.filter((_, index) => !states[index])
    if (ill.length === 0 || performance.now() > limit) return ill.map(({ name }) => name)
    await sleep(100)
  }
}

async function install({ guard, postgres, valkey }: Infrastructure) {
  // In a fresh checkout there are none yet.
  await generateClients(SERVICES.map(appFolder), guard)
  const secrets = generateSecrets()
  const passwords = secrets.databasePasswords
  const databaseUrls = await prepareDatabases({ adminUrl: postgres.url, passwords })
  for (const service of SERVICES) {
    await deployMigrations({ app: appFolder(service), databaseUrl: databaseUrls[service] })
  }
  const ports = Object.fromEntries(SERVICES.map((service) => [service, 0]))
  const installation: Installation = {
    ports: ports as Record<ServiceName, number>,
    databaseUrls,
    redisUrl: valkey.url,
    secrets,
    model: {},
    logLevel: 'warn',
  }
  return { installation, databaseUrls }
}
