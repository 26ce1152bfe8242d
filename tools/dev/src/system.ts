import { relative } from 'node:path'
import type { Connection } from './data-directory.ts'
import { prepareDatabases } from './databases.ts'
import { demoModelSettings, startDemoModel } from './demo-model.ts'
import { type Installation, serviceEnvironment } from './environment.ts'
import { chooseGatewayPort } from './gateway-port.ts'
import { providePostgres, provideRedis, type Session } from './infrastructure.ts'
import { warningsOnly } from './log-prefix.ts'
import { deployMigrations } from './migrate.ts'
import { freePort } from './ports.ts'
import { generateClients } from './prisma-clients.ts'
import { appFolder, ROOT, SERVICES, type ServiceName } from './repository.ts'
import { loadSecrets, type Secrets } from './secrets.ts'
import { startService } from './services.ts'
import { supervise } from './supervisor.ts'

export interface RunningSystem {
  readonly connection: Connection
  /** Whether a demo model answers because no real one was named. */
  readonly demoModel: boolean
}

/** Starts everything on this machine that is not named by the environment. */
export async function startSystem(session: Session): Promise<RunningSystem> {
  const { data, env, say } = session
  const gatewayPort = await chooseGatewayPort(env, say)
  const secrets = loadSecrets(data.path)

  const [adminUrl, redisUrl] = await Promise.all([
    providePostgres(session),
    provideRedis(session),
    provideClients(session),
  ])
  const databaseUrls = await provideDatabases(session, adminUrl, secrets)
  const model = await provideModel(session)
  const installation: Installation = {
    ports: await choosePorts(gatewayPort),
    databaseUrls,
    redisUrl,
    secrets,
    model: model ?? {},
    queuePrefix: env.QUEUE_PREFIX,
    logLevel: env.LOG_LEVEL ?? 'warn',
  }
  const backends = SERVICES.filter((service) => service !== 'gateway')
  await Promise.all(backends.map((service) => provideService(session, service, installation)))
  // Last, so that it finds all the others when it looks for them.
  await provideService(session, 'gateway', installation)
  return {
    connection: {
      url: `http://127.0.0.1:${gatewayPort}`,
      apiKey: secrets.apiKey,
      gatewayDatabaseUrl: databaseUrls.gateway,
      identityPublicKey: secrets.identityPublicKey,
    },
    demoModel: model !== null,
  }
}

async function provideClients({ guard, say }: Session): Promise<void> {
  const generated = await generateClients(SERVICES.map(appFolder), guard)
  for (const app of generated) say(`Prisma client of ${relative(ROOT, app)} generated`)
}

async function provideDatabases({ say }: Session, adminUrl: string, secrets: Secrets) {
  const urls = await prepareDatabases({ adminUrl, passwords: secrets.databasePasswords })
  for (const service of SERVICES) {
    const applied = await deployMigrations({ app: appFolder(service), databaseUrl: urls[service] })
    if (applied.length > 0) say(`Database of ${service}: ${applied.length} migrations applied`)
  }
  return urls
}

/** @returns settings for the demo model, or null when the environment names a real one */
async function provideModel(session: Session): Promise<Record<string, string> | null> {
  const { env, guard, screen, say, stops } = session
  if (env.MODEL_BASE_URL) return null
  const port = await freePort()
  const onLine = warningsOnly(screen.source('demo-model'))
  const { stop } = await supervise({
    name: 'The demo model',
    say,
    start: () => startDemoModel({ port, guard, onLine }),
  })
  stops.add('services', stop)
  return demoModelSettings(port)
}

async function choosePorts(gateway: number): Promise<Record<ServiceName, number>> {
  const ports = { gateway } as Record<ServiceName, number>
  for (const service of SERVICES) ports[service] ??= await freePort()
  return ports
}

async function provideService(
  { data, guard, screen, say, stops }: Session,
  service: ServiceName,
  installation: Installation,
): Promise<void> {
  const onLine = screen.source(service)
  const { first, stop } = await supervise({
    name: service,
    say,
    start: () =>
      startService({
        service,
        env: serviceEnvironment(service, installation),
        cacheDirectory: data.compileCache,
        guard,
        onLine,
      }),
  })
  stops.add('services', stop)
  say(`${service} is ready (${first.url}, process ${first.pid})`)
}
