import type { Identity } from '@dure/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AgentUnderTest, startAgent } from '../tasks/testing/agent.ts'
import { GALLERY } from './gallery/index.ts'

let agent: AgentUnderTest
beforeAll(async () => {
  agent = await startAgent()
})
afterAll(() => agent.close())

async function get(url: string, as: Partial<Identity> = {}) {
  const headers = await agent.identity.headers('agent', as)
  return agent.app.inject({ method: 'GET', url, headers })
}

const scopes: Identity['scopes'] = ['models:use']

test('the gallery comes page by page, each template once', async () => {
  const seen: string[] = []
  let cursor = ''
  do {
    const { statusCode, json } = await get(`/v1/ai/templates?limit=7${cursor}`, { scopes })
    expect(statusCode).toBe(200)
    const { data, nextCursor } = json()
    seen.push(...data.map(({ id }: { id: string }) => id))
    cursor = nextCursor === null ? '' : `&cursor=${encodeURIComponent(nextCursor)}`
  } while (cursor !== '')

  expect(seen.toSorted()).toEqual(GALLERY.map(({ id }) => id).toSorted())
})

test('a question finds the best first, with what it needs', async () => {
  const q = encodeURIComponent('매일 아침 문의 요약 슬랙')
  const { data } = (await get(`/v1/ai/templates?q=${q}`)).json()

  expect(data[0]).toMatchObject({
    id: 'daily-inquiry-summary',
    triggerKinds: ['schedule'],
    nodeTypes: ['end', 'http', 'llm', 'start'],
  })
  expect(data.length).toBeLessThan(GALLERY.length)
})

test('a template comes with its graph and ready requests for its triggers', async () => {
  const found = (await get('/v1/ai/templates/daily-inquiry-summary')).json()

  expect(found).toMatchObject({
    graph: { nodes: expect.any(Array), edges: expect.any(Array) },
    triggers: [
      {
        method: 'POST',
        path: '/v1/schedules',
        body: { cron: '0 9 * * *', timeZone: 'Asia/Seoul' },
      },
    ],
  })
})

test.each([
  ['/v1/ai/templates/no-such-one', 404, 'template.not-found'],
  ['/v1/ai/templates?cursor=WyJ4Il0', 400, 'page.invalid-cursor'],
])('%s is answered with %i', async (url, status, code) => {
  const { statusCode, json } = await get(url)

  expect([statusCode, json().code]).toEqual([status, code])
})

test('is for keys that may use models', async () => {
  expect((await get('/v1/ai/templates', { scopes: ['workflows:read'] })).statusCode).toBe(403)
})
