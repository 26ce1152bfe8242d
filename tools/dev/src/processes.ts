import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** Whether the process runs; one that has ended and that nobody has waited for does not. */
export function isAlive(pid: number): boolean {
  return hasEntry(pid) && !isZombie(pid)
}

/** Whether the number is taken, be it by a process that has ended already. */
export function hasEntry(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // A process of somebody else is there all the same.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function isZombie(pid: number): boolean {
  // The name in parentheses may hold anything; the state is the first word after it.
  return /\) Z/.test(readProc(pid, 'stat'))
}

/** The command line of a process, its words separated by spaces; empty when there is none. */
export function commandLineOf(pid: number): string {
  if (process.platform === 'linux') return readProc(pid, 'cmdline').replaceAll('\0', ' ').trim()
  const ps = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  return ps.stdout?.trim() ?? ''
}

function readProc(pid: number, file: 'stat' | 'cmdline'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // No such process any more, or a system without /proc.
    return ''
  }
}

/** Waits for the end of a process that need not be our child; false when it takes too long. */
export async function hasEnded(
  pid: number,
  { timeoutMs }: { readonly timeoutMs: number },
): Promise<boolean> {
  const deadline = Date.now() + timeoutMs
  while (isAlive(pid)) {
    if (Date.now() > deadline) return false
    await sleep(20)
  }
  return true
}
