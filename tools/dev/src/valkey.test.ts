import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { startGuard } from './guard.ts'
import { startValkey } from './valkey.ts'

const guard = startGuard()
const directory = mkdtempSync(join(tmpdir(), 'dure-valkey-test-'))
guard.removeAtEnd(directory)

afterAll(async () => {
  await guard.close()
  rmSync(directory, { recursive: true, force: true })
})

/** One command on a connection of its own. */
async function ask(port: number, command: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(`${command}\r\n`)
  const [data] = await once(socket, 'data')
  socket.destroy()
  return String(data).trim()
}

test('more connections are served than it has descriptors', async () => {
  const valkey = await startValkey({ guard })
  // The package's own server hangs from the 6,032nd connection on.
  for (let opened = 0; opened < 6200; opened += 100) {
    const replies = await Promise.all(Array.from({ length: 100 }, () => ask(valkey.port, 'PING')))
    expect(new Set(replies)).toEqual(new Set(['+PONG']))
  }
  await valkey.stop()
})

test('what was written is there after the next start', async () => {
  const first = await startValkey({ directory, guard })
  expect(await ask(first.port, 'SET kept 1')).toBe('+OK')
  await first.stop()

  const second = await startValkey({ directory, guard })

  expect(await ask(second.port, 'GET kept')).toBe('$1\r\n1')
  await second.stop()
})

test('a snapshot that cannot be read is moved aside, and the user is told', async () => {
  writeFileSync(join(directory, 'dump.rdb'), 'REDIS0011 and then nothing that makes sense')
  const repairs: string[] = []

  const valkey = await startValkey({ directory, guard, onRepair: (what) => repairs.push(what) })

  expect(await ask(valkey.port, 'DBSIZE')).toBe(':0')
  expect(repairs).toEqual([expect.stringContaining('dump.rdb.unreadable-')])
  expect(readdirSync(directory)).toContainEqual(expect.stringMatching(/^dump\.rdb\.unreadable-/))
  await valkey.stop()
})
