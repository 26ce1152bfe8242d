import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Guard } from './guard.ts'

const DEFAULT_STOP_TIMEOUT_MS = 10_000
const KEPT_LINES = 30

export interface ChildOptions {
  /** How it is called in messages, such as `PostgreSQL`. */
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly cwd?: string
  readonly user?: { readonly uid: number; readonly gid: number } | undefined
  /** What asks it to end. SIGTERM when absent. */
  readonly stopSignal?: NodeJS.Signals
  /** After this long it is killed. 10 s when absent. */
  readonly stopTimeoutMs?: number
  /** A channel to the child: it closes when this process ends, whichever way. */
  readonly ipc?: boolean
  readonly guard?: Guard | undefined
  readonly onLine?: ((line: string) => void) | undefined
}

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A process that this one has started. */
export interface Child {
  readonly name: string
  readonly pid: number
  /** Resolves when it has ended, for whatever reason. Never rejects. */
  readonly exited: Promise<Exit>
  hasExited(): boolean
  /** The end of what it wrote, to say why it failed. */
  lastLines(): string
  kill(signal: NodeJS.Signals): void
  /** Asks it to end, and kills it when that takes too long. */
  stop(): Promise<void>
}

/**
 * Starts a process in a group of its own: Ctrl-C does not reach it, the one who starts it decides
 * the order of the end.
 *
 * @throws when the program cannot be started at all
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const { name, command, args, stopSignal = 'SIGTERM', guard, onLine } = options
  const { stopTimeoutMs = DEFAULT_STOP_TIMEOUT_MS } = options
  const child = spawn(command, args, {
    detached: true,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe', ...(options.ipc ? (['ipc'] as const) : [])],
    ...(options.cwd && { cwd: options.cwd }),
    ...options.user,
  })
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      if (lines.length > KEPT_LINES) lines.shift()
      onLine?.(line)
    })
  }
  await once(child, 'spawn')
  const pid = child.pid as number
  guard?.watch(pid, stopSignal)
  const exited = exitOf(child).then((exit) => {
    guard?.forget(pid)
    return exit
  })
  const hasExited = () => child.exitCode !== null || child.signalCode !== null

  return {
    name,
    pid,
    exited,
    hasExited,
    lastLines: () => lines.join('\n'),
    kill: (signal) => void child.kill(signal),
    stop: async () => {
      if (hasExited()) return
      const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
      child.kill(stopSignal)
      await exited
      clearTimeout(timer)
    },
  }
}

/** Its last words are read first, unless a child of its own holds the pipe open. */
async function exitOf(child: ChildProcess): Promise<Exit> {
  const closed = once(child, 'close')
  const [code, signal] = await once(child, 'exit')
  await Promise.race([closed, sleep(500, undefined, { ref: false })])
  return { code, signal }
}

/** `exit code 1` or `SIGKILL`. */
export function describeExit({ code, signal }: Exit): string {
  return signal ?? `exit code ${code}`
}

export interface ReadinessOptions {
  readonly isReady: () => Promise<boolean>
  readonly timeoutMs: number
}

/**
 * Waits until a process does its work. One that ends before, or that takes longer than the time
 * limit, is stopped, and the error holds its last words.
 */
export async function untilReady(
  child: Child,
  { isReady, timeoutMs }: ReadinessOptions,
): Promise<void> {
  const deadline = Date.now() + timeoutMs
  while (!(await isReady())) {
    if (child.hasExited()) {
      const exit = describeExit(await child.exited)
      throw new Error(`${child.name} ended before it was ready (${exit}):\n${child.lastLines()}`)
    }
    if (Date.now() > deadline) {
      await child.stop()
      throw new Error(
        `${child.name} was not ready after ${timeoutMs / 1000} s:\n${child.lastLines()}`,
      )
    }
    await sleep(25)
  }
}
