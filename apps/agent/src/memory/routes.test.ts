import { testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { type ApiCall, apiOf } from '../tasks/testing/api.ts'
import { forgetExpired } from './store.ts'

let agent: AgentUnderTest
let call: ReturnType<typeof apiOf>
beforeAll(async () => {
  agent = await startAgent({ ROLE: 'api' })
  call = apiOf(agent, '/v2/memory')
})
afterAll(() => agent.close())

const put = (path: string, value: unknown, of: ApiCall & { rest?: object } = {}) =>
  call('PUT', path, { ...of, body: { value, ...of.rest } })

async function found(owner: string, query: string): Promise<string[]> {
  const answer = await call('POST', '/search', { body: { scope: 'user', owner, query } })
  expect(answer.statusCode).toBe(200)
  return answer.json().data.map(({ memory }: { memory: { key: string } }) => memory.key)
}

describe('memory', () => {
  test('is written, read, replaced and forgotten by its key', async () => {
    const path = '/user/ada/food'
    const created = await put(path, { dish: '비빔밥' })
    expect(created.statusCode).toBe(201)
    expect(created.json()).toMatchObject({
      ...{ scope: 'user', owner: 'ada', key: 'food', value: { dish: '비빔밥' }, revision: 1 },
      ...{ text: 'dish\n비빔밥', source: 'api', writtenBy: 'key_test', expiresAt: null },
    })
    const read = await call('GET', path)
    expect([read.json(), read.headers.etag]).toEqual([created.json(), created.headers.etag])

    const headers = { 'if-match': String(read.headers.etag) }
    const replaced = await put(path, { dish: '냉면' }, { headers })
    expect([replaced.statusCode, replaced.json().revision]).toEqual([200, 2])
    const late = await put(path, { dish: '김밥' }, { headers })
    expect([late.statusCode, late.json().code]).toEqual([412, 'memory.changed'])
    expect((await call('DELETE', path, { headers })).statusCode).toBe(412)

    expect((await call('DELETE', path)).statusCode).toBe(204)
    expect((await call('GET', path)).json()).toMatchObject({
      status: 404,
      code: 'memory.not-found',
    })
    const gone = await put(path, 1, { headers })
    expect(gone.json()).toMatchObject({ status: 412, code: 'memory.changed' })
  })

  test('is listed page by page, of one owner or of all, and forgotten for one', async () => {
    const tenant = testTenant('3')
    for (const path of ['/user/bo/b', '/user/bo/a', '/user/cy/a', '/project/all/z']) {
      await put(path, path, { tenant })
    }
    const keys = (answer: { json(): { data: { owner: string; key: string }[] } }) =>
      answer.json().data.map(({ owner, key }) => `${owner}/${key}`)
    const first = await call('GET', '?limit=3', { tenant })
    const rest = await call('GET', `?limit=3&cursor=${first.json().nextCursor}`, { tenant })
    expect([...keys(first), ...keys(rest)]).toEqual(['all/z', 'bo/a', 'bo/b', 'cy/a'])
    expect(rest.json().nextCursor).toBeNull()
    expect(keys(await call('GET', '?scope=user&owner=bo', { tenant }))).toEqual(['bo/a', 'bo/b'])
    expect((await call('DELETE', '/user/bo', { tenant })).statusCode).toBe(204)
    expect(keys(await call('GET', '', { tenant }))).toEqual(['all/z', 'cy/a'])
  })

  test('is found in Korean whatever the particles, best first', async () => {
    await put('/user/kim/food', '매운 음식을 아주 좋아합니다')
    await put('/user/kim/home', '집은 제주도에 있다')
    await put('/user/kim/job', { title: '은행에서 일한다', since: 2019 })
    await put('/user/kim/pet', 'A cat', { rest: { text: '고양이를 키운다' } })
    expect(await found('kim', '무슨 음식을 좋아해요?')).toEqual(['food'])
    expect(await found('kim', '제주도가 집인가요')).toEqual(['home'])
    expect(await found('kim', '고양이는')).toEqual(['pet'])
    expect(await found('kim', '은행')).toEqual(['job'])
    expect(await found('kim', '2019')).toEqual(['job'])
    expect(await found('kim', 'food?')).toEqual(['food'])
    for (const nothing of ['학교에서', '는 을 를', '?!', 'cat']) {
      expect(await found('kim', nothing)).toEqual([])
    }
    expect(await found('lee', '음식')).toEqual([])
  })

  test('of somebody else is not there', async () => {
    const tenant = testTenant('2')
    await put('/project/all/plan', '환불은 7일')
    const body = { scope: 'project', owner: 'all', query: '환불' }
    expect((await call('POST', '/search', { body, tenant })).json().data).toEqual([])
    expect((await call('POST', '/search', { body })).json().data).toHaveLength(1)
    for (const method of ['GET', 'DELETE'] as const) {
      const foreign = await call(method, '/project/all/plan', { tenant })
      expect(foreign.json().code).toBe('memory.not-found')
    }
    expect((await call('DELETE', '/project/all', { tenant })).statusCode).toBe(204)
    await put('/project/all/plan', 'mine', { tenant })
    expect((await call('GET', '/project/all/plan')).json().value).toBe('환불은 7일')
  })

  test('of an agent or a thread needs one', async () => {
    for (const path of [`/agent/agt_${'0'.repeat(32)}/a`, `/thread/thr_${'0'.repeat(32)}/a`]) {
      expect((await put(path, 1)).json()).toMatchObject({
        ...{ status: 404, code: 'memory.owner-not-found' },
      })
    }
    const headers = await agent.identity.headers('agent')
    const thread = { method: 'POST', url: '/v2/threads', headers, payload: {} } as const
    const { id } = (await agent.app.inject(thread)).json()
    expect((await put(`/thread/${id}/a`, 1)).statusCode).toBe(201)
    await agent.app.inject({ method: 'DELETE', url: `/v2/threads/${id}`, headers })
    expect((await call('GET', `/thread/${id}/a`)).statusCode).toBe(404)
    expect((await put(`/thread/${id}/a`, 1)).statusCode).toBe(404)
  })

  test('that has expired is not there, and is deleted', async () => {
    const path = '/user/dee/code'
    await put(path, '환불', { rest: { expiresInS: 60 } })
    const expire = `UPDATE agent_memory SET expires_at = now() WHERE owner = 'dee'`
    await agent.pool.query(expire)
    expect((await call('GET', path)).statusCode).toBe(404)
    expect((await call('DELETE', path)).statusCode).toBe(404)
    expect(await found('dee', '환불')).toEqual([])
    const again = await put(path, 'new')
    expect([again.statusCode, again.json().revision]).toEqual([201, 1])
    await agent.pool.query(expire)
    expect(await forgetExpired(agent.pool, 10)).toBe(1)
    expect(await forgetExpired(agent.pool, 10)).toBe(0)
  })

  test('has bounds', async () => {
    const large = await put('/user/eve/a', 'x'.repeat(16_384))
    expect(large.json()).toMatchObject({ status: 400, code: 'memory.too-large' })
    await agent.pool.query(`INSERT INTO agent_memory (organization_id, project_id, scope, owner,
      key, value, text, terms, source, written_by)
      SELECT '${testTenant().organizationId}', '${testTenant().projectId}', 'user', 'eve', 'k' || n,
        '1', '', '{}', 'api', 'key_test' FROM generate_series(1, 1000) n`)
    const many = await put('/user/eve/a', 1)
    expect(many.json()).toMatchObject({ status: 409, code: 'memory.too-many' })
    expect((await put('/user/eve/k7', 2)).statusCode).toBe(200)
  })

  test.each([
    ['/user/ada/-', { value: 1 }, '#/key'],
    ['/user/-/a', { value: 1 }, '#/owner'],
    ['/team/ada/a', { value: 1 }, '#/scope'],
    ['/user/ada/a', {}, '#/value'],
    ['/user/ada/a', { value: 1, expiresInS: 0 }, '#/expiresInS'],
    ['/user/ada/a', { value: 1, source: 'agent' }, '#/source'],
  ])('is not written to %s with %j', async (path, body, pointer) => {
    const refused = await call('PUT', path, { body })
    expect([refused.statusCode, refused.json().errors[0].pointer]).toEqual([400, pointer])
  })

  test('keeps what JSON can say', async () => {
    const value = { text: '한글 \\ "', deep: [null, { n: 1.5 }] }
    const kept = await put('/user/ada/odd', value)
    expect(kept.statusCode).toBe(201)
    expect((await call('GET', '/user/ada/odd')).json().value).toEqual(value)
  })

  test('needs the scope of runs, and has pages by cursors of its own alone', async () => {
    expect((await call('GET', '', { scopes: ['agents:read'] })).statusCode).toBe(403)
    for (const cursor of ['bm8', Buffer.from('["team","a","b"]').toString('base64url')]) {
      expect((await call('GET', `?cursor=${cursor}`)).json().code).toBe('page.invalid-cursor')
    }
  })
})
