import { startScriptedModel } from '@dure/scripted-model'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { docx, paragraph } from '../parsing/testing/office.ts'
import { forgetRemovals } from '../search/changes-store.ts'
import { setUpKnowledge } from '../testing.ts'

let model: Awaited<ReturnType<typeof startScriptedModel>>
let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let client: ReturnType<typeof knowledge.client>

beforeAll(async () => {
  model = await startScriptedModel()
  knowledge = await setUpKnowledge({ EMBEDDING_BASE_URL: model.baseUrl, EMBEDDING_MODEL: 'small' })
  client = knowledge.client(await knowledge.start('all'))
})
afterAll(async () => {
  await knowledge.tearDown()
  await model.close()
})

/** A word that is nowhere else. */
const WORD = '꿹뷁쒫'
const KEY = 'delete-me'

/** How many rows of each table have something of it, as text or as bytes; tables without any are left out. */
async function traces(...words: readonly string[]): Promise<Record<string, number>> {
  const { rows: tables } = await knowledge.pool.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
  )
  expect(tables.length).toBeGreaterThan(5)
  const patterns = words.flatMap((word) => [word, Buffer.from(word).toString('hex')])
  const found: Record<string, number> = {}
  for (const { name } of tables) {
    const { rows } = await knowledge.pool.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM "${name}" AS row WHERE row::text LIKE ANY ($1)`,
      [patterns.map((pattern) => `%${pattern}%`)],
    )
    if (rows[0]?.count) found[name] = rows[0].count
  }
  return found
}

async function ingested(base: string): Promise<string[]> {
  const uploads = [
    ['a.docx', docx(paragraph(`${WORD} 규정`, '1') + paragraph(`${WORD} 안내`))],
    ['b.txt', Buffer.from(`${WORD} 글`)],
  ] as const
  for (const [name, bytes] of uploads) {
    const form = new FormData()
    form.append('file', new Blob([Buffer.from(bytes)]), name)
    const path = `/${base}/documents`
    const response = await client.call('POST', path, { form, key: `${KEY}-${base}-${name}` })
    const document = await client.settled(base, response.json().id)
    expect(document).toMatchObject({ status: 'ready', vectorCount: 1 })
  }
  expect((await client.search(base, WORD)).chunks.length).toBeGreaterThan(0)
  const { data } = (await client.call('GET', `/${base}/documents`)).json()
  return data.map(({ id }: { id: string }) => id)
}

test('a document that is deleted leaves nothing of it in any table', async () => {
  const base = await client.createBase()
  const ids = await ingested(base)
  expect(Object.keys(await traces(WORD, ...ids))).toEqual(
    expect.arrayContaining(['chunk', 'document']),
  )

  for (const id of ids) await client.call('DELETE', `/${base}/documents/${id}`)

  expect(await traces(WORD)).toEqual({})
  expect((await client.search(base, WORD)).chunks).toEqual([])
  // Their ids alone, for a day: indexes have to hear of it.
  expect(await traces(...ids)).toEqual({ document_change: ids.length })
  await knowledge.pool.query(`UPDATE document_change SET gone_at = now() - interval '2 days'`)
  await forgetRemovals(knowledge.pool, 100)
  expect(await traces(...ids)).toEqual({})
})

test('a knowledge base that is deleted leaves nothing of its documents, a little later', async () => {
  const base = await client.createBase()
  const ids = await ingested(base)

  await client.call('DELETE', `/${base}`)

  await expect.poll(() => traces(WORD, base, ...ids), { timeout: 15_000 }).toEqual({})
  const { rows } = await knowledge.pool.query(
    'SELECT FROM chunk_vector WHERE NOT EXISTS (SELECT FROM chunk WHERE id = chunk_id)',
  )
  expect(rows).toEqual([])
})
