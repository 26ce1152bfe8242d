import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type Headers, signatureFault } from './signature.ts'
import type { HmacAuth } from './webhook.ts'

const standard: HmacAuth = { mode: 'hmac', scheme: 'standard' }
const hub: HmacAuth = { mode: 'hmac', scheme: 'hub' }

describe('a standard signature', () => {
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
  const body = Buffer.from('{"name": "두레"}')
  const now = new Date(1_614_265_330_000)

  function signed(changes: Headers = {}, timestamp = '1614265330'): Headers {
    const signature = createHmac('sha256', Buffer.alloc(32, 7))
      .update(`msg_1.${timestamp}.${body}`)
      .digest('base64')
    return {
      'webhook-id': 'msg_1',
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
      ...changes,
    }
  }
  const fault = (headers: Headers, sent = body) =>
    signatureFault(standard, secret, { headers, body: sent, now })

  test('is good as it was sent, also as one of several', () => {
    expect(fault(signed())).toBeUndefined()
    const { 'webhook-signature': good } = signed()
    expect(fault(signed({ 'webhook-signature': `v1a,xyz v1,AAAA ${good}` }))).toBeUndefined()
  })

  test('with a secret that is no base64 is over its text', () => {
    const signature = createHmac('sha256', 'a secret of theirs')
      .update('a.1614265330.')
      .update(body)
    const headers = {
      ...signed({ 'webhook-id': 'a' }),
      'webhook-signature': `v1,${signature.digest('base64')}`,
    }
    expect(signatureFault(standard, 'a secret of theirs', { headers, body, now })).toBeUndefined()
  })

  test.each([
    ['of another body', signed(), Buffer.from('{"name":"두레"}')],
    ['of another id', signed({ 'webhook-id': 'msg_2' }), body],
    ['of another time', signed({ 'webhook-timestamp': '1614265331' }), body],
    ['of no time', signed({ 'webhook-timestamp': 'now' }, 'now'), body],
    ['that is missing', signed({ 'webhook-signature': undefined }), body],
    ['that is empty', signed({ 'webhook-signature': 'v1,' }), body],
    ['of another version', signed({ 'webhook-signature': 'v2,AAAA' }), body],
    ['without an id', signed({ 'webhook-id': undefined }), body],
    ['twice in a header', signed({ 'webhook-signature': ['v1,a', 'v1,b'] }), body],
  ])('%s is wrong', (_name, headers, sent) => {
    expect(fault(headers, sent)).toBe('hook.invalid-signature')
  })

  test('is good for five minutes, before and after', () => {
    const at = (shiftS: number) => fault(signed({}, String(1_614_265_330 + shiftS)))
    expect([at(-300), at(300)]).toEqual([undefined, undefined])
    expect([at(-301), at(301)]).toEqual(['hook.stale-timestamp', 'hook.stale-timestamp'])
  })

  test('is found under the names that the trigger gives', () => {
    const auth = { ...standard, signatureHeader: 'X-Signature', idHeader: 'X-Id' }
    const { 'webhook-id': id, 'webhook-signature': signature, ...rest } = signed()
    const headers = { ...rest, 'x-id': id, 'x-signature': signature }
    expect(signatureFault(auth, secret, { headers, body, now })).toBeUndefined()
    expect(signatureFault(auth, secret, { headers: signed(), body, now })).toBeDefined()
  })
})

describe('a signature as of GitHub', () => {
  // https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries
  const secret = "It's a Secret to Everybody"
  const hex = '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17'
  const fault = (headers: Headers, body: string) =>
    signatureFault(hub, secret, { headers, body: Buffer.from(body), now: new Date() })

  test('is good as they document it', () => {
    expect(fault({ 'x-hub-signature-256': `sha256=${hex}` }, 'Hello, World!')).toBeUndefined()
  })

  test.each([
    [`sha256=${hex}`, 'Hello, World'],
    [`sha1=${hex}`, 'Hello, World!'],
    [hex, 'Hello, World!'],
    ['sha256=', 'Hello, World!'],
    [undefined, 'Hello, World!'],
  ])('%s of %s is wrong', (signature, body) => {
    expect(fault({ 'x-hub-signature-256': signature }, body)).toBe('hook.invalid-signature')
  })
})
