import {
  appFolder,
  deployMigrations,
  freePort,
  generateClients,
  generateSecrets,
  type Installation,
  prepareDatabases,
  type RunningService,
  SERVICES,
  type ServiceName,
  serviceEnvironment,
  startService,
} from '@dure/dev'
import type { Infrastructure } from '../infrastructure.ts'

/** The services that runs need, as processes; the gateway is left out, so that the engine is measured. */
export interface Engine {
  readonly url: string
  readonly identityPrivateKey: string
  readonly databaseUrls: Readonly<Record<ServiceName, string>>
  /** Does nothing when it runs already. */
  start(service: ServiceName): Promise<void>
  stop(service: ServiceName): Promise<void>
  /** @throws when it does not run */
  pidOf(service: ServiceName): number
  pids(): readonly number[]
  close(): Promise<void>
}

const SETTINGS = { OTEL_SDK_DISABLED: 'true', NODE_ENV: 'production' }

export async function createEngine(infrastructure: Infrastructure): Promise<Engine> {
  // In a fresh checkout there are none yet.
  await generateClients(SERVICES.map(appFolder), infrastructure.guard)
  const { guard, directory } = infrastructure
  const installation = await install(infrastructure)
  const running = new Map<ServiceName, RunningService>()
  const engine: Engine = {
    url: `http://127.0.0.1:${installation.ports.workflow}`,
    identityPrivateKey: installation.secrets.identityPrivateKey,
    databaseUrls: installation.databaseUrls,
    async start(service) {
      if (running.has(service)) return
      const onLine = (line: string) => console.error(`${service} | ${line}`)
      const env = { ...serviceEnvironment(service, installation), ...SETTINGS }
      const cacheDirectory = `${directory}/compile-cache`
      running.set(service, await startService({ service, guard, onLine, env, cacheDirectory }))
    },
    async stop(service) {
      const process = running.get(service)
      running.delete(service)
      await process?.stop()
    },
    pidOf(service) {
      const process = running.get(service)
      if (!process) throw new Error(`${service} does not run`)
      return process.pid
    },
    pids: () => [...infrastructure.pids, ...running.values().map(({ pid }) => pid)],
    close: async () => void (await Promise.all([...running.keys()].map(engine.stop))),
  }
  return engine
}

async function install({ adminUrl, redisUrl }: Infrastructure): Promise<Installation> {
  const secrets = generateSecrets()
  const databaseUrls = await prepareDatabases({ adminUrl, passwords: secrets.databasePasswords })
  const ports = {} as Record<ServiceName, number>
  for (const service of SERVICES) ports[service] = await freePort()
  for (const service of ['workflow', 'agent'] as const) {
    await deployMigrations({ app: appFolder(service), databaseUrl: databaseUrls[service] })
  }
  return { ports, databaseUrls, redisUrl, secrets, model: {}, logLevel: 'warn' }
}
