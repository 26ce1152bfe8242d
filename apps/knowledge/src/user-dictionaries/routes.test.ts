import type { Service } from '@dure/platform'
import { eventually, testTenant } from '@dure/platform/testing'
import { ANALYZER_VERSION } from '@dure/retrieval'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { STRANGER, setUpKnowledge } from '../testing.ts'
import { MAX_ENTRIES } from './dictionary-entry.ts'

let knowledge: Awaited<ReturnType<typeof setUpKnowledge>>
let app: Service
let client: ReturnType<typeof knowledge.client>

beforeAll(async () => {
  knowledge = await setUpKnowledge()
  app = await knowledge.start('all')
  client = knowledge.client(app)
})
afterAll(() => knowledge.tearDown())

type More = Parameters<typeof client.send>[2]
type Method = Parameters<typeof client.send>[0]
const call = (method: Method, path: string, more?: More) =>
  client.send(method, `/v1/dictionary-entries${path}`, more)
const create = async (body: object, more: More = {}) => call('POST', '', { body, ...more })
const ifMatch = (tag: unknown) => ({ headers: { 'if-match': String(tag) } })

afterEach(async () => {
  await knowledge.pool.query('DELETE FROM dictionary_entry')
  await knowledge.pool.query('DELETE FROM user_dictionary')
})

describe('a word of a project', () => {
  test('is created, read, listed, changed and deleted', async () => {
    const body = { surface: '세종시', parts: ['세종', '시'] }
    const created = await create(body)
    expect(created.statusCode).toBe(201)
    expect(created.json()).toMatchObject({ ...body, tag: 'NNG' })
    const path = `/${created.json().id}`
    expect(created.headers).toMatchObject({
      etag: '"1"',
      location: `/v1/dictionary-entries${path}`,
    })
    expect((await call('GET', path)).json()).toEqual(created.json())
    expect((await call('GET', '')).json()).toEqual({ data: [created.json()], nextCursor: null })

    const change = { body: { tag: 'NNP' } }
    const lost = await call('PUT', path, { ...change, ...ifMatch('"7"') })
    expect([lost.statusCode, lost.json().code]).toEqual([412, 'dictionary-entry.changed'])
    const changed = await call('PUT', path, { ...change, ...ifMatch('"1"') })
    expect(changed.json()).toMatchObject({ surface: '세종시', parts: [], tag: 'NNP' })
    expect((await call('DELETE', path, ifMatch('"1"'))).statusCode).toBe(412)
    expect((await call('DELETE', path, ifMatch(changed.headers.etag))).statusCode).toBe(204)
    expect((await call('GET', path)).json().code).toBe('dictionary-entry.not-found')
  })

  test('is there once, however often the same request comes', async () => {
    const key = 'e3a1c1c5-0d2c-4a5e-9a34-5f5c3b1b7d10'
    const [first, second] = [
      await create({ surface: '카공' }, { key }),
      await create({ surface: '카공' }, { key }),
    ]

    expect([first.statusCode, second.statusCode]).toEqual([201, 201])
    expect(second.json()).toEqual(first.json())
  })

  test('is the same in another case, width or composition', async () => {
    await create({ surface: 'T맵' })

    for (const surface of ['t맵', 'Ｔ맵', `T${'맵'.normalize('NFD')}`]) {
      const again = await create({ surface })
      expect([again.statusCode, again.json().code]).toEqual([409, 'dictionary-entry.exists'])
    }
    expect((await create({ surface: 't맵' }, { tenant: STRANGER })).statusCode).toBe(201)
  })

  test('of another project is as unknown as one that nobody has', async () => {
    const { id } = (await create({ surface: '우리말' })).json()

    for (const path of [`/${id}`, `/word_${'0'.repeat(32)}`]) {
      for (const [method, body] of [['GET'], ['PUT', {}], ['DELETE']] as const) {
        const answer = await call(method, path, { tenant: STRANGER, ...(body && { body }) })
        expect([answer.statusCode, answer.json().code]).toEqual([404, 'dictionary-entry.not-found'])
      }
    }
    expect((await call('GET', '', { tenant: STRANGER })).json().data).toEqual([])
  })

  test.each([
    [{ surface: '' }, '#/surface'],
    [{ surface: '두 낱말' }, '#/surface'],
    [{ surface: '두\u3000낱말' }, '#/surface'],
    [{ surface: '?!' }, '#/surface'],
    [{ surface: '\u200b' }, '#/surface'],
    [{ surface: '가'.repeat(101) }, '#/surface'],
    [{ surface: '세종시', parts: ['세종', '도'] }, '#/parts'],
    [{ surface: '세종시', parts: ['세종시', '\u200b'] }, '#/parts'],
    [{ surface: '세종시', tag: 'JKS' }, '#/tag'],
    [{ surface: '세종시', synonyms: [] }, '#/synonyms'],
  ])('is refused: %j', async (body, pointer) => {
    const refused = await create(body)

    expect(refused.statusCode).toBe(400)
    expect(refused.json().errors).toContainEqual(expect.objectContaining({ pointer }))
  })

  test('finds no room in a project that is full', async () => {
    const tenant = testTenant('7')
    await create({ surface: '첫말' }, { tenant })
    await knowledge.pool.query(
      `INSERT INTO dictionary_entry (id, organization_id, project_id, surface, normalised, parts, tag)
       SELECT 'word_' || n, $1, $2, 'w' || n, 'w' || n, '{}', 'NNG' FROM generate_series(2, $3) n`,
      [tenant.organizationId, tenant.projectId, MAX_ENTRIES],
    )

    const refused = await create({ surface: '끝말' }, { tenant })

    expect([refused.statusCode, refused.json().code]).toEqual([409, 'dictionary-entry.no-room'])
  })
})

describe('documents and questions of a project', () => {
  const chunks = async (documentId: string) => {
    const { rows } = await knowledge.pool.query(
      'SELECT morphemes, analyzer_version FROM chunk WHERE document_id = $1',
      [documentId],
    )
    return rows[0]
  }
  const analyzerOf = async (base: string) => {
    const sql = 'SELECT analyzer_version FROM knowledge_base WHERE id = $1'
    return (await knowledge.pool.query(sql, [base])).rows[0].analyzer_version
  }

  test('are read by its words from then on, and as before without them', async () => {
    const base = await client.createBase()
    const { id } = await client.put(base, 'cafe.txt', '동네 카공족을 위한 자리')
    await client.settled(base, id)
    expect((await chunks(id)).morphemes).not.toContain('카공족')

    const word = (await create({ surface: '카공족' })).json()

    await eventually(async () => expect((await chunks(id)).morphemes).toContain('카공족'))
    expect((await chunks(id)).analyzer_version).toMatch(/^ko-\d+\+[0-9a-f]{16}$/)
    expect(await analyzerOf(base)).toBe((await chunks(id)).analyzer_version)
    const [hit] = (await client.search(base, '카공족이 뭐야', { explain: true })).chunks
    expect(hit.explanation.matched).toEqual(['카공족'])

    await call('DELETE', `/${word.id}`)

    await eventually(async () => expect((await chunks(id)).analyzer_version).toBe(ANALYZER_VERSION))
    expect(await analyzerOf(base)).toBe(ANALYZER_VERSION)
    expect((await client.get(base, id)).version).toBe(1)
    expect((await client.search(base, '카공족')).chunks).toHaveLength(1)
  })

  test('are left alone by the words of others', async () => {
    const base = await client.createBase()
    await create({ surface: '갓생' }, { tenant: STRANGER })

    const { id } = await client.put(base, 'life.txt', '갓생을 사는 법')
    await client.settled(base, id)

    expect((await chunks(id)).morphemes).not.toContain('갓생')
    expect((await chunks(id)).analyzer_version).toBe(ANALYZER_VERSION)
  })
})
