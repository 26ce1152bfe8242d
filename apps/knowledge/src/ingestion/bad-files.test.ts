import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { eventually } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type BadFile, badFiles } from '../parsing/testing/bad-files.ts'
import { setUpKnowledge } from '../testing.ts'

// Two hundred files and more go through the processes that parse them; some are there to take long.
vi.setConfig({ testTimeout: 240_000 })

const SEED = 20261127
const DOCUMENTED = new Set(
  [
    ...readFileSync(join(import.meta.dirname, '../../../../docs/errors.md'), 'utf8').matchAll(
      /^\| `([^`]+)` \| ([^|]+) \|/gm,
    ),
  ].map(([, code]) => code),
)

let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let client: ReturnType<typeof knowledge.client>
let base: string

beforeAll(async () => {
  knowledge = await setUpKnowledge({ PARSE_MEMORY_MB: '256', PARSE_TIMEOUT_S: '20' })
  client = knowledge.client(await knowledge.start('all'))
  base = await client.createBase()
})
afterAll(() => knowledge.tearDown())

interface Outcome {
  readonly name: string
  readonly id?: string
  /** Why it was refused or has failed; absent: it is ready. */
  readonly code?: string
  readonly message?: string
}

async function fate({ name, bytes }: BadFile): Promise<Outcome> {
  // A database that is busy may be asked again.
  const { statusCode, id, code, detail } = await eventually(async () => {
    const response = await client.upload(base, new Blob([Buffer.from(bytes)]), name)
    expect(response.statusCode).not.toBe(503)
    return { statusCode: response.statusCode, ...response.json() }
  })
  expect(statusCode, name).toBeLessThan(500)
  if (statusCode !== 202) return { name, code, message: detail }
  const { error } = await client.settled(base, id, { timeoutMs: 120_000 })
  return { name, id, ...error }
}

describe('two hundred bad files', () => {
  const files = badFiles(SEED)
  const outcomes: Outcome[] = []

  test('are each ready, or have failed with a documented code, and the service goes on', async () => {
    expect(files.length).toBeGreaterThanOrEqual(200)
    expect(new Set(files.map(({ name }) => name)).size).toBe(files.length)
    const queue = files[Symbol.iterator]()
    await Promise.all(
      Array.from({ length: 4 }, async () => {
        for (const file of queue) outcomes.push(await fate(file))
      }),
    )

    const unexplained = outcomes.filter(
      ({ code, message }) => code !== undefined && !(DOCUMENTED.has(code) && message),
    )
    expect(unexplained).toEqual([])
    expect((await client.call('GET', `/${base}`)).statusCode).toBe(200)
    const after = await client.put(base, 'after.txt', '다음 문서')
    expect(await client.settled(base, after.id)).toMatchObject({ status: 'ready' })
  })

  test('leave nothing that is half visible', async () => {
    const { rows } = await knowledge.pool.query(
      `SELECT name FROM document WHERE CASE status
         WHEN 'ready' THEN published_version <> version OR chunk_count <>
           (SELECT count(*) FROM chunk WHERE document_id = document.id AND chunk.version = document.version)
         ELSE published_version <> 0 OR EXISTS (SELECT FROM chunk WHERE document_id = document.id) END`,
    )
    expect(rows).toEqual([])
  })
})
