import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Infrastructure } from '../infrastructure.ts'

const READY_TIMEOUT_MS = 60_000

export interface LoggingProgram {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  /** Where it answers with 200 when it is ready. */
  readonly readyUrl: string
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * A program whose output goes to a file, as a container's goes to its log driver: that nobody reads a
 * pipe must not slow it down.
 *
 * @throws when it ends, or does not answer within a minute
 */
export async function startLoggingProgram(
  { guard, directory }: Infrastructure,
  { name, command, args, env, cwd, readyUrl, headers = {} }: LoggingProgram,
): Promise<{ readonly pid: number; stop(): Promise<void> }> {
  const output = join(directory, `${name.replace(/\W+/g, '-')}.log`)
  const file = openSync(output, 'a')
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', file, file],
  })
  await once(child, 'spawn')
  const pid = child.pid as number
  guard.watch(pid, 'SIGTERM')
  const stop = async () => {
    guard.forget(pid)
    if (hasEnded(child)) return
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), 5000)
    await once(child, 'exit')
    clearTimeout(timer)
  }
  const deadline = Date.now() + READY_TIMEOUT_MS
  while (!(await isReady(readyUrl, headers))) {
    if (hasEnded(child) || Date.now() > deadline) {
      await stop()
      throw new Error(`${name} is not ready: see ${output}`)
    }
    await sleep(50)
  }
  return { pid, stop }
}

async function isReady(url: string, headers: Readonly<Record<string, string>>): Promise<boolean> {
  try {
    const answer = await fetch(url, { headers, signal: AbortSignal.timeout(2000) })
    await answer.arrayBuffer()
    return answer.status === 200
  } catch {
    // Nobody listens yet.
    return false
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}

/** Where a program of the machine is; null when it has none. */
export function programOnPath(name: string): string | null {
  const { status, stdout } = spawnSync('which', [name], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() : null
}
