import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { claimDataDirectory } from './data-directory.ts'
import { commandLineOf } from './processes.ts'

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dure-data-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

const program = commandLineOf(process.pid)

test('a folder has one owner, who is named with the URL', () => {
  const folder = temporaryFolder()
  const data = claimDataDirectory(folder, program)
  data.writeConnection({
    url: 'http://127.0.0.1:3000',
    apiKey: 'key',
    gatewayDatabaseUrl: 'postgres://127.0.0.1/gateway',
    identityPublicKey: 'public',
  })

  expect(() => claimDataDirectory(folder, program)).toThrow(
    /already runs .* at http:\/\/127\.0\.0\.1:3000 .*DURE_DATA/,
  )

  data.release()
  expect(claimDataDirectory(folder, program).path).toBe(folder)
})

test.each([
  ['a process that is gone', JSON.stringify({ pid: 2 ** 30, url: null })],
  ['another program with the same number', JSON.stringify({ pid: 1, url: null })],
  ['a process killed while it wrote', '{"pi'],
])('what %s left is taken over', (_who, content) => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'running.json'), content)

  expect(claimDataDirectory(folder, 'tools/dev/src/up.ts').path).toBe(folder)
})
