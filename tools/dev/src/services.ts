import { join } from 'node:path'
import { type Child, startChild, untilReady } from './child.ts'
import type { Guard } from './guard.ts'
import { ROOT, type ServiceName } from './repository.ts'

const READY_TIMEOUT_MS = 60_000
const PROBE_TIMEOUT_MS = 5000

export interface ServiceOptions {
  readonly service: ServiceName
  /** As made by `serviceEnvironment`; the environment of this process is passed on below it. */
  readonly env: Readonly<Record<string, string>>
  /** Compiled code is kept here from one start to the next. */
  readonly cacheDirectory?: string | undefined
  readonly guard?: Guard | undefined
  readonly onLine?: ((line: string) => void) | undefined
  /** Folder of a build of this repository: this one when absent. */
  readonly root?: string | undefined
  /** The program, from that folder: the service itself when absent. */
  readonly entry?: string | undefined
}

export interface RunningService extends Child {
  readonly service: ServiceName
  readonly url: string
}

/**
 * Starts a service from its source, and waits until it says that it is ready.
 *
 * @throws when it ends before, or is not ready after 60 s: the message holds its last words
 */
export async function startService(options: ServiceOptions): Promise<RunningService> {
  const { service, env, cacheDirectory, guard, onLine, root = ROOT } = options
  const child = await startChild({
    name: service,
    command: process.execPath,
    args: [
      '--import',
      './libs/platform/src/otel.ts',
      options.entry ?? join('apps', service, 'src/main.ts'),
    ],
    cwd: root,
    guard,
    onLine,
    env: {
      ...process.env,
      ...(cacheDirectory && { NODE_COMPILE_CACHE: cacheDirectory }),
      ...env,
    },
  })
  const url = `http://127.0.0.1:${env.PORT}`
  await untilReady(child, {
    isReady: () => isReady(url, service),
    timeoutMs: READY_TIMEOUT_MS,
  })
  return { ...child, service, url }
}

/** Whether it is this service that answers: another may have taken the port a moment before it. */
async function isReady(url: string, service: ServiceName): Promise<boolean> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) })
    const readiness = (await response.json()) as { readonly service?: string }
    return response.status === 200 && readiness.service === service
  } catch {
    // Nobody listens yet.
    return false
  }
}

/** Whether a GET is answered with 200. */
export async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) })
    await response.body?.cancel()
    return response.status === 200
  } catch {
    // Nobody listens yet.
    return false
  }
}
