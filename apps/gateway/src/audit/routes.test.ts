import { eventually } from '@dure/platform/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { refusalIn, startGateway, type TestGateway } from '../testing/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startGateway()
})
afterAll(() => gateway.close())

interface Entry {
  readonly seq: number
  readonly phase: string
  readonly action: string
  readonly status?: number
  readonly targets: readonly string[]
}
interface EntryPage {
  readonly data: readonly Entry[]
  readonly nextCursor: string | null
}

async function entries(query = ''): Promise<EntryPage> {
  const answer = await gateway.fetch(`/v1/audit-logs${query}`)
  expect(answer.status).toBe(200)
  return (await answer.json()) as EntryPage
}

const WORKFLOW = `wf_${'1'.repeat(32)}`

test('what a service is asked to change is in it, and so is what the gateway itself changes', async () => {
  await gateway.fetch(`/v1/workflows/${WORKFLOW}?secret=1`, { method: 'DELETE' })
  const deleted = [
    { phase: 'answered', action: 'DELETE /v1/workflows/{id}', status: 200, targets: [WORKFLOW] },
    { phase: 'asked', action: 'DELETE /v1/workflows/{id}', targets: [WORKFLOW] },
  ]
  // What came of a request is recorded when it is answered: the next one may come before that.
  await eventually(async () => expect((await entries()).data).toMatchObject(deleted))
  const key = JSON.stringify({ name: 'ci', scopes: ['runs:read'] })
  const headers = { 'content-type': 'application/json' }
  await gateway.fetch('/v1/api-keys', { method: 'POST', body: key, headers })
  await eventually(async () =>
    expect((await entries()).data).toMatchObject([
      { phase: 'answered', action: 'POST /v1/api-keys', status: 201 },
      { phase: 'asked', action: 'POST /v1/api-keys' },
      ...deleted,
    ]),
  )
  const found = await entries(`?target=${WORKFLOW}`)
  expect(found.data.map(({ action }) => action)).toEqual(Array(2).fill('DELETE /v1/workflows/{id}'))
  expect(JSON.stringify(found)).not.toContain('secret=1')
})

test('reading leaves nothing in it, and neither does starting a run', async () => {
  const before = (await entries()).data.length
  await gateway.fetch('/v1/workflows')
  await gateway.fetch(`/v1/workflows/${WORKFLOW}/runs`, { method: 'POST' })
  expect((await entries()).data).toHaveLength(before)
})

test('it comes in pages, the newest first', async () => {
  for (let n = 0; n < 3; n += 1) await gateway.fetch('/v1/schedules', { method: 'POST' })
  const first = await entries('?limit=2')
  const second = await entries(`?limit=2&cursor=${first.nextCursor}`)
  const seqs = [...first.data, ...second.data].map(({ seq }) => seq)
  expect(seqs).toEqual([...seqs].sort((a, b) => b - a))
  expect(new Set(seqs).size).toBe(4)
  const wrong = await gateway.fetch('/v1/audit-logs?cursor=WyJ4Il0')
  expect(await refusalIn(wrong)).toEqual([400, 'page.invalid-cursor'])
})

test('its end is signed for whoever wants to keep it', async () => {
  const answer = await gateway.fetch('/v1/audit-logs/head')
  const [newest] = (await entries('?limit=1')).data
  expect(await answer.json()).toMatchObject({ seq: newest?.seq, jws: expect.stringMatching(/^ey/) })
})
