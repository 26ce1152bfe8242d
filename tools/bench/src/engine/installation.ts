import { type RunningService, type ServiceName, serviceEnvironment, startService } from '@dure/dev'
import type { Infrastructure } from '../infrastructure.ts'
import { installServices, MEASURED } from '../one-service.ts'

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

export async function createEngine(infrastructure: Infrastructure): Promise<Engine> {
  const { guard, directory } = infrastructure
  const installation = await installServices(infrastructure, ['workflow', 'agent'])
  const running = new Map<ServiceName, RunningService>()
  const engine: Engine = {
    url: `http://127.0.0.1:${installation.ports.workflow}`,
    identityPrivateKey: installation.secrets.identityPrivateKey,
    databaseUrls: installation.databaseUrls,
    async start(service) {
      if (running.has(service)) return
      const onLine = (line: string) => console.error(`${service} | ${line}`)
      const env = { ...serviceEnvironment(service, installation), ...MEASURED }
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
