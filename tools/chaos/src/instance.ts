import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Guard, ROOT, type RunningService, type ServiceName, startService } from '@dure/dev'
import type { HookCommand } from './hook-command.ts'
import { type ChaosProxy, startProxy } from './proxy.ts'

/** One process of a service: whenever it ends, it is started again. */
export interface Instance {
  /** Such as `workflow-2`. */
  readonly name: string
  readonly service: ServiceName
  readonly port: number
  readonly postgres: ChaosProxy
  readonly redis: ChaosProxy
  /** Of the build that it runs from, from its next start on. */
  folder: string
  /** Whether the balancer may offer it. */
  offered: boolean
  /** How often it ended without being asked to. */
  readonly crashes: number
  readonly pid: number | null
  signal(signal: NodeJS.Signals): void
  /** Whether it says of itself that nothing is wrong with it. */
  isWell(): Promise<boolean>
  /** Resolves when the process of now has ended. */
  ended(): Promise<void>
  /** @throws when the process is not there */
  command(command: HookCommand): void
  /** For good. */
  close(): Promise<void>
}

export interface InstanceOptions {
  readonly name: string
  readonly service: ServiceName
  readonly env: Readonly<Record<string, string>>
  readonly postgresPort: number
  readonly redisPort: number
  readonly directory: string
  readonly guard: Guard
  readonly onLine: (line: string) => void
}

/** As soon as an operator of containers does it, the first time. */
const RESTART_AFTER_MS = 200
const HOOK = new URL('./hook.ts', import.meta.url).href

export async function startInstance(options: InstanceOptions): Promise<Instance> {
  const { name, service, directory } = options
  const postgres = await startProxy(options.postgresPort)
  const redis = await startProxy(options.redisPort)
  const commandFile = `${directory}/${name}.json`
  const env = environmentOf(options, { postgres, redis, commandFile })
  let running: RunningService | undefined
  let crashes = 0
  let asked = false
  let closing = false

  async function launch(): Promise<void> {
    const { guard, onLine } = options
    running = await startService({ service, env, guard, onLine, root: instance.folder })
    asked = false
    void running.exited.then(() => {
      running = undefined
      if (!asked) crashes += 1
      if (!closing) void again()
    })
  }

  async function again(): Promise<void> {
    await sleep(RESTART_AFTER_MS)
    if (closing) return
    // It refuses to start when its servers are away, as it should.
    await launch().catch(again)
  }

  const instance: Instance = {
    name,
    service,
    port: Number(env.PORT),
    postgres,
    redis,
    folder: ROOT,
    offered: true,
    get crashes() {
      return crashes
    },
    get pid() {
      return running?.pid ?? null
    },
    signal(signal) {
      if (signal === 'SIGKILL' || signal === 'SIGTERM') asked = true
      running?.kill(signal)
    },
    isWell: () => isWell(Number(env.PORT)),
    async ended() {
      await running?.exited
    },
    command(command) {
      if (!running) throw new Error(`${name} is not there to be told ${command.kind}`)
      writeFileSync(commandFile, JSON.stringify(command))
      running.kill('SIGUSR2')
    },
    async close() {
      closing = true
      await running?.stop()
      await Promise.all([postgres.close(), redis.close()])
    },
  }
  await launch()
  return instance
}

/** Degraded is not well: it serves, and something else waits. */
async function isWell(port: number): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(3000)
    const response = await fetch(`http://127.0.0.1:${port}/readyz`, { signal })
    const { status } = (await response.json()) as { readonly status: string }
    return status === 'ready'
  } catch {
    return false
  }
}

interface Around {
  readonly postgres: ChaosProxy
  readonly redis: ChaosProxy
  readonly commandFile: string
}

function environmentOf({ env }: InstanceOptions, around: Around): Record<string, string> {
  const { postgres, redis, commandFile } = around
  return {
    ...env,
    DATABASE_URL: throughPort(env.DATABASE_URL, postgres.port),
    REDIS_URL: throughPort(env.REDIS_URL, redis.port),
    NODE_OPTIONS: `--import=${HOOK}`,
    DURE_CHAOS_COMMANDS: commandFile,
  }
}

function throughPort(address: string | undefined, port: number): string {
  const url = new URL(address ?? '')
  url.port = String(port)
  return url.href
}
