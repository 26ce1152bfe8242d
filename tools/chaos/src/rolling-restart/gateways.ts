import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  appFolder,
  deployMigrations,
  freePort,
  generateSecrets,
  type Installation,
  prepareDatabases,
  type RunningService,
  SERVICES,
  type ServiceName,
  serviceEnvironment,
  startService,
} from '@dure/dev'
import { type Backend, startBalancer } from '../balancer.ts'
import { startInfrastructure } from '../infrastructure.ts'

/** Several gateways behind one address, in front of a service that a test answers for. */
export interface Gateways {
  readonly url: string
  readonly apiKey: string
  /** Stops each and starts it again, one after the other. */
  restartEach(): Promise<void>
  close(): Promise<void>
}

/** Longer than the balancer needs to notice that one is not ready. */
const DRAIN_MS = 1500

const OFFERED_TIMEOUT_MS = 30_000
/** One key asks as fast as it can here: what it is refused for that is no failure of a restart. */
const WITHOUT_LIMITS = JSON.stringify({ key: null, user: null, organization: null })

interface Replica extends Backend {
  restart(): Promise<void>
  stop(): Promise<void>
}

/** @param listener what all services answer */
export async function startGateways(count: number, listener: RequestListener): Promise<Gateways> {
  const { guard, postgres, valkey, close } = await startInfrastructure()
  const secrets = generateSecrets()
  const databaseUrls = await prepareDatabases({
    adminUrl: postgres.url,
    passwords: secrets.databasePasswords,
  })
  await deployMigrations({ app: appFolder('gateway'), databaseUrl: databaseUrls.gateway })
  const service = await serve(listener)
  const common = { databaseUrls, redisUrl: valkey.url, secrets, model: {}, logLevel: 'warn' }
  const launch = (port: number) => {
    const ports = Object.fromEntries(SERVICES.map((name) => [name, service.port]))
    const installation: Installation = {
      ...common,
      ports: { ...ports, gateway: port } as Record<ServiceName, number>,
    }
    const env = {
      ...serviceEnvironment('gateway', installation),
      DRAIN_MS: String(DRAIN_MS),
      LIMITS: WITHOUT_LIMITS,
    }
    return startService({ service: 'gateway', env, guard })
  }
  const replicas = await Promise.all(
    Array.from({ length: count }, async () => startReplica(await freePort(), launch)),
  )
  const balancer = await startBalancer(replicas)
  return {
    url: balancer.url,
    apiKey: secrets.apiKey,
    async restartEach() {
      for (const replica of replicas) {
        await replica.restart()
        // As a deployment does: the next one goes when this one is in its place again.
        await until(() => balancer.offers(replica))
      }
    },
    async close() {
      await balancer.close()
      await Promise.all(replicas.map((replica) => replica.stop()))
      await service.close()
      await close()
    },
  }
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = AbortSignal.timeout(OFFERED_TIMEOUT_MS)
  while (!condition()) {
    deadline.throwIfAborted()
    await sleep(20)
  }
}

async function startReplica(
  port: number,
  launch: (port: number) => Promise<RunningService>,
): Promise<Replica> {
  let process = await launch(port)
  return {
    port,
    isOffered: () => true,
    async restart() {
      await process.stop()
      process = await launch(port)
    },
    stop: () => process.stop(),
  }
}

async function serve(listener: RequestListener) {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
