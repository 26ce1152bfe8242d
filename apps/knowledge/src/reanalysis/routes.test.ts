import { withEveryTenant } from '@dure/platform'
import { eventually } from '@dure/platform/testing'
import { ANALYZER_VERSION } from '@dure/retrieval'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { STRANGER, setUpKnowledge } from '../testing.ts'
import { beginOutdated } from './begin-store.ts'
import { createReanalysisWorkStore } from './work-store.ts'

let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let client: ReturnType<typeof knowledge.client>
beforeAll(async () => {
  knowledge = await setUpKnowledge()
  client = knowledge.client(await knowledge.start('all'))
})
afterEach(async () => {
  await knowledge.pool.query('DELETE FROM knowledge_base')
  await knowledge.pool.query('DELETE FROM user_dictionary')
  await knowledge.pool.query('DELETE FROM dictionary_entry')
})
afterAll(() => knowledge.tearDown())

const pathOf = (base: string) => `/${base}/reanalysis`
const get = async (base: string) => (await client.call('GET', pathOf(base))).json()
const ended = (base: string, status: string) =>
  eventually(async () => expect(await get(base)).toMatchObject({ status }))
async function baseWith(...texts: readonly string[]): Promise<string> {
  const base = await client.createBase()
  for (const [at, text] of texts.entries()) {
    await client.settled(base, (await client.put(base, `${at}.txt`, text)).id)
  }
  return base
}
const addWord = async (surface: string): Promise<string> =>
  (await client.send('POST', '/v1/dictionary-entries', { body: { surface } })).json().id
const rowOf = async (base: string) => {
  const { rows } = await knowledge.pool.query(
    `SELECT analyzer_version AS version, terms_build AS build, terms_mixed AS mixed,
            (SELECT array_agg(DISTINCT chunk.analyzer_version) FROM chunk) AS own,
            (SELECT count(*)::int FROM chunk_terms) AS beside
       FROM knowledge_base WHERE id = $1`,
    [base],
  )
  return rows[0]
}
/** So that workers leave it alone for now. */
const begun = async (base: string) =>
  knowledge.pool.query(
    `INSERT INTO reanalysis (knowledge_base_id, organization_id, project_id, analyzer_version, total_count, due_at)
     VALUES ($1, $2, $3, $4, 2, now() + interval '1 hour')`,
    [base, knowledge.tenant.organizationId, knowledge.tenant.projectId, ANALYZER_VERSION],
  )
const goOn = (base: string) =>
  knowledge.pool.query('UPDATE reanalysis SET due_at = now() WHERE knowledge_base_id = $1', [base])

describe('the analysis of a base anew', () => {
  test('begins when words change, says how far it is, and ends', async () => {
    const base = await baseWith('카공족의 자리', '배민의 점심')
    const never = await client.call('GET', pathOf(base))
    expect([never.statusCode, never.json().code]).toEqual([404, 'reanalysis.not-found'])

    await addWord('카공족')
    await ended(base, 'done')

    const { version } = await rowOf(base)
    expect(await get(base)).toMatchObject({
      knowledgeBaseId: base,
      analyzerVersion: version,
      progress: { done: 2, total: 2 },
    })
    const late = await client.call('DELETE', pathOf(base))
    expect([late.statusCode, late.json().code]).toEqual([409, 'reanalysis.not-under-way'])
  })

  test('is stopped, begins again only when somebody says so, and then goes on to the end', async () => {
    const base = await baseWith('카공족의 자리')
    await begun(base)
    await addWord('카공족')
    expect((await client.call('POST', pathOf(base))).json().code).toBe(
      'reanalysis.already-under-way',
    )
    await knowledge.pool.query(
      `UPDATE reanalysis SET analyzer_version = $1 || '+' || (SELECT version FROM user_dictionary)`,
      [ANALYZER_VERSION],
    )

    expect((await client.call('DELETE', pathOf(base))).statusCode).toBe(204)

    expect(
      await withEveryTenant(knowledge.pool, (of) =>
        beginOutdated(of, ANALYZER_VERSION, { all: true }),
      ),
    ).toBe(false)
    expect(await get(base)).toMatchObject({ status: 'cancelled' })
    expect(await rowOf(base)).toMatchObject({ version: ANALYZER_VERSION, beside: 0 })
    const again = await eventually(async () => {
      const answer = await client.call('POST', pathOf(base))
      expect(answer.statusCode).toBe(202)
      return answer
    })
    expect(again.headers.location).toBe(`/v1/knowledge-bases/${base}/reanalysis`)
    await ended(base, 'done')
    await eventually(async () => {
      const { version, own, beside } = await rowOf(base)
      expect([own, beside]).toEqual([[version], 0])
    })
  })

  test('ends with the words as they are, when a change is taken back while it is at work', async () => {
    const base = await baseWith('카공족의 자리')
    const word = await addWord('카공족')
    await client.send('DELETE', `/v1/dictionary-entries/${word}`)

    await eventually(async () => {
      const { version, own, beside } = await rowOf(base)
      expect([version, own, beside]).toEqual([ANALYZER_VERSION, [ANALYZER_VERSION], 0])
      expect((await get(base).catch(() => ({}))).status).not.toBe('running')
    })
  })

  test('is of one project', async () => {
    const base = await baseWith()
    for (const method of ['GET', 'POST', 'DELETE'] as const) {
      const answer = await client.call(method, pathOf(base), { tenant: STRANGER })
      expect([answer.statusCode, answer.json().code]).toEqual([404, 'knowledge-base.not-found'])
    }
  })
})

describe('a base with the terms of another release', () => {
  const toOlder = async (base: string) => {
    await begun(base)
    await knowledge.pool.query(`UPDATE chunk SET analyzer_version = 'ko-0'`)
    await knowledge.pool.query(
      `UPDATE knowledge_base SET analyzer_version = 'ko-0', generation = generation + 1,
                                                          terms_build = 'older' WHERE id = $1`,
      [base],
    )
  }

  test('says that it is searched as well as this one can, takes documents, and gets terms of this one', async () => {
    const base = await baseWith('환불 규정', '휴가 신청')
    await toOlder(base)
    const older = await client.search(base, '환불')
    expect(older).toMatchObject({ degraded: true, degradedReason: 'search.other-analyzer' })
    expect(older.chunks).toHaveLength(1)
    await client.settled(base, (await client.put(base, 'new.txt', '환불 기한')).id)
    expect((await client.search(base, '환불')).chunks).toHaveLength(2)
    expect(await rowOf(base)).toMatchObject({ version: 'ko-0', mixed: true })

    await goOn(base)
    await ended(base, 'done')

    const now = await client.search(base, '환불')
    expect([now.degraded, now.chunks.length]).toEqual([undefined, 2])
    await eventually(async () =>
      expect(await rowOf(base)).toMatchObject({
        ...{ version: ANALYZER_VERSION, mixed: false, own: [ANALYZER_VERSION], beside: 0 },
      }),
    )
  })

  test('is left to that one, as long as it is there', async () => {
    const base = await baseWith('환불 규정')
    await toOlder(base)
    await knowledge.pool.query(`UPDATE reanalysis SET analyzer_version = 'ko-0', due_at = now()`)

    expect(await createReanalysisWorkStore(knowledge.pool).claim()).toBeUndefined()
    const begins = () =>
      withEveryTenant(knowledge.pool, (of) => beginOutdated(of, ANALYZER_VERSION, { all: true }))
    expect(await begins()).toBe(false)
    await knowledge.pool.query(`UPDATE reanalysis SET due_at = now() - interval '2 minutes'`)
    expect(await begins()).toBe(true)
    await ended(base, 'done')
    expect((await client.search(base, '환불')).degraded).toBeUndefined()
  })
})

test('a base of a release that did not say by what it is searched says so after a look at all passages, and keeps its index', async () => {
  const base = await baseWith('환불 규정', '휴가 신청')
  await knowledge.pool.query('UPDATE knowledge_base SET analyzer_version = NULL WHERE id = $1', [
    base,
  ])
  expect((await client.search(base, '환불')).chunks).toHaveLength(1)

  await withEveryTenant(knowledge.pool, (of) => beginOutdated(of, ANALYZER_VERSION, { all: true }))
  await ended(base, 'done')

  expect(await rowOf(base)).toMatchObject({ version: ANALYZER_VERSION, build: '', beside: 0 })
  expect((await client.search(base, '환불')).chunks).toHaveLength(1)
})
