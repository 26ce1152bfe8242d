import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { KnowledgeBaseId } from '@dure/contracts'
import { asTenant, type Service } from '@dure/platform'
import { eventually } from '@dure/platform/testing'
import { PrismaPg } from '@prisma/adapter-pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PrismaClient } from '../../generated/prisma/client.ts'
import { createKnowledgeBaseStore } from '../../knowledge-bases/store.ts'
import { createFactsReader } from '../../search/bring-up-store.ts'
import { createPagedBringUp } from '../../search/paged-bring-up-store.ts'
import { setUpKnowledge } from '../../testing.ts'
import { createLanceEngine } from '../lancedb/engine.ts'
import { loadLance } from '../lancedb/rows.ts'
import { questionOf } from '../testing/passages.ts'
import type { Engine } from './engine.ts'
import { createExternalStore } from './external-store.ts'
import { createJournal } from './journal.ts'

let uri: string
let engine: Engine
let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let client: ReturnType<typeof knowledge.client>
let worker: Service

beforeAll(async () => {
  uri = await mkdtemp(join(tmpdir(), 'dure-lancedb-'))
  engine = await createLanceEngine(await loadLance(), { uri })
  knowledge = await setUpKnowledge()
  worker = await knowledge.start('worker')
  client = knowledge.client(await knowledge.start('api'))
})
afterAll(async () => {
  await knowledge.tearDown()
  await engine.close()
  await rm(uri, { recursive: true })
})

/** A process with this engine, or with one that does something else besides. */
function processWith(changes: Partial<Engine>, onFailure: (error: unknown) => void = () => {}) {
  const { pool, tenant } = knowledge
  const store = createExternalStore({
    engine: { ...engine, close: async () => {}, ...changes },
    journal: createJournal(pool),
    bringUp: createPagedBringUp(pool),
    readFacts: createFactsReader(pool),
    ...{ budgetBytes: 2 ** 26, onFailure },
  })
  const found = async (base: KnowledgeBaseId, word: string) => {
    const { rows } = await pool.query('SELECT generation FROM knowledge_base WHERE id = $1', [base])
    const open = () => store.open(tenant, base, BigInt(rows[0].generation))
    const opened = await asTenant(tenant, open)
    const terms = questionOf([word])
    const hits = (await opened.words(terms, { limit: 10 })).search({ ...terms, topK: 10 })
    return hits.map(({ documentId }) => documentId)
  }
  return { found, close: store.close }
}

async function put(base: string, name: string, text: string): Promise<string> {
  const { id } = await client.put(base, name, text)
  await client.settled(base, id)
  return id
}

test('no transaction is open while rows are written into an engine, and none while it is tidied up', async () => {
  const base = (await client.createBase()) as KnowledgeBaseId
  const ids = [await put(base, 'a.txt', '사과'), await put(base, 'b.txt', '사과 배')]
  const calls: string[] = []
  const idle = async (call: string) => {
    calls.push(call)
    const { rows } = await knowledge.pool.query(
      `SELECT query FROM pg_stat_activity
        WHERE datname = current_database() AND state LIKE 'idle in transaction%'`,
    )
    expect(rows).toEqual([])
  }
  const failures: unknown[] = []
  const watched = processWith(
    {
      add: (...of) => idle('add').then(() => engine.add(...of)),
      remove: (...of) => idle('remove').then(() => engine.remove(...of)),
      tidy: (...of) => idle('tidy').then(() => engine.tidy(...of)),
    },
    (error) => failures.push(error),
  )

  expect((await watched.found(base, '사과')).toSorted()).toEqual(ids.toSorted())

  await watched.close()
  expect(new Set(calls)).toEqual(new Set(['add', 'remove', 'tidy']))
  expect(failures).toEqual([])
})

test('a search does not wait until an engine is tidied up, nor fails when that fails', async () => {
  const base = (await client.createBase()) as KnowledgeBaseId
  const gate = Promise.withResolvers<void>()
  const failures: unknown[] = []
  const slow = processWith({ tidy: () => gate.promise }, (error) => failures.push(error))

  for (const word of ['사과', '배', '감']) {
    const id = await put(base, `${word}.txt`, word)
    expect(await slow.found(base, word)).toEqual([id])
  }

  gate.reject(new Error('It is full'))
  await slow.close()
  expect(failures).toMatchObject([{ message: 'It is full' }])
})

test('what is published and deleted while rows are written is found, or gone, by the next search', async () => {
  const base = (await client.createBase()) as KnowledgeBaseId
  const first = await put(base, 'a.txt', '사과')
  const second = await put(base, 'b.txt', '사과')
  const meanwhile = [
    () => put(base, 'a.txt', '배'),
    () => client.call('DELETE', `/${base}/documents/${second}`),
  ]
  const slow = processWith({
    async add(...of) {
      await meanwhile.shift()?.()
      await engine.add(...of)
    },
  })

  await slow.found(base, '사과')

  expect(await slow.found(base, '배')).toEqual([first])
  expect(await slow.found(base, '사과')).toEqual([])
  const fresh = processWith({})
  expect(await fresh.found(base, '배')).toEqual([first])
  expect(await fresh.found(base, '사과')).toEqual([])
})

test('whoever writes what another process has replaced meanwhile leaves nothing of it', async () => {
  const base = (await client.createBase()) as KnowledgeBaseId
  const id = await put(base, 'a.txt', '사과')
  const fast = processWith({})
  let isSlow = true
  const slow = processWith({
    async add(...of) {
      if (isSlow) {
        isSlow = false
        await put(base, 'a.txt', '배')
        expect(await fast.found(base, '배')).toEqual([id])
        await put(base, 'b.txt', '감')
        await fast.found(base, '감')
      }
      await engine.add(...of)
    },
  })

  await slow.found(base, '사과')

  expect(await slow.found(base, '배')).toEqual([id])
  await eventually(async () => expect(await engine.rowsOf(base, new Map([[id, 1]]))).toEqual([]))
  expect(await engine.rowsOf(base, new Map([[id, 2]]))).toHaveLength(1)
})

test('what is still being written when its base is deleted goes with it', async () => {
  const { pool } = knowledge
  const base = (await client.createBase()) as KnowledgeBaseId
  const id = await put(base, 'a.txt', '사과')
  // It knows of no engine, and would remove the base at once.
  await knowledge.stop(worker)
  const db = new PrismaClient({ adapter: new PrismaPg(pool) })
  const bases = createKnowledgeBaseStore(pool, db, undefined)
  const purge = async () => {
    while ((await bases.purge(100, engine.forget)) > 0);
    const { rowCount } = await pool.query('SELECT FROM knowledge_base WHERE id = $1', [base])
    return rowCount
  }
  const slow = processWith({
    async add(...of) {
      await client.call('DELETE', `/${base}`)
      expect(await purge()).toBe(1)
      await engine.add(...of)
    },
  })

  await expect(slow.found(base, '사과')).rejects.toMatchObject({ code: 'knowledge-base.not-found' })
  expect(await engine.rowsOf(base, new Map([[id, 1]]))).toHaveLength(1)

  // Tidied up.
  await slow.close()
  await pool.query(
    `UPDATE knowledge_base SET deleted_at = now() - interval '16 minutes' WHERE id = $1`,
    [base],
  )
  expect(await purge()).toBe(0)
  expect(await engine.rowsOf(base, new Map([[id, 1]]))).toEqual([])
})
