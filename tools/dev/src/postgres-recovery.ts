import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { commandLineOf, hasEnded, hasEntry } from './processes.ts'

/** Fast, then immediate, then by force: each leaves a data directory that recovers by itself. */
const SIGNALS = ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const
const TIMEOUT_MS = 10_000

/**
 * Makes a data directory startable after its last owner was killed: ends a server that still runs
 * on it, and removes the note of one whose process number now belongs to another program.
 *
 * @returns what was done, to be said to the user, or null when there was nothing to do
 */
export async function recoverDataDirectory(data: string): Promise<string | null> {
  const note = join(data, 'postmaster.pid')
  if (!existsSync(note)) return null
  const pid = Number.parseInt(readFileSync(note, 'utf8'), 10)

  if (isServerOf(pid, data)) {
    await end(pid)
    return `ended a PostgreSQL that was still running on these data (process ${pid})`
  }
  // A number that nobody has is for PostgreSQL itself to judge: it also looks for orphans of the
  // old server, which may still be writing.
  if (Number.isInteger(pid) && !hasEntry(pid)) return null
  rmSync(note, { force: true })
  return `removed the note of a PostgreSQL that no longer runs (process ${pid})`
}

function isServerOf(pid: number, data: string): boolean {
  const commandLine = commandLineOf(pid)
  return commandLine.includes('postgres') && commandLine.includes(`-D ${data} `)
}

async function end(pid: number): Promise<void> {
  for (const signal of SIGNALS) {
    try {
      process.kill(pid, signal)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
    if (await hasEnded(pid, { timeoutMs: TIMEOUT_MS })) return
  }
  throw new Error(`A PostgreSQL on these data does not end (process ${pid}): end it by hand`)
}
