import type { KnowledgeBaseId, Tenant } from '@dure/contracts'
import { asTenant } from '@dure/platform'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readerOf } from '../documents/access.ts'
import { setUpKnowledge } from '../testing.ts'
import { createBringUp } from './bring-up-store.ts'
import { forgetRemovals } from './changes-store.ts'
import { createIndexCache } from './index-cache.ts'

let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let client: ReturnType<typeof knowledge.client>
let tenant: Tenant

beforeAll(async () => {
  knowledge = await setUpKnowledge()
  client = knowledge.client(await knowledge.start('all'))
  tenant = knowledge.tenant
})
afterAll(() => knowledge.tearDown())

/** Connections that count the rows that they give. */
function counting(pool: pg.Pool) {
  const count = { rows: 0 }
  const connect = async () => {
    const connection = await pool.connect()
    const query = async (sql: string, values?: unknown[]) => {
      const result = await connection.query(sql, values)
      count.rows += result.rows.length
      return result
    }
    return { query, release: (broken?: Error) => connection.release(broken) }
  }
  return { count, pool: { connect } as unknown as pg.Pool }
}

/** A process that searches one base. */
function processFor(base: KnowledgeBaseId) {
  const { count, pool } = counting(knowledge.pool)
  const cache = createIndexCache({
    bringUp: createBringUp(pool),
    snapshots: { open: async () => undefined, keep: async () => {} },
    budgetBytes: 2 ** 26,
  })
  const opened = async () => {
    const { rows } = await knowledge.pool.query(
      'SELECT generation FROM knowledge_base WHERE id = $1',
      [base],
    )
    return asTenant(tenant, () => cache.get(tenant, base, BigInt(rows[0].generation)))
  }
  return {
    opened,
    /** Opens the base. @returns the rows that were read for that */
    async rows(): Promise<number> {
      count.rows = 0
      await opened()
      return count.rows
    },
    async found(word: string): Promise<string[]> {
      return (await opened()).lexical
        .search({ morphemes: new Map([[word, 1]]), bigrams: new Map(), topK: 50 })
        .map(({ documentId }) => documentId)
        .toSorted()
    },
  }
}

async function put(base: string, name: string, text: string): Promise<string> {
  const { id } = await client.put(base, name, text)
  await client.settled(base, id)
  return id
}

async function baseWith(count: number) {
  const base = (await client.createBase()) as KnowledgeBaseId
  const ids: string[] = []
  for (let n = 0; n < count; n++) ids.push(await put(base, `${n}.txt`, '사과'))
  return { base, ids }
}

/** Of the base itself. */
const BASE = 1

test('after one document has changed, a search reads that one, however many there are', async () => {
  const { base, ids } = await baseWith(20)
  const [first = '', second = ''] = ids
  const { rows, found } = processFor(base)
  expect(await rows()).toBe(BASE + 2 * ids.length)

  await put(base, '0.txt', '배')
  // The document and its passage.
  expect(await rows()).toBe(BASE + 2)
  expect(await found('배')).toEqual([first])

  await put(base, 'new.txt', '사과')
  expect(await rows()).toBe(BASE + 2)

  await client.call('PUT', `/${base}/documents/${first}/access`, { body: { access: ['role:hr'] } })
  expect(await rows()).toBe(BASE + 1)

  await client.call('PUT', `/${base}/documents/${first}/metadata`, { body: { metadata: { x: 1 } } })
  // The document and what is said of it.
  expect(await rows()).toBe(BASE + 2)

  await client.call('DELETE', `/${base}/documents/${second}`)
  expect(await rows()).toBe(BASE + 1)
  expect(await found('사과')).not.toContain(second)
  expect(await rows()).toBe(0)
})

test('who may find what, and by which filter, follows each change, and what is the same stays worked out', async () => {
  const { base, ids } = await baseWith(3)
  const [first = '', second = ''] = ids
  const { opened } = processFor(base)
  const reader = readerOf({ principals: ['role:hr'], seesAll: false })
  const filter = { key: 'x', is: 1 }
  const acceptedBy = async () => {
    const { facts } = await opened()
    return [facts.acceptedBy({ reader }), facts.acceptedBy({ reader, filter })] as const
  }
  const set = (id: string, what: 'access' | 'metadata', value: unknown) =>
    client.call('PUT', `/${base}/documents/${id}/${what}`, { body: { [what]: value } })
  expect((await acceptedBy())[0]).toBeUndefined()

  await set(first, 'access', ['role:it'])
  await set(second, 'metadata', { x: 1 })
  const before = await acceptedBy()
  expect(ids.map((id) => before[0]?.(id))).toEqual([false, true, true])
  expect(ids.map((id) => before[1]?.(id))).toEqual([false, true, false])

  // None of these gives another answer to any question.
  await put(base, '2.txt', '배')
  await put(base, 'new.txt', '배')
  await set(first, 'access', ['role:legal'])
  await set(first, 'metadata', { x: 1 })
  await set(second, 'metadata', { x: 1, y: 2 })
  expect(await acceptedBy()).toEqual(before)
  expect((await acceptedBy())[0]).toBe(before[0])
  expect((await acceptedBy())[1]).toBe(before[1])

  await set(first, 'access', ['role:hr'])
  const after = await acceptedBy()
  expect(after[0]).not.toBe(before[0])
  expect(after[1]).not.toBe(before[1])
  expect(ids.map((id) => after[0]?.(id))).toEqual([true, true, true])
  expect(ids.map((id) => after[1]?.(id))).toEqual([true, true, false])

  await set(second, 'metadata', { x: 2 })
  const last = await acceptedBy()
  expect(last[0]).toBe(after[0])
  expect(ids.map((id) => last[1]?.(id))).toEqual([true, false, false])
})

test('an index that is older than what is remembered of removals is compared as a whole', async () => {
  const { base, ids } = await baseWith(3)
  const [first = '', second = ''] = ids
  const { rows, found } = processFor(base)
  await rows()
  await client.call('DELETE', `/${base}/documents/${first}`)
  await knowledge.pool.query(
    `UPDATE document_change SET gone_at = now() - interval '2 days' WHERE gone_at IS NOT NULL`,
  )

  await forgetRemovals(knowledge.pool, 100)

  const left = await knowledge.pool.query('SELECT FROM document_change WHERE document_id = $1', [
    first,
  ])
  expect(left.rowCount).toBe(0)
  expect(await rows()).toBe(BASE + 2)
  expect(await found('사과')).toEqual(ids.slice(1).toSorted())

  await client.call('DELETE', `/${base}/documents/${second}`)
  await forgetRemovals(knowledge.pool, 100)
  expect(await rows()).toBe(BASE + 1)
  expect(await found('사과')).toEqual(ids.slice(2))
})

test('of a deleted base, no change is remembered', async () => {
  const { base } = await baseWith(2)
  const count = async () =>
    (await knowledge.pool.query('SELECT FROM document_change WHERE knowledge_base_id = $1', [base]))
      .rowCount
  expect(await count()).toBe(2)
  await knowledge.pool.query('UPDATE knowledge_base SET deleted_at = now() WHERE id = $1', [base])
  await knowledge.pool.query('DELETE FROM document WHERE knowledge_base_id = $1', [base])
  expect(await count()).toBe(0)
})
