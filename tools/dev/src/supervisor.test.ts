import { expect, test, vi } from 'vitest'
import { type Child, startChild } from './child.ts'
import { isAlive } from './processes.ts'
import { supervise } from './supervisor.ts'

function startIdle(): Promise<Child> {
  return startChild({
    name: 'idle',
    command: process.execPath,
    args: ['-e', 'setInterval(() => {}, 1000)'],
    env: {},
  })
}

test('a process that ends by itself is started again, and the user is told', async () => {
  const started: Child[] = []
  const said: string[] = []
  const supervised = await supervise({
    name: 'idle',
    firstDelayMs: 1,
    say: (line) => said.push(line),
    start: async () => {
      const child = await startIdle()
      started.push(child)
      return child
    },
  })

  supervised.first.kill('SIGKILL')
  await vi.waitFor(() => expect(said).toHaveLength(2), { timeout: 10_000 })
  await supervised.stop()

  expect(said).toEqual([expect.stringContaining('SIGKILL'), 'idle runs again'])
  expect(started.map(({ pid }) => isAlive(pid))).toEqual([false, false])
})

test('a failed start is told and tried again', async () => {
  const said: string[] = []
  let starts = 0
  const supervised = await supervise({
    name: 'idle',
    firstDelayMs: 1,
    say: (line) => said.push(line),
    start: async () => {
      starts += 1
      if (starts === 2) throw new Error('no port')
      return startIdle()
    },
  })

  supervised.first.kill('SIGKILL')
  await vi.waitFor(() => expect(said).toContain('idle runs again'), { timeout: 10_000 })
  await supervised.stop()

  expect(said).toContain('idle could not be started: no port')
  expect(starts).toBe(3)
})

test('the failure of the very first start is the failure of the call', async () => {
  const start = () => Promise.reject(new Error('no'))

  await expect(supervise({ name: 'x', say: () => {}, start })).rejects.toThrow('no')
})
