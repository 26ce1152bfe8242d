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
import { createHttpClient, type HttpClient } from '../http-client.ts'
import { createIdentityHeaders } from '../identity.ts'
import type { Infrastructure } from '../infrastructure.ts'

/** The agent service as one process, as an operator runs it; asked without the gateway. */
export interface AgentService {
  readonly url: string
  readonly pid: number
  readonly headers: () => Readonly<Record<string, string>>
  readonly client: HttpClient
  stop(): Promise<void>
}

const SETTINGS = { OTEL_SDK_DISABLED: 'true', NODE_ENV: 'production', EXECUTION_CONCURRENCY: '512' }
const CONNECTIONS = 64

export async function startAgentService(
  infrastructure: Infrastructure,
  modelBaseUrl: string,
): Promise<AgentService> {
  const { guard, directory } = infrastructure
  await generateClients(SERVICES.map(appFolder), guard)
  const installation = await install(infrastructure, modelBaseUrl)
  const service: RunningService = await startService({
    service: 'agent',
    guard,
    onLine: (line) => console.error(`agent | ${line}`),
    env: { ...serviceEnvironment('agent', installation), ...SETTINGS },
    cacheDirectory: `${directory}/compile-cache`,
  })
  const headers = createIdentityHeaders(installation.secrets.identityPrivateKey, 'agent')
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

async function install(
  { adminUrl, redisUrl }: Infrastructure,
  MODEL_BASE_URL: string,
): Promise<Installation> {
  const secrets = generateSecrets()
  const databaseUrls = await prepareDatabases({ adminUrl, passwords: secrets.databasePasswords })
  const ports = {} as Record<ServiceName, number>
  for (const service of SERVICES) ports[service] = await freePort()
  await deployMigrations({ app: appFolder('agent'), databaseUrl: databaseUrls.agent })
  const model = { MODEL_BASE_URL, MODEL_DEFAULT: 'demo', MODEL_API_KEY: 'bench' }
  return { ports, databaseUrls, redisUrl, secrets, model, logLevel: 'warn' }
}
