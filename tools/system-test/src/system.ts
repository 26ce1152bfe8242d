import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  appFolder,
  deployMigrations,
  freePort,
  type Guard,
  generateSecrets,
  type Installation,
  prepareDatabases,
  type RunningService,
  SERVICES,
  type Secrets,
  type ServiceName,
  serviceEnvironment,
  startGuard,
  startPostgres,
  startService,
  startValkey,
} from '@dure/dev'

export interface SystemOptions {
  /** Settings of the agent service: which model, which addresses it may call. */
  readonly agent: Readonly<Record<string, string>>
  /** Of all services, such as where traces go. */
  readonly env?: Readonly<Record<string, string>>
  /** Gets each line that a service writes. Absent: they are printed. */
  readonly onLine?: (line: string) => void
  /** Settings of one service. */
  readonly own?: Partial<Record<ServiceName, Readonly<Record<string, string>>>>
}

/** The five services as processes, on a PostgreSQL and a Valkey of their own. */
export interface System {
  readonly url: string
  readonly apiKey: string
  readonly secrets: Secrets
  /** Of the superuser. */
  readonly adminUrl: string
  /** Where each service itself listens. */
  readonly ports: Readonly<Record<ServiceName, number>>
  readonly redisUrl: string
  /** Of the superuser: row level security hides nothing from a test that looks behind. */
  readonly databaseUrls: Readonly<Record<ServiceName, string>>
  /** What a process of this service finds in its environment. */
  environmentOf(service: ServiceName): Readonly<Record<string, string>>
  start(service: ServiceName): Promise<void>
  /** `SIGKILL` as a crash, or an orderly `stop`. */
  end(service: ServiceName, how: 'SIGKILL' | 'stop'): Promise<void>
  restartPostgres(): Promise<void>
  /** So that it does nothing, and does not know it; or as if nothing had been. */
  signal(service: ServiceName, signal: 'SIGSTOP' | 'SIGCONT'): void
  /** One more process of each of these, over the same data; gives the URL of a gateway in front. */
  addReplicas(...services: readonly ServiceName[]): Promise<string>
  call<Body>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer<Body>>
  close(): Promise<void>
}

export interface Answer<Body> {
  readonly status: number
  readonly headers: Headers
  readonly body: Body
}

const MOST_TRIES = 10

interface Infrastructure {
  /** Ends every process when the test is killed. */
  readonly guard: Guard
  readonly installation: Installation
  readonly adminUrl: string
  restartPostgres(): Promise<void>
  close(): Promise<void>
}

async function startInfrastructure(agent: SystemOptions['agent']): Promise<Infrastructure> {
  const guard = startGuard()
  const directory = mkdtempSync(join(tmpdir(), 'dure-system-'))
  // PostgreSQL may run as another user.
  chmodSync(directory, 0o755)
  guard.removeAtEnd(directory)
  const where = { directory: join(directory, 'postgres'), port: await freePort() }
  const startDatabase = () => startPostgres({ ...where, ephemeral: true, guard })
  let [postgres, valkey] = await Promise.all([startDatabase(), startValkey({ guard })])
  const secrets = generateSecrets()
  const databaseUrls = await prepareDatabases({
    adminUrl: postgres.url,
    passwords: secrets.databasePasswords,
  })
  const ports = {} as Record<ServiceName, number>
  for (const service of SERVICES) {
    await deployMigrations({ app: appFolder(service), databaseUrl: databaseUrls[service] })
    ports[service] = await freePort()
  }
  const redisUrl = valkey.url
  return {
    guard,
    adminUrl: postgres.url,
    installation: { ports, databaseUrls, redisUrl, secrets, model: agent, logLevel: 'warn' },
    async restartPostgres() {
      await postgres.stop()
      postgres = await startDatabase()
    },
    async close() {
      await Promise.all([postgres.stop(), valkey.stop()])
      rmSync(directory, { recursive: true, force: true })
      await guard.close()
    },
  }
}

function urlsOfSuperuser(
  adminUrl: string,
  urls: Readonly<Record<ServiceName, string>>,
): Record<ServiceName, string> {
  const own = SERVICES.map((service) => {
    const url = new URL(adminUrl)
    url.pathname = new URL(urls[service]).pathname
    return [service, url.href]
  })
  return Object.fromEntries(own)
}

export async function startTestSystem(options: SystemOptions): Promise<System> {
  const { agent, env = {}, onLine = (line) => console.log(line) } = options
  const { guard, installation, adminUrl, restartPostgres, close } = await startInfrastructure(agent)
  const { ports, databaseUrls, redisUrl, secrets } = installation
  const running = new Map<ServiceName, RunningService>()
  const replicas: RunningService[] = []
  // What goes wrong inside a service is seen beside the test that it fails.
  const logOf = (service: ServiceName) => (line: string) => onLine(`${service} | ${line}`)
  const settingsOf = (service: ServiceName, of: Installation) => {
    const own = service === 'agent' ? agent : {}
    const mine = options.own?.[service] ?? {}
    return { ...serviceEnvironment(service, of), ...own, ...env, ...mine }
  }
  const launch = (service: ServiceName, of: Installation) =>
    startService({ service, guard, onLine: logOf(service), env: settingsOf(service, of) })
  const url = `http://127.0.0.1:${ports.gateway}`

  const system: System = {
    url,
    apiKey: secrets.apiKey,
    secrets,
    adminUrl,
    ports,
    redisUrl,
    databaseUrls: urlsOfSuperuser(adminUrl, databaseUrls),
    restartPostgres,
    environmentOf: (service) => settingsOf(service, installation),

    async start(service) {
      running.set(service, await launch(service, installation))
    },

    signal: (service, signal) => running.get(service)?.kill(signal),

    async addReplicas(...services) {
      const own = { ...ports }
      for (const service of services) own[service] = await freePort()
      for (const service of services) {
        replicas.push(await launch(service, { ...installation, ports: own }))
      }
      return `http://127.0.0.1:${own.gateway}`
    },

    async end(service, how) {
      const process = running.get(service)
      if (!process) return
      running.delete(service)
      if (how === 'stop') await process.stop()
      else process.kill(how)
      await process.exited
    },

    call: caller(url, secrets.apiKey),

    async close() {
      await Promise.all(replicas.map((replica) => replica.stop()))
      await Promise.all(SERVICES.map((service) => system.end(service, 'stop')))
      await close()
    },
  }
  // All of them are waited for: what is still starting could not be ended.
  const starts = await Promise.allSettled(SERVICES.map((service) => system.start(service)))
  const failed = starts.find((start) => start.status === 'rejected')
  if (!failed) return system
  await system.close()
  throw failed.reason
}

/** Comes back when the gateway says so: on a busy machine it has now and then too much to do. */
function caller(url: string, apiKey: string): System['call'] {
  return async <Body>(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ) => {
    const request = {
      method,
      headers: {
        authorization: `Bearer ${apiKey}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }
    for (let tries = 1; ; tries++) {
      const response = await fetch(url + path, { ...request, signal: AbortSignal.timeout(60_000) })
      const text = await response.text()
      const waitS = Number(response.headers.get('retry-after'))
      if (tries < MOST_TRIES && response.status === 503 && text.includes('gateway.overloaded')) {
        await sleep(1000 * waitS)
        continue
      }
      // What is deleted is answered with nothing.
      const answer = (text === '' ? null : JSON.parse(text)) as Body
      return { status: response.status, headers: response.headers, body: answer }
    }
  }
}

/** Creates, freezes and publishes a workflow; gives its id. */
export async function publishWorkflow(
  system: System,
  graph: unknown,
  name = 'System test',
): Promise<string> {
  const created = await system.call<{ id: string }>('POST', '/v1/workflows', { name, graph })
  if (created.status !== 201) throw new Error(JSON.stringify(created.body))
  const path = `/v1/workflows/${created.body.id}/versions`
  await system.call('POST', path)
  const published = await system.call('POST', `${path}/1/publish`)
  if (published.status !== 200) throw new Error(JSON.stringify(published.body))
  return created.body.id
}

/** A knowledge base with one ready document; gives its id. */
export async function createKnowledgeBase(system: System, text: string): Promise<string> {
  const base = await system.call<{ id: string }>('POST', '/v1/knowledge-bases', { name: 'Help' })
  const documents = `/v1/knowledge-bases/${base.body.id}/documents`
  const body = { name: 'help.md', text, mediaType: 'text/markdown' }
  const document = await system.call<{ id: string }>('POST', documents, body)
  if (document.status !== 202) throw new Error(JSON.stringify(document.body))
  const ready = async () => {
    const { body: now } = await system.call<{ status: string }>(
      'GET',
      `${documents}/${document.body.id}`,
    )
    return now.status
  }
  await until(async () => (await ready()) === 'ready', 'the document is ready')
  return base.body.id
}

const UNTIL_TIMEOUT_MS = 90_000

/** Waits for a condition, and says which one when it does not come about. */
export async function until(condition: () => boolean | Promise<boolean>, what: string) {
  const deadline = AbortSignal.timeout(UNTIL_TIMEOUT_MS)
  while (!(await condition())) {
    if (deadline.aborted) throw new Error(`Waited in vain until ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
