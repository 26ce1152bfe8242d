import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import type { AgentUnderTest } from './agent.ts'

/**
 * A worker of the same installation, as a process that is killed as soon as it has written something.
 *
 * @param dieAt regular expression of the statement that writes it
 * @param holdAt of statements that are never answered
 */
export function startDyingWorker(
  agent: AgentUnderTest,
  { dieAt, holdAt = '^never$' }: { readonly dieAt: string; readonly holdAt?: string | undefined },
): ChildProcess {
  const path = (name: string) => fileURLToPath(new URL(name, import.meta.url))
  const args = ['--import', path('./die-at-write.ts'), path('../../main.ts')]
  const own = { ROLE: 'worker', PORT: '0', HOST: '127.0.0.1', DIE_AT: dieAt, HOLD_AT: holdAt }
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...agent.env, ...own },
    stdio: 'ignore',
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  return child
}
