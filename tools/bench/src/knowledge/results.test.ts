import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createResults } from './results.ts'

test('rows are kept as they come, and one that fails loses no other', async () => {
  const json = join(mkdtempSync(join(tmpdir(), 'bench-')), 'rows.json')
  const kept = () => JSON.parse(readFileSync(json, 'utf8'))
  const results = createResults(json)

  await results.attempt('memory', async () => [{ name: 'memory', rssMb: 170 }])
  expect(kept()).toEqual([{ name: 'memory', rssMb: 170, target: 'rssMb <= 170', met: true }])

  expect(await results.attempt('open', () => Promise.reject(new Error('no base')))).toEqual([])
  await results.attempt('vectors', async () => [{ name: 'vectors' }])

  expect(kept().slice(1)).toEqual([
    { name: 'open', error: 'no base', met: false },
    { name: 'vectors' },
  ])
  expect(results.failed).toEqual(['open'])
})
