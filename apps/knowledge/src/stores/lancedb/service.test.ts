import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PrismaClient } from '../../generated/prisma/client.ts'
import { createKnowledgeBaseStore } from '../../knowledge-bases/store.ts'
import { person, setUpKnowledge } from '../../testing.ts'
import { connectEngine } from '../external/connect.ts'
import { createLanceEngine } from './engine.ts'
import { loadLance } from './rows.ts'

let uri: string
let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>

beforeAll(async () => {
  uri = await mkdtemp(join(tmpdir(), 'dure-lancedb-'))
  knowledge = await setUpKnowledge({ RETRIEVAL_STORE: 'lancedb', LANCEDB_URI: uri })
})
afterAll(async () => {
  await knowledge.tearDown()
  await rm(uri, { recursive: true })
})

const rowsOf = async (base: string) =>
  (await knowledge.pool.query('SELECT FROM knowledge_base WHERE id = $1', [base])).rowCount

const idsOf = ({ chunks }: { chunks: { documentName: string }[] }) =>
  chunks.map(({ documentName }) => documentName)

test('a service with LanceDB ingests, finds, follows changes, and fills an engine that was emptied', async () => {
  const [worker, api] = [await knowledge.start('worker'), await knowledge.start('api')]
  const client = knowledge.client(api)
  const base = await client.createBase()
  const { id } = await client.put(
    base,
    'leave.md',
    '# 휴가\n연차 휴가를 신청하려면 결재를 받습니다.',
  )
  await client.settled(base, id)
  await client.settled(base, (await client.put(base, 'food.md', '구내식당은 열두 시에 엽니다.')).id)

  expect(idsOf(await client.search(base, '연차 휴가 신청'))).toEqual(['leave.md'])

  await client.put(base, 'leave.md', '# 휴가\n휴직은 인사과에 알립니다.')
  await client.settled(base, id)
  expect((await client.search(base, '휴직')).chunks).toHaveLength(1)
  expect((await client.search(base, '연차 신청')).chunks).toEqual([])

  await client.call('DELETE', `/${base}/documents/${id}`)
  expect((await client.search(base, '휴직')).chunks).toEqual([])

  await Promise.all([knowledge.stop(worker), knowledge.stop(api)])
  await rm(uri, { recursive: true })
  const again = knowledge.client(await knowledge.start('api'))
  expect(idsOf(await again.search(base, '구내식당'))).toEqual(['food.md'])
})

test('a service with LanceDB finds for a reader what this reader may see', async () => {
  const app = await knowledge.start('all')
  const client = knowledge.client(app)
  const base = await client.createBase()
  const { id } = await client.put(base, 'board.md', '합병 계획은 사월에 발표합니다.')
  await client.settled(base, id)
  await client.settled(base, (await client.put(base, 'all.md', '휴가 계획은 팀장에게.')).id)
  const foundBy = async (name: string) =>
    idsOf(await knowledge.client(app, person(name)).search(base, '합병 계획')).toSorted()
  expect(await foundBy('bo')).toEqual(['all.md', 'board.md'])

  await client.call('PUT', `/${base}/documents/${id}/access`, {
    body: { access: ['user:usr_ana'] },
  })

  expect(await foundBy('bo')).toEqual(['all.md'])
  expect(await foundBy('ana')).toEqual(['all.md', 'board.md'])
})

test('a service with LanceDB leaves nothing of a deleted base there, also when it could not be reached at first', async () => {
  const engine = await createLanceEngine(await loadLance(), { uri })
  const client = knowledge.client(await knowledge.start('api'))
  const worker = await knowledge.start('worker')
  const [base, other] = [await client.createBase(), await client.createBase()]
  for (const each of [base, other]) {
    await client.settled(each, (await client.put(each, 'a.md', '연차 휴가를 신청합니다.')).id)
    await client.search(each, '휴가')
  }
  await knowledge.stop(worker)
  const isThere = async (id: string) =>
    (await readdir(uri)).some((table) => table.startsWith(`${id}-`))
  expect([await isThere(base), await isThere(other)]).toEqual([true, true])

  await client.call('DELETE', `/${base}`)
  const { pool } = knowledge
  await pool.query(
    `UPDATE knowledge_base SET deleted_at = now() - interval '16 minutes' WHERE id = $1`,
    [base],
  )
  const db = new PrismaClient({ adapter: new PrismaPg(pool) })
  const store = createKnowledgeBaseStore(pool, db, undefined)
  const down = async () => {
    throw new Error('Nobody is there')
  }
  while ((await store.purge(100, down)) > 0);
  expect(await rowsOf(base)).toBe(1)
  expect(await isThere(base)).toBe(true)

  while ((await store.purge(100, engine.forget)) > 0);
  expect(await rowsOf(base)).toBe(0)
  expect([await isThere(base), await isThere(other)]).toEqual([false, true])
  expect(idsOf(await client.search(other, '휴가'))).toEqual(['a.md'])
  await engine.close()
})

test('a service does not start with a store that it cannot have, and says which setting is wrong', async () => {
  const none = { LANCEDB_URI: '', MILVUS_ADDRESS: '', MILVUS_TOKEN: '' }

  await expect(connectEngine({ ...none, RETRIEVAL_STORE: 'lancedb' })).rejects.toThrow(
    'set LANCEDB_URI',
  )
  await expect(connectEngine({ ...none, RETRIEVAL_STORE: 'milvus' })).rejects.toThrow(
    'set MILVUS_ADDRESS',
  )
  expect(await connectEngine({ ...none, RETRIEVAL_STORE: 'embedded' })).toBeUndefined()
})
