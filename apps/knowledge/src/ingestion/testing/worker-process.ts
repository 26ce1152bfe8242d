import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { KILL_VARIABLE, type Kill } from './kill.ts'

/** One that does not come to where it is killed is ended. */
const LIFE_MS = 60_000
const SOURCE = join(import.meta.dirname, '../..')

/** The service as a process of its own, as it is deployed. */
export function startWorkerProcess(
  env: Readonly<Record<string, string>>,
  kill?: Kill,
  lifeMs = LIFE_MS,
) {
  const child = spawn(
    process.execPath,
    ['--import', join(import.meta.dirname, 'kill-process.ts'), join(SOURCE, 'main.ts')],
    {
      env: {
        ...process.env,
        ...env,
        ROLE: 'worker',
        PORT: '0',
        HOST: '127.0.0.1',
        ...(kill && { [KILL_VARIABLE]: JSON.stringify(kill) }),
      },
      stdio: 'ignore',
    },
  )
  const exited = once(child, 'exit')
  const limit = setTimeout(() => child.kill('SIGTERM'), lifeMs)
  void exited.then(() => clearTimeout(limit))
  return {
    isAlive: () => child.exitCode === null && child.signalCode === null,
    /** @returns the signal that ended it, when it has ended */
    async ended(): Promise<NodeJS.Signals | null> {
      const [, signal] = await exited
      return signal
    },
    async stop(): Promise<void> {
      child.kill('SIGTERM')
      await exited
    },
  }
}
