import { createHmac } from 'node:crypto'
import { InvalidInputError, NotFoundError, UnavailableError } from '@dure/kernel'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { sha256 } from '../../sha256.ts'
import { startTriggerService, type TriggerHarness } from '../testing/trigger-service.ts'
import { createWebhook } from '../testing/webhooks.ts'

let harness: TriggerHarness
beforeAll(async () => {
  harness = await startTriggerService()
})
afterEach(() => harness.runs.forget())
afterAll(() => harness.close())

/** Of now, or of so many seconds ago. */
async function signed(secret: string, body: string, { id = 'msg_1', agoS = 0 } = {}) {
  const { rows } = await harness.pool.query('SELECT extract(epoch FROM now())::int AS now')
  const timestamp = String(rows[0].now - agoS)
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  }
}

describe('the URL of a webhook trigger', () => {
  test('is shown once, and stored as a hash', async () => {
    const { status, id, url, path, ...created } = await createWebhook(harness)
    expect([status, url]).toEqual([
      201,
      expect.stringMatching(/^\/hooks\/dure_live_hook_[0-9a-f]{64}$/),
    ])
    expect(created).toMatchObject({
      auth: { mode: 'none' },
      dedupe: { by: 'header', header: 'webhook-id' },
      debounce: null,
      respond: 'accepted',
    })
    const shown = await (await harness.call({ url: path })).json()
    expect(shown).toMatchObject({ id })
    expect(JSON.stringify(shown)).not.toContain('dure_live_hook')

    const { rows } = await harness.pool.query('SELECT * FROM webhook_trigger WHERE id = $1', [id])
    const token = url.replace('/hooks/', '')
    expect(rows[0].token_hash).toBe(sha256(token))
    expect(JSON.stringify(rows)).not.toContain(token)
  })

  test('starts a run with what was sent to it', async () => {
    const { id, url, path } = await createWebhook(harness, { version: 2, headers: ['X-Kind'] })
    const sent = await harness.send(`${url}?a=1&a=2`, '{ "total": 7 }', {
      'x-kind': 'order',
      'x-no': '1',
    })
    expect(sent).toEqual({ status: 202, runId: harness.runs.runs[0]?.runId })
    expect(harness.runs.calls).toEqual([
      {
        tenant: harness.tenant,
        startedBy: id,
        workflowId: expect.stringMatching(/^wf_/),
        version: 2,
        labels: { triggerId: id },
        input: { headers: { 'x-kind': 'order' }, query: { a: ['1', '2'] }, body: { total: 7 } },
      },
    ])
    expect(await harness.history(path)).toMatchObject([{ outcome: 'fired', runId: sent.runId }])
  })

  test.each([
    ['text/plain', 'hello', 'hello'],
    ['text/xml; charset=utf-8', '<a>두레</a>', '<a>두레</a>'],
    ['application/x-www-form-urlencoded', 'a=1&b=2', 'a=1&b=2'],
  ])('takes %s', async (type, body, expected) => {
    const { url } = await createWebhook(harness)
    expect((await harness.send(url, body, { 'content-type': type })).status).toBe(202)
    expect(harness.runs.calls[0]?.input).toMatchObject({ body: expected })
  })

  test('takes nothing at all', async () => {
    const { url } = await createWebhook(harness)
    expect((await harness.deliver(url)).status).toBe(202)
    expect(harness.runs.calls[0]?.input).toMatchObject({ body: null })
  })

  test.each([
    ['application/json', '{', 400, 'request.malformed-json'],
    ['application/json', '{"__proto__":{}}', 400, 'request.malformed-json'],
    ['application/json', '['.repeat(65) + ']'.repeat(65), 400, 'request.too-deep'],
    ['application/octet-stream', 'x', 415, 'request.unsupported-media-type'],
    ['text/plain', 'x'.repeat(1_048_577), 413, 'request.too-large'],
  ])('refuses bad %s', async (type, body, status, code) => {
    const { url } = await createWebhook(harness)
    expect(await harness.send(url, body, { 'content-type': type })).toMatchObject({ status, code })
    expect(harness.runs.calls).toEqual([])
  })

  test('answers in the same words when it is unknown, disabled or none', async () => {
    const { url, path } = await createWebhook(harness)
    await harness.call({ method: 'POST', url: `${path}/disable` })
    const answers = await Promise.all(
      [url, `/hooks/dure_live_hook_${'0'.repeat(64)}`, '/hooks/x'].map(async (one) => {
        const answer: object = await harness.send(one, '{}')
        return { ...answer, requestId: '', instance: '' }
      }),
    )
    expect(answers[0]).toMatchObject({ status: 404, code: 'hook.not-found' })
    expect([answers[1], answers[2]]).toEqual([answers[0], answers[0]])

    await harness.call({ method: 'POST', url: `${path}/enable` })
    expect((await harness.send(url, '{}')).status).toBe(202)
  })

  test('takes what the size of a body allows', async () => {
    const { url } = await createWebhook(harness)
    const body = 'x'.repeat(1_048_576)
    expect((await harness.send(url, body, { 'content-type': 'text/plain' })).status).toBe(202)
  })
})

describe('a signed delivery', () => {
  const body = '{ "id":  "두레" }'

  test('is taken as it was signed, to the byte', async () => {
    const { url, secret, path } = await createWebhook(harness, { auth: { mode: 'hmac' } })
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    const shown = await (await harness.call({ url: path })).text()
    expect(shown).not.toContain('whsec_')

    const headers = await signed(secret, body)
    expect((await harness.send(url, body, headers)).status).toBe(202)
    const wrong = await harness.send(url, '{"id":"두레"}', headers)
    expect(wrong).toMatchObject({ status: 401, code: 'hook.invalid-signature' })
    const stale = await harness.send(
      url,
      body,
      await signed(secret, body, { id: 'msg_2', agoS: 400 }),
    )
    expect(stale).toMatchObject({ status: 401, code: 'hook.stale-timestamp' })
    expect((await harness.send(url, body)).status).toBe(401)
    expect(harness.runs.runs).toHaveLength(1)
    expect((await harness.history(path)).map(({ reason }) => reason)).toEqual([
      'hook.invalid-signature',
      'hook.stale-timestamp',
      'hook.invalid-signature',
      null,
    ])
  })

  test('as of GitHub is taken, with a secret of theirs', async () => {
    const secret = 'sixteen letters!'
    const { url, ...created } = await createWebhook(harness, {
      auth: { mode: 'hmac', scheme: 'hub', secret },
      dedupe: { by: 'header', header: 'x-github-delivery' },
    })
    expect(created.secret).toBeUndefined()
    const hex = createHmac('sha256', secret).update(body).digest('hex')
    const headers = { 'x-hub-signature-256': `sha256=${hex}`, 'x-github-delivery': 'd1' }
    const first = await harness.send(url, body, headers)
    expect(first.status).toBe(202)
    expect(await harness.send(url, body, headers)).toEqual(first)
    expect((await harness.send(url, `${body} `, headers)).status).toBe(401)
  })

  test('keeps its secret when the trigger changes, and gets one when it has none', async () => {
    const { url, path, body: saved } = await createWebhook(harness)
    const auth = { mode: 'hmac' }
    const change = (fields: object) =>
      harness.call({ method: 'PUT', url: path, body: { ...saved, ...fields } })
    const { secret } = await (await change({ auth })).json()
    expect((await (await change({ auth, name: 'Other' })).json()).secret).toBeUndefined()
    expect((await harness.send(url, body, await signed(secret, body))).status).toBe(202)
  })
})

describe('a delivery that is sent again', () => {
  test('is answered with the same run, and starts nothing', async () => {
    const { url, path } = await createWebhook(harness)
    const first = await harness.send(url, '{"n":1}', { 'webhook-id': 'a' })
    // A sender that signs anew sends other headers, and some send another body.
    const again = await harness.send(url, '{"n":2}', { 'webhook-id': 'a', 'user-agent': 'other' })
    expect(again).toEqual(first)
    expect(harness.runs.calls).toHaveLength(1)
    expect((await harness.send(url, '{"n":1}', { 'webhook-id': 'b' })).runId).not.toBe(first.runId)
    expect(await harness.history(path)).toMatchObject([
      { outcome: 'fired' },
      { outcome: 'skipped', reason: 'duplicate', runId: first.runId },
      { outcome: 'fired' },
    ])
  })

  test.each([
    [
      { by: 'pointer', pointer: '/event/id' },
      '{"event":{"id":"e1"},"n":1}',
      '{"event":{"id":"e1"}}',
    ],
    [{ by: 'body' }, '{"n":1}', '{"n":1}'],
  ])('is known by %j', async (dedupe, one, same) => {
    const { url } = await createWebhook(harness, { dedupe })
    const first = await harness.send(url, one)
    expect(await harness.send(url, same)).toEqual(first)
    expect((await harness.send(url, '{"event":{"id":"e2"}}')).runId).not.toBe(first.runId)
    expect(harness.runs.runs).toHaveLength(2)
  })

  test('at the same moment starts one run', async () => {
    const { url } = await createWebhook(harness)
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => harness.send(url, '{}', { 'webhook-id': 'same' })),
    )
    expect(new Set(answers.map(({ runId }) => runId)).size).toBe(1)
    expect(harness.runs.runs).toHaveLength(1)
  })

  test('after a process has died on the first starts the run of the first', async () => {
    const { url } = await createWebhook(harness)
    harness.runs.failure = new UnavailableError('database.unavailable', 'Down')
    expect((await harness.send(url, '{"n":1}', { 'webhook-id': 'a' })).status).toBe(503)
    harness.runs.failure = undefined
    expect((await harness.send(url, '{"n":2}', { 'webhook-id': 'a' })).status).toBe(202)
    expect(harness.runs.runs.map(({ request }) => request.input)).toMatchObject([
      { body: { n: 1 } },
    ])
  })

  test('after it was refused is looked at anew', async () => {
    const { url, path } = await createWebhook(harness)
    harness.runs.failure = new InvalidInputError('run.invalid-input', 'Not so')
    const refused = await harness.send(url, '{"n":1}', { 'webhook-id': 'a' })
    expect(refused).toMatchObject({ status: 400, code: 'run.invalid-input' })
    harness.runs.failure = undefined
    expect((await harness.send(url, '{"n":2}', { 'webhook-id': 'a' })).status).toBe(202)
    expect(harness.runs.runs.map(({ request }) => request.input)).toMatchObject([
      { body: { n: 2 } },
    ])
    expect((await harness.history(path)).map(({ reason }) => reason)).toEqual([
      null,
      'run.invalid-input',
    ])
  })
})

test('a sender does not learn how the project is set up', async () => {
  const { url } = await createWebhook(harness)
  harness.runs.failure = new NotFoundError('workflow.version-not-found', 'There is no version 9')
  const answer = await harness.send(url, '{}')
  expect(answer).toMatchObject({ status: 409, code: 'hook.unavailable' })
  expect(JSON.stringify(answer)).not.toContain('version')
})

test('a burst of a hundred becomes one run, with what came last', async () => {
  const { id, url } = await createWebhook(harness, { debounce: { ms: 500 } })
  for (let n = 1; n < 100; n++) await harness.send(url, `{"n":${n}}`, { 'webhook-id': `m${n}` })
  const last = await harness.send(url, '{"n":100}', { 'webhook-id': 'm100' })
  expect(harness.runs.runs).toEqual([
    {
      runId: last.runId,
      request: expect.objectContaining({
        input: expect.objectContaining({ body: { n: 100 } }),
        debounce: { key: `webhook:${id}`, ms: 500 },
      }),
    },
  ])
  // One of the burst that is sent again changes nothing of that.
  expect((await harness.send(url, '{"n":1}', { 'webhook-id': 'm1' })).runId).toBe(last.runId)
  expect(harness.runs.runs[0]?.request.input).toMatchObject({ body: { n: 100 } })
  for (const { idempotencyKey } of harness.runs.calls) expect(idempotencyKey).toBeUndefined()
})

test('bursts are told apart by what the trigger names', async () => {
  const { url } = await createWebhook(harness, { debounce: { ms: 500, key: '/user' } })
  for (const user of ['a', 'b', 'a', 'b']) await harness.send(url, JSON.stringify({ user }))
  expect(harness.runs.runs).toHaveLength(2)
})
