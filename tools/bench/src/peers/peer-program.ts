import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Guard } from '@dure/dev'

const READY_TIMEOUT_MS = 60_000
const KEPT_CHARACTERS = 4000

export interface PeerProgramOptions {
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly cwd: string
  readonly guard: Guard
}

export interface PeerProgram {
  readonly pid: number
  stop(): Promise<void>
}

/** @throws when it cannot be started, has ended, or does not answer within a minute */
export async function startPeerProgram(
  { command, args, env, cwd, guard }: PeerProgramOptions,
  isReady: () => Promise<boolean>,
): Promise<PeerProgram> {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lastWords = keepLastWords(child)
  await once(child, 'spawn')
  const pid = child.pid as number
  guard.watch(pid, 'SIGTERM')
  const stop = async () => {
    guard.forget(pid)
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  const deadline = Date.now() + READY_TIMEOUT_MS
  while (!(await isReady().catch(() => false))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await stop()
      throw new Error(`${command} ${args.join(' ')} is not ready:\n${lastWords()}`)
    }
    await sleep(100)
  }
  return { pid, stop }
}

function keepLastWords(child: ChildProcess): () => string {
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      text = (text + chunk.toString('utf8')).slice(-KEPT_CHARACTERS)
    })
  }
  return () => text
}
