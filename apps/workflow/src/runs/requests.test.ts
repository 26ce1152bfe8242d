import { testTenant } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Harness, startHarness, succeeded, supportGraph } from '../testing/harness.ts'

let harness: Harness
let workflowId: string
beforeAll(async () => {
  harness = await startHarness()
  harness.answer = ({ nodeId }) =>
    nodeId === 'find'
      ? succeeded({ chunks: [{ text: 'one' }], context: '[1] one' })
      : succeeded({ text: 'one [1]' }, 42)
  workflowId = await harness.publish(supportGraph)
})
afterAll(() => harness.close())

const question = { question: '환불을 받고 싶어요' }
const start = (body: unknown, headers = {}) =>
  harness.call({ method: 'POST', url: `/v1/workflows/${workflowId}/runs`, body, headers })

describe('a request for runs', () => {
  test('lists them newest first, page by page', async () => {
    for (let count = 0; count < 3; count++) await start({ input: question, mode: 'wait' })
    const seen: string[] = []
    let cursor = ''
    do {
      const url = `/v1/runs?limit=2&workflowId=${workflowId}&status=completed${cursor}`
      const page = await (await harness.call({ url })).json()
      seen.push(...page.data.map(({ id }) => id))
      cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`
    } while (cursor !== '')
    expect(seen).toEqual([...new Set(seen)].sort().reverse())
    expect(seen.length).toBeGreaterThanOrEqual(3)
  })

  test.each([
    ['without a field that the start asks for', {}, '#/input/question'],
    ['with a field of another type', { question: 7 }, '#/input/question'],
  ])('%s is refused where the field is missing', async (_name, input, pointer) => {
    const response = await start({ input })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      code: 'run.invalid-input',
      errors: [{ pointer }],
    })
  })

  test.each([
    ['a workflow that is not there', 404, 'workflow.not-found', `wf_${'0'.repeat(32)}`],
    ['a malformed id', 400, 'request.invalid', 'wf_1'],
  ])('of %s', async (_name, status, code, id) => {
    const url = `/v1/workflows/${id}/runs`
    const response = await harness.call({ method: 'POST', url, body: { input: {} } })
    expect([response.status, (await response.json()).code]).toEqual([status, code])
  })

  test('of another tenant finds nothing', async () => {
    const { id } = await (await start({ input: question, mode: 'wait' })).json()
    const as = { tenant: testTenant('9') }
    for (const url of [`/v1/runs/${id}`, `/v1/runs/${id}/events`, `/v1/workflows/${workflowId}`]) {
      expect((await harness.call({ url, as })).status).toBe(404)
    }
    const url = `/v1/workflows/${workflowId}/runs`
    const body = { input: question }
    expect((await harness.call({ method: 'POST', url, body, as })).status).toBe(404)
    expect((await (await harness.call({ url: '/v1/runs', as })).json()).data).toEqual([])
  })

  test('with a cursor or an event id of its own making is refused', async () => {
    const wellFormed = Buffer.from('["yesterday","x"]').toString('base64url')
    const urls = ['/v1/runs', '/v1/workflows', `/v1/workflows/${workflowId}/versions`]
    for (const url of urls.flatMap((path) => [
      `${path}?cursor=x`,
      `${path}?cursor=${wellFormed}`,
    ])) {
      const response = await harness.call({ url })
      expect([response.status, (await response.json()).code]).toEqual([400, 'page.invalid-cursor'])
    }
    const { id } = await (await start({ input: question, mode: 'wait' })).json()
    const headers = { 'last-event-id': 'x' }
    const events = await harness.call({ url: `/v1/runs/${id}/events`, headers })
    expect([events.status, (await events.json()).code]).toEqual([400, 'run.invalid-event-id'])
  })
})
