import { rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import type { GuardMessage } from './guard.ts'
import { isAlive } from './processes.ts'

/** How long the processes have, after their signal, before they are killed. */
const GRACE_MS = 10_000

const watched = new Map<number, NodeJS.Signals>()
const folders = new Set<string>()

// Ctrl-C is for the one it guards: that one decides what ends when.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

for await (const line of createInterface({ input: process.stdin })) {
  const message = JSON.parse(line) as GuardMessage
  if (message.kind === 'watch') watched.set(message.pid, message.signal)
  else if (message.kind === 'forget') watched.delete(message.pid)
  else if (message.kind === 'remove') folders.add(message.folder)
  else signalAll('SIGKILL')
}
// Standard input has ended: so has the one it guards.
signalAll()
const deadline = Date.now() + GRACE_MS
while (living().length > 0 && Date.now() < deadline) await sleep(50)
signalAll('SIGKILL')
for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
process.exit(0)

function living(): number[] {
  return [...watched.keys()].filter(isAlive)
}

/** Last started, first ended. */
function signalAll(signal?: NodeJS.Signals): void {
  for (const pid of living().reverse()) {
    try {
      process.kill(pid, signal ?? watched.get(pid))
    } catch {
      // It ended between the question and the signal.
    }
  }
}
