import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startTriggerService, type TriggerHarness } from '../testing/trigger-service.ts'
import { createWebhook } from '../testing/webhooks.ts'

let harness: TriggerHarness
beforeAll(async () => {
  harness = await startTriggerService()
})
afterEach(() => harness.runs.forget())
afterAll(() => harness.close())

describe('a trigger that waits', () => {
  test('answers with what the run responds, and lets no browser run it', async () => {
    const { url } = await createWebhook(harness, { respond: 'wait' })
    harness.runs.response = {
      status: 418,
      headers: { 'Content-Type': 'text/html', 'x-own': '1', 'set-cookie': 'a=b', location: '/x' },
      body: '<script>',
    }
    const response = await harness.deliver(url)
    expect([response.status, await response.text()]).toEqual([418, '<script>'])
    const { headers } = response
    expect([headers.get('content-type'), headers.get('x-own')]).toEqual(['text/html', '1'])
    expect([headers.get('set-cookie'), headers.get('location')]).toEqual([null, null])
    expect(headers.get('content-security-policy')).toContain('sandbox')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  test.each([
    [{ a: [1] }, 200, '{"a":[1]}', 'application/json'],
    [7, 200, '7', 'application/json'],
    [null, 201, 'null', 'application/json'],
    ['text', 200, 'text', 'text/plain'],
    [{ a: 1 }, 204, '', undefined],
  ])('answers %j', async (body, status, text, type) => {
    const { url } = await createWebhook(harness, { respond: 'wait' })
    harness.runs.response = { status, headers: {}, body }
    const response = await harness.deliver(url)
    expect([response.status, await response.text()]).toEqual([status, text])
    expect(response.headers.get('content-type')?.split(';')[0]).toBe(type)
  })

  test('answers with the run when nothing responds in time', async () => {
    const { url } = await createWebhook(harness, { respond: 'wait' })
    const response = await harness.deliver(url, { headers: { 'x-dure-deadline-ms': '50' } })
    expect([response.status, await response.json()]).toEqual([
      202,
      { runId: harness.runs.runs[0]?.runId },
    ])
  })

  test('cannot debounce', async () => {
    const { status, code } = await createWebhook(harness, {
      respond: 'wait',
      debounce: { ms: 500 },
    })
    expect([status, code]).toEqual([400, 'webhook-trigger.invalid'])
  })
})
