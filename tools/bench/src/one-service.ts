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
import { createHttpClient, type HttpClient } from './http-client.ts'
import { createIdentityHeaders } from './identity.ts'
import type { Infrastructure } from './infrastructure.ts'

/** One service as one process, as an operator runs it; asked without the gateway. */
export interface OneService {
  readonly url: string
  readonly pid: number
  readonly headers: () => Readonly<Record<string, string>>
  readonly client: HttpClient
  stop(): Promise<void>
}

/** Of every service that is measured. */
export const MEASURED = { OTEL_SDK_DISABLED: 'true', NODE_ENV: 'production' }
const CONNECTIONS = 64

/** @param settings of its environment, beside those of an installation */
export async function startOneService(
  infrastructure: Infrastructure,
  name: ServiceName,
  settings: Readonly<Record<string, string>>,
): Promise<OneService> {
  const { guard, directory } = infrastructure
  const installation = await installServices(infrastructure, [name])
  const service: RunningService = await startService({
    service: name,
    guard,
    onLine: (line) => console.error(`${name} | ${line}`),
    env: { ...serviceEnvironment(name, installation), ...MEASURED, ...settings },
    cacheDirectory: `${directory}/compile-cache`,
  })
  const headers = createIdentityHeaders(installation.secrets.identityPrivateKey, name)
  const client = createHttpClient({ url: service.url, connections: CONNECTIONS, headers })
  const { url, pid } = service
  return {
    ...{ url, pid, headers, client },
    async stop() {
      client.close()
      await service.stop()
    },
  }
}

/** Databases, secrets and ports of all services; the databases of some are ready for them to start. */
export async function installServices(
  { guard, adminUrl, redisUrl }: Infrastructure,
  names: readonly ServiceName[],
): Promise<Installation> {
  // In a fresh checkout there are none yet.
  await generateClients(SERVICES.map(appFolder), guard)
  const secrets = generateSecrets()
  const databaseUrls = await prepareDatabases({ adminUrl, passwords: secrets.databasePasswords })
  const ports = {} as Record<ServiceName, number>
  for (const service of SERVICES) ports[service] = await freePort()
  for (const name of names) {
    await deployMigrations({ app: appFolder(name), databaseUrl: databaseUrls[name] })
  }
  return { ports, databaseUrls, redisUrl, secrets, model: {}, logLevel: 'warn' }
}
