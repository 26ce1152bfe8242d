import type { KnowledgeBaseId } from '@dure/contracts'
import { eventually, silentLog } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPostgresBlobStore } from '../../blobs/postgres-blob-store.ts'
import { setUpKnowledge } from '../../testing.ts'
import { createBaseIndex, NO_CONTENTS } from '../base-index.ts'
import { createBringUp, type IndexSink } from '../bring-up-store.ts'
import { createSnapshotService } from './service.ts'
import { createSnapshotStore } from './store.ts'

let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let client: ReturnType<typeof knowledge.client>

beforeAll(async () => {
  knowledge = await setUpKnowledge()
  client = knowledge.client(await knowledge.start('all'))
})
afterAll(() => knowledge.tearDown())

function setUp(analyzerVersion = 'ko-test') {
  const store = createSnapshotStore(knowledge.pool)
  const blobs = createPostgresBlobStore(knowledge.pool)
  const log = silentLog()
  const snapshots = createSnapshotService({
    ...{ store, blobs, log, analyzerVersion: () => analyzerVersion, leastChanges: 1 },
  })
  const bringUp = createBringUp(knowledge.pool)
  const { tenant } = knowledge
  return {
    store,
    snapshots,
    list: (base: KnowledgeBaseId) => blobs.list({ tenant, folder: base }),
    keep: (base: KnowledgeBaseId, index: ReturnType<typeof createBaseIndex>) =>
      snapshots.keep(tenant, base, index),
    open: (base: KnowledgeBaseId) => snapshots.open(tenant, base),
    /** An index as a process has it that opens the base, and the documents that it read from rows. */
    async load(base: KnowledgeBaseId) {
      const contents = (await snapshots.open(tenant, base)) ?? NO_CONTENTS
      const index = createBaseIndex(contents, () => {})
      const read: string[] = []
      const sink: IndexSink = {
        ...index.sink,
        put(id, version, passages) {
          read.push(id)
          index.sink.put(id, version, passages)
        },
      }
      await bringUp(tenant, base, sink)
      return { index, read }
    },
  }
}

const put = async (base: KnowledgeBaseId, name: string, text: string): Promise<string> => {
  const { id } = await client.put(base, name, text)
  await client.settled(base, id)
  return id
}

async function baseWith(...texts: readonly string[]) {
  const base = (await client.createBase()) as KnowledgeBaseId
  const ids: string[] = []
  for (const [at, text] of texts.entries()) ids.push(await put(base, `${at}.txt`, text))
  return { base, ids }
}

const found = (index: ReturnType<typeof createBaseIndex>, word: string) =>
  index.lexical
    .search({ morphemes: new Map([[word, 1]]), bigrams: new Map(), topK: 10 })
    .map(({ documentId }) => documentId)

test('a base is opened from its snapshot, and reads what has changed since from its rows', async () => {
  const { base, ids } = await baseWith('사과', '배', '감')
  const { load, keep } = setUp()
  const first = await load(base)
  expect(first.read.toSorted()).toEqual(ids.toSorted())
  await keep(base, first.index)

  expect((await load(base)).read).toEqual([])
  await put(base, '1.txt', '포도')
  await client.call('DELETE', `/${base}/documents/${ids[0]}`)
  const again = await load(base)

  expect(again.read).toEqual([ids[1]])
  expect([found(again.index, '포도'), found(again.index, '감')]).toEqual([[ids[1]], [ids[2]]])
  expect([found(again.index, '사과'), found(again.index, '배')]).toEqual([[], []])
})

test('a later snapshot has what was removed since, keeps what did not change, and removes the rest', async () => {
  const { base, ids } = await baseWith('사과', '배', '감', '귤', '포도', '수박')
  const { load, keep, list } = setUp()
  await keep(base, (await load(base)).index)
  const before = await list(base)
  await client.call('DELETE', `/${base}/documents/${ids[0]}`)
  const { index } = await load(base)
  await keep(base, index)

  const after = await list(base)
  const segment = before.filter((name) => name.startsWith('segment'))
  expect(after.filter((name) => name.startsWith('segment'))).toEqual(segment)
  expect(after).toHaveLength(before.length)
  expect(after).not.toEqual(before)
  const again = await load(base)
  expect([again.read, found(again.index, '사과'), found(again.index, '배')]).toEqual([
    [],
    [],
    [ids[1]],
  ])
})

describe('a snapshot is not used, and the base is built from its rows,', () => {
  const whenever = async (spoil: (base: KnowledgeBaseId) => Promise<unknown>) => {
    const { base, ids } = await baseWith('사과', '배')
    const { load, keep, open } = setUp()
    await keep(base, (await load(base)).index)
    await spoil(base)

    expect(await open(base)).toBeUndefined()
    const { index, read } = await load(base)
    expect(read).toHaveLength(2)
    await keep(base, index)
    expect((await load(base)).read).toEqual([])
    expect(found((await load(base)).index, '배')).toEqual([ids[1]])
  }
  const change = (kind: string, bytes: string) => (base: KnowledgeBaseId) =>
    knowledge.pool.query(
      `UPDATE blob_part SET bytes = ${bytes} WHERE folder = $1 AND name LIKE $2`,
      [base, `${kind}-%`],
    )

  test.each(['segment', 'manifest'])('when a byte of its %s is another one', (kind) =>
    whenever(change(kind, 'set_byte(bytes, 40, 255 - get_byte(bytes, 40))')),
  )

  test.each(['segment', 'manifest'])('when its %s is cut off', (kind) =>
    whenever(change(kind, 'substr(bytes, 1, length(bytes) - 8)')),
  )

  test.each(['segment', 'manifest'])('when its %s is something else', (kind) =>
    whenever(change(kind, `'it was never written by us'::bytea`)),
  )

  test.each(['segment', 'manifest'])('when its %s is missing', (kind) =>
    whenever((base) =>
      knowledge.pool.query('DELETE FROM blob_part WHERE folder = $1 AND name LIKE $2', [
        base,
        `${kind}-%`,
      ]),
    ),
  )

  test('when another analyzer has made it', async () => {
    const { base } = await baseWith('사과')
    await knowledge.pool.query('UPDATE knowledge_base SET analyzer_version = NULL WHERE id = $1', [
      base,
    ])
    const older = setUp('ko-older')
    await older.keep(base, (await older.load(base)).index)

    expect((await older.load(base)).read).toEqual([])
    expect((await setUp('ko-newer').load(base)).read).toHaveLength(1)
  })

  test('when the base is searched by other terms since', () =>
    whenever((base) =>
      knowledge.pool.query(`UPDATE knowledge_base SET terms_build = 'other' WHERE id = $1`, [base]),
    ))
})

test('an index with terms that the base is no longer searched by is not written down', async () => {
  const { base } = await baseWith('사과')
  const { load, keep, list } = setUp()
  const { index } = await load(base)
  await knowledge.pool.query(`UPDATE knowledge_base SET terms_build = 'other' WHERE id = $1`, [
    base,
  ])

  await keep(base, index)
  expect(await list(base)).toEqual([])

  await keep(base, (await load(base)).index)
  expect(await list(base)).toHaveLength(2)
})

test('a snapshot is written when enough has changed, and by one process at a time', async () => {
  const { base } = await baseWith('사과')
  const { store, load, keep, list } = setUp()
  const { index } = await load(base)
  const claim = { tenant: knowledge.tenant, id: base, writer: 'somebody' }

  expect(await store.begin(claim)).toBe(true)
  await keep(base, index)
  expect(await list(base)).toEqual([])

  expect(await store.finish(claim, 'none', [])).toBe(true)
  await keep(base, index)
  const names = await list(base)
  expect(names).toHaveLength(2)
  await keep(base, index)
  expect(await list(base)).toEqual(names)
})

test('what a writer left who is gone is removed, and somebody else may write', async () => {
  const { base } = await baseWith('사과')
  const { store, snapshots, load, keep, list } = setUp()
  await keep(base, (await load(base)).index)
  const names = await list(base)
  const gone = { tenant: knowledge.tenant, id: base, writer: 'gone' }
  await store.begin(gone)
  const blobs = createPostgresBlobStore(knowledge.pool)
  await blobs.put({ tenant: knowledge.tenant, folder: base }, 'segment-lost', [new Uint8Array(3)])
  await knowledge.pool.query(
    `UPDATE index_snapshot SET writing_until = now() - interval '1 second' WHERE knowledge_base_id = $1`,
    [base],
  )

  await snapshots.purge(10)

  await eventually(async () => expect((await list(base)).toSorted()).toEqual(names.toSorted()))
  expect(await store.finish(gone, 'segment-lost', [])).toBe(false)
  await eventually(async () => expect(await store.begin({ ...gone, writer: 'next' })).toBe(true))
})

test('a base that is deleted leaves nothing behind', async () => {
  const { base } = await baseWith('사과')
  const { load, keep, list } = setUp()
  await keep(base, (await load(base)).index)
  expect(await list(base)).not.toEqual([])

  await client.call('DELETE', `/${base}`)

  await eventually(async () => {
    for (const table of [
      'index_snapshot WHERE knowledge_base_id',
      'knowledge_base WHERE id',
      'blob_part WHERE folder',
    ]) {
      const { rowCount } = await knowledge.pool.query(`SELECT FROM ${table} = $1`, [base])
      expect(rowCount).toBe(0)
    }
  })
})
