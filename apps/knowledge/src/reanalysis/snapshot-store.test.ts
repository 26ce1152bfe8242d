import { eventually } from '@dure/platform/testing'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Kill } from '../ingestion/testing/kill.ts'
import { startWorkerProcess } from '../ingestion/testing/worker-process.ts'
import { setUpKnowledge } from '../testing.ts'

vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 })

let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let client: ReturnType<typeof knowledge.client>
beforeAll(async () => {
  knowledge = await setUpKnowledge()
  client = knowledge.client(await knowledge.start('api'))
})
afterAll(() => knowledge.tearDown())

/** Enough for a snapshot. */
const SECTIONS = 5100

const WRITTEN = 'UPDATE index_snapshot SET manifest = $3'
const BOUNDARIES: readonly Omit<Kill, 'documentId'>[] = [
  { statement: 'INSERT INTO index_snapshot', when: 'after' },
  { statement: 'INSERT INTO blob_part', when: 'after' },
  { statement: WRITTEN, when: 'after' },
  { statement: 'COMMIT', following: WRITTEN, when: 'after' },
]

test('a worker that is killed while it writes the next index down leaves the base as it is, and another one ends it', async () => {
  const worker = await knowledge.start('worker')
  const base = await client.createBase()
  const text = Array.from({ length: SECTIONS }, (_, at) => `# ${at}\n\n카공족 ${at}번`).join('\n\n')
  const { id } = await client.put(base, 'a.md', text)
  await client.settled(base, id, { timeoutMs: 60_000 })
  await knowledge.stop(worker)
  // Whoever opens the base may have written it down: then what comes next has others to keep.
  await client.search(base, '카공족')
  await client.send('POST', '/v1/dictionary-entries', { body: { surface: '카공족' } })
  const rowOf = async () => {
    const { rows } = await knowledge.pool.query(
      `SELECT terms_build AS build, analyzer_version AS version, manifest, blobs
         FROM knowledge_base JOIN index_snapshot ON knowledge_base_id = id WHERE id = $1`,
      [base],
    )
    return rows[0]
  }
  const matched = async () => {
    const { chunks } = await client.search(base, '카공족 17번', { topK: 1, explain: true })
    return chunks[0].explanation.matched
  }
  /** As if the time had passed after which they are taken to be gone. */
  const forgetTheDead = async () => {
    await knowledge.pool.query('UPDATE reanalysis SET due_at = now() WHERE due_at IS NOT NULL')
    await knowledge.pool.query(
      `UPDATE index_snapshot SET writing_until = now() - interval '1 second'
        WHERE writing_until IS NOT NULL`,
    )
  }
  await eventually(async () => expect((await rowOf())?.manifest).toBeTypeOf('string'))
  const before = await rowOf()

  for (const [at, kill] of BOUNDARIES.entries()) {
    await forgetTheDead()
    const killed = startWorkerProcess(knowledge.environment('worker'), { ...kill, documentId: '' })
    expect(await killed.ended(), JSON.stringify(kill)).toBe('SIGKILL')
    const isOver = at === BOUNDARIES.length - 1
    const { build, version } = await rowOf()
    expect([build !== before.build, version !== before.version]).toEqual([isOver, isOver])
    expect((await matched()).includes('카공족')).toBe(isOver)
  }
  const { manifest, blobs } = await rowOf()
  expect(manifest).not.toBe(before.manifest)
  await forgetTheDead()
  const last = startWorkerProcess(knowledge.environment('worker'))
  await eventually(
    async () => {
      const sql = 'SELECT name FROM blob_part WHERE folder = $1 GROUP BY 1'
      const { rows } = await knowledge.pool.query(sql, [base])
      expect(rows.map(({ name }) => name).toSorted()).toEqual(blobs.toSorted())
      const left = await knowledge.pool.query('SELECT due_at FROM reanalysis')
      expect(left.rows).toEqual([{ due_at: null }])
    },
    { timeoutMs: 60_000 },
  )
  await last.stop()
  expect(await matched()).toContain('카공족')
})
