import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export type GuardMessage =
  | { readonly kind: 'watch'; readonly pid: number; readonly signal: NodeJS.Signals }
  | { readonly kind: 'forget'; readonly pid: number }
  | { readonly kind: 'remove'; readonly folder: string }
  | { readonly kind: 'kill-all' }

/**
 * A process that outlives this one by a moment. Even `kill -9` of this process leaves nothing
 * behind: the guard then ends what it was told to watch and removes the folders it was given.
 */
export interface Guard {
  /** @param signal what asks the process to end; after 10 s it is killed */
  watch(pid: number, signal: NodeJS.Signals): void
  forget(pid: number): void
  /** The folder goes when this process ends, whichever way. */
  removeAtEnd(folder: string): void
  /** Kills everything that is watched, now. */
  killAll(): void
  /** Ends what is still watched, then the guard. Resolves when all of it is gone. */
  close(): Promise<void>
}

export function startGuard(): Guard {
  const entry = fileURLToPath(new URL('./guard-process.ts', import.meta.url))
  const child = spawn(process.execPath, [entry], {
    // In a process group of its own, so that Ctrl-C does not end it before its time.
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
    env: {},
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.unref()
  const { stdin } = child
  // A guard that is gone cannot be told anything, and the process it guards need not fail for it.
  stdin.on('error', () => {})
  const tell = (message: GuardMessage) => stdin.write(`${JSON.stringify(message)}\n`)

  return {
    watch: (pid, signal) => tell({ kind: 'watch', pid, signal }),
    forget: (pid) => tell({ kind: 'forget', pid }),
    removeAtEnd: (folder) => tell({ kind: 'remove', folder }),
    killAll: () => tell({ kind: 'kill-all' }),
    close: () => {
      child.ref()
      stdin.end()
      return ended
    },
  }
}
