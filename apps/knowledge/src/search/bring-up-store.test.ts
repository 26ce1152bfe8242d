import type { KnowledgeBaseId } from '@dure/contracts'
import { ANALYZER_VERSION } from '@dure/retrieval'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { setUpKnowledge } from '../testing.ts'
import { createBringUp, type IndexedPassage } from './bring-up-store.ts'

let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let client: ReturnType<typeof knowledge.client>

beforeAll(async () => {
  knowledge = await setUpKnowledge()
  client = knowledge.client(await knowledge.start('all'))
})
afterAll(() => knowledge.tearDown())

/** Connections on which something happens right after the documents were listed. */
function interrupted(pool: pg.Pool, meanwhile: () => Promise<unknown>): pg.Pool {
  const connect = async () => {
    const connection = await pool.connect()
    const query = async (sql: string, values?: unknown[]) => {
      const result = await connection.query(sql, values)
      if (sql.includes('FROM document')) await meanwhile()
      return result
    }
    return { query, release: (broken?: Error) => connection.release(broken) }
  }
  return { connect } as unknown as pg.Pool
}

test('an index with the terms that a base is searched by next has no document that lacks some of them', async () => {
  const base = (await client.createBase()) as KnowledgeBaseId
  const { id } = await client.put(base, 'a.txt', '처음')
  await client.settled(base, id)
  const filled = async (analyzerVersion: string) => {
    const seen = { ids: [] as string[], builds: [] as string[] }
    await createBringUp(knowledge.pool, { build: 'next', analyzerVersion })(
      knowledge.tenant,
      base,
      {
        ...{ versions: new Map(), revisions: new Map(), learn: () => {}, remove: () => {} },
        useTerms: ({ build }) => void seen.builds.push(build),
        put: (documentId) => void seen.ids.push(documentId),
      },
    )
    return seen
  }

  expect(await filled(ANALYZER_VERSION)).toEqual({ ids: [id], builds: ['next'] })
  expect(await filled('another')).toEqual({ ids: [], builds: ['next'] })
})

test('an index is filled from one moment, whatever is published while it is read', async () => {
  const base = (await client.createBase()) as KnowledgeBaseId
  const { id } = await client.put(base, 'a.txt', '처음')
  await client.settled(base, id)
  const bringUp = createBringUp(
    interrupted(knowledge.pool, async () => {
      await client.put(base, 'a.txt', '다음')
      await client.settled(base, id)
    }),
  )
  const put: { version: number; passages: readonly IndexedPassage[] }[] = []

  const generation = await bringUp(knowledge.tenant, base, {
    versions: new Map(),
    revisions: new Map(),
    learn: () => {},
    put: (_id, version, passages) => void put.push({ version, passages }),
    remove: () => expect.unreachable(),
  })

  expect(generation).toBe(1n)
  expect(put).toMatchObject([{ version: 1, passages: [{ morphemes: ['처음'] }] }])
})

test('an index of a knowledge base that was removed cannot be filled', async () => {
  const bringUp = createBringUp(knowledge.pool)
  const known = { versions: new Map(), revisions: new Map() }
  const sink = { ...known, learn: () => {}, put: () => {}, remove: () => {} }

  const filling = bringUp(knowledge.tenant, `kb_${'0'.repeat(32)}` as KnowledgeBaseId, sink)

  await expect(filling).rejects.toMatchObject({ code: 'knowledge-base.not-found' })
})
