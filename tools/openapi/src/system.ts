import { mkdtempSync, rmSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  appFolder,
  deployMigrations,
  freePort,
  type Guard,
  generateClients,
  generateSecrets,
  type Installation,
  prepareDatabases,
  SERVICES,
  type ServiceName,
  serviceEnvironment,
  startGuard,
  startPostgres,
  startService,
  startValkey,
} from '@dure/dev'
import { type JsonObject, objectOf } from './json.ts'

/** Names of the documents that are kept: each is what the gateway answers under its path. */
export const DOCUMENTS = {
  all: '/openapi.json',
  v1: '/v1/openapi.json',
  v2: '/v2/openapi.json',
} as const

export type DocumentName = keyof typeof DOCUMENTS
export type Documents = Readonly<Record<DocumentName, JsonObject>>

export interface Description {
  readonly documents: Documents
  /** Paths that a service describes, and the gateway does not answer. */
  readonly internalPaths: readonly string[]
}

const READ_TIMEOUT_MS = 10_000
const WHOLE_TIMEOUT_MS = 60_000

/** What the five services say of themselves, and the gateway of them: all are started for it, and ended. */
export async function readDescription(): Promise<Description> {
  const guard = startGuard()
  const directory = mkdtempSync(join(tmpdir(), 'dure-openapi-'))
  // PostgreSQL may run as another user.
  await chmod(directory, 0o755)
  guard.removeAtEnd(directory)
  await generateClients(SERVICES.map(appFolder), guard)
  const [postgres, valkey] = await Promise.all([
    startPostgres({
      directory: join(directory, 'postgres'),
      port: await freePort(),
      ephemeral: true,
      guard,
    }),
    startValkey({ guard }),
  ])
  try {
    const installation = await install(postgres.url, valkey.url)
    return await describe(guard, installation)
  } finally {
    await Promise.all([postgres.stop(), valkey.stop()])
    rmSync(directory, { recursive: true, force: true })
    await guard.close()
  }
}

async function install(adminUrl: string, redisUrl: string): Promise<Installation> {
  const secrets = generateSecrets()
  const databaseUrls = await prepareDatabases({ adminUrl, passwords: secrets.databasePasswords })
  const ports = {} as Record<ServiceName, number>
  for (const service of SERVICES) {
    ports[service] = await freePort()
    await deployMigrations({ app: appFolder(service), databaseUrl: databaseUrls[service] })
  }
  return { ports, databaseUrls, redisUrl, secrets, model: {}, logLevel: 'warn' }
}

async function describe(guard: Guard, installation: Installation): Promise<Description> {
  const { ports } = installation
  const started = await Promise.allSettled(
    SERVICES.map((service) =>
      startService({
        service,
        guard,
        env: { ...serviceEnvironment(service, installation), OTEL_SDK_DISABLED: 'true' },
        onLine: (line) => console.error(`${service} | ${line}`),
      }),
    ),
  )
  try {
    for (const start of started) if (start.status === 'rejected') throw start.reason
    const origin = `http://127.0.0.1:${ports.gateway}`
    await untilWhole(origin)
    const read = Object.entries(DOCUMENTS).map(
      async ([name, path]) => [name, await readJson(origin + path)] as const,
    )
    const documents = Object.fromEntries(await Promise.all(read)) as Documents
    return { documents, internalPaths: await internalPaths(ports, documents.all) }
  } finally {
    const running = started.flatMap((start) => (start.status === 'fulfilled' ? start.value : []))
    await Promise.all(running.map((service) => service.stop()))
  }
}

/** The gateway asks the services every few seconds: until it has heard of all of them. */
async function untilWhole(origin: string): Promise<void> {
  const deadline = AbortSignal.timeout(WHOLE_TIMEOUT_MS)
  for (;;) {
    const document = await readJson(origin + DOCUMENTS.all).catch(() => ({ 'x-dure-stale': [] }))
    if (document['x-dure-stale'] === undefined) return
    if (deadline.aborted)
      throw new Error(`No description of ${JSON.stringify(document['x-dure-stale'])}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

async function internalPaths(ports: Installation['ports'], whole: JsonObject): Promise<string[]> {
  const described = SERVICES.filter((service) => service !== 'gateway').map(async (service) => {
    const document = await readJson(`http://127.0.0.1:${ports[service]}/openapi.json`)
    return Object.keys(objectOf(document.paths)).map((path) => `${service} ${path}`)
  })
  const shown = objectOf(whole.paths)
  return (await Promise.all(described))
    .flat()
    .filter((entry) => !(entry.slice(entry.indexOf(' ') + 1) in shown))
}

async function readJson(url: string): Promise<JsonObject> {
  const response = await fetch(url, { signal: AbortSignal.timeout(READ_TIMEOUT_MS) })
  if (!response.ok) throw new Error(`${url} was answered with ${response.status}`)
  return (await response.json()) as JsonObject
}
