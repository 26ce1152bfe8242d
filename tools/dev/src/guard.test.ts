import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import { isAlive } from './processes.ts'

test('kill -9 of a process ends what it started and removes its folders', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dure-guard-test-'))
  const module = (file: string) => JSON.stringify(fileURLToPath(new URL(file, import.meta.url)))
  const program = `
    import { startGuard } from ${module('./guard.ts')}
    import { startChild } from ${module('./child.ts')}
    const guard = startGuard()
    guard.removeAtEnd(${JSON.stringify(folder)})
    const args = ['-e', 'setInterval(() => {}, 1000)']
    const child = await startChild({ name: 'x', command: process.execPath, args, env: {}, guard })
    console.log(child.pid)`
  const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(createInterface({ input: parent.stdout }), 'line')
  const pid = Number(line)
  expect(isAlive(pid)).toBe(true)

  parent.kill('SIGKILL')

  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 10_000 })
  await vi.waitFor(() => expect(existsSync(folder)).toBe(false), { timeout: 10_000 })
})
