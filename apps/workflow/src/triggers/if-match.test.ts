import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTriggerService, type TriggerHarness } from './testing/trigger-service.ts'

let harness: TriggerHarness
beforeAll(async () => {
  harness = await startTriggerService()
})
afterAll(() => harness.close())

const KINDS = [
  ['schedules', { cron: '0 3 * * *' }],
  ['webhook-triggers', {}],
  ['event-triggers', { eventName: 'order.paid' }],
] as const

async function create(kind: string, fields: object) {
  const body = { name: 'One', workflowId: await harness.workflow(), ...fields }
  const response = await harness.call({ method: 'POST', url: `/v1/${kind}`, body })
  const { id } = await response.json()
  return { url: `/v1/${kind}/${id}`, body, etag: response.headers.get('etag') ?? '' }
}

const etagAt = async (url: string) => (await harness.call({ url })).headers.get('etag')

describe.each(KINDS)('of the %s, one', (kind, fields) => {
  test('that somebody else has changed is neither changed nor deleted', async () => {
    const { url, body, etag } = await create(kind, fields)
    expect(await etagAt(url)).toBe(etag)
    const put = (match: string) =>
      harness.call({ method: 'PUT', url, body, headers: { 'if-match': match } })

    const changed = await put(etag)
    expect([changed.status, changed.headers.get('etag')]).toEqual([200, await etagAt(url)])
    const lost = await put(etag)
    expect([lost.status, (await lost.json()).code]).toEqual([412, 'trigger.changed'])
    const kept = await harness.call({ method: 'DELETE', url, headers: { 'if-match': etag } })
    expect(kept.status).toBe(412)

    const disabled = await harness.call({ method: 'POST', url: `${url}/disable` })
    expect(disabled.headers.get('etag')).toBe(await etagAt(url))
    expect((await put(`W/${await etagAt(url)}`)).status).toBe(412)
    expect((await put(`"x", ${await etagAt(url)}`)).status).toBe(200)
    expect((await put('*')).status).toBe(200)
    const last = (await etagAt(url)) ?? ''
    const gone = await harness.call({ method: 'DELETE', url, headers: { 'if-match': last } })
    expect(gone.status).toBe(204)
  })

  test('that was changed at the same moment keeps one of the changes', async () => {
    const { url, body, etag } = await create(kind, fields)
    const puts = Array.from({ length: 10 }, (_none, at) =>
      harness.call({
        ...{ method: 'PUT', url, body: { ...body, name: `Name ${at}` } },
        headers: { 'if-match': etag },
      }),
    )
    const statuses = (await Promise.all(puts)).map(({ status }) => status)
    expect(statuses.toSorted()).toEqual([200, ...Array(9).fill(412)])
  })

  test.each(['1', 'x"1"', '"1" "2"', '"1",', 'w/"1"', ''])(
    'refuses If-Match: %s',
    async (match) => {
      const { url, body } = await create(kind, fields)
      const headers = { 'if-match': match }
      const refused = await harness.call({ method: 'PUT', url, body, headers })
      expect(refused.status).toBe(400)
      expect(await refused.json()).toMatchObject({ errors: [{ pointer: '#/if-match' }] })
    },
  )

  test('that has not changed is not sent again', async () => {
    const { url, etag } = await create(kind, fields)
    for (const [match, status] of [
      [etag, 304],
      [`"x", W/${etag}`, 304],
      ['*', 304],
      ['"x"', 200],
    ] as const) {
      const answer = await harness.call({ url, headers: { 'if-none-match': match } })
      expect([match, answer.status, answer.headers.get('etag')]).toEqual([match, status, etag])
      if (status === 304) expect(await answer.text()).toBe('')
    }
  })
})

test.each([
  ['of another list', ['2026-11-27T00:00:00.000Z', `run_${'0'.repeat(32)}`]],
  ['of no time', ['-271821-04-20T00:00:00.000Z', `sch_${'0'.repeat(32)}`]],
  ['of another form', [`sch_${'0'.repeat(32)}`]],
])('a cursor %s is refused', async (_what, parts) => {
  const cursor = Buffer.from(JSON.stringify(parts)).toString('base64url')
  const refused = await harness.call({ url: `/v1/schedules?cursor=${cursor}` })
  expect([refused.status, await refused.json()]).toMatchObject([
    400,
    { code: 'page.invalid-cursor', errors: [{ pointer: '#/cursor' }] },
  ])
})

test.each([
  'limit=1&limit=2',
  'limit[]=1',
  'limit=',
  'limit=1e999',
  'cursor=a&cursor=b',
  'cursor=%00',
])(
  'a list that is asked for by ?%s is refused or answered, and fails in no case',
  async (query) => {
    expect([200, 400]).toContain((await harness.call({ url: `/v1/schedules?${query}` })).status)
  },
)
