import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { silentLog } from '../testing/index.ts'
import { createService, type Service } from './service.ts'

let service: Service
beforeEach(async () => {
  service = await createService({ name: 'things', log: silentLog() })
})
afterEach(() => service.close())

describe('a body of JSON', () => {
  test.each([
    ['a key twice', '{"size":1,"size":2}', 'request.duplicate-key', '#/size'],
    ['a NUL', '{"note":"\\u0000"}', 'request.unusable-text', '#/note'],
    ['1e999', '{"size":1e999}', 'request.number-too-large', '#/size'],
  ])('with %s is refused with its place', async (_what, payload, code, pointer) => {
    service.post('/things', { config: { public: true } }, async () => '')
    const refused = await service.inject({
      ...{ method: 'POST', url: '/things', payload },
      headers: { 'content-type': 'application/json' },
    })
    expect(refused.json()).toMatchObject({ status: 400, code, errors: [{ pointer }] })
  })

  test('that is not UTF-8 is refused, and not taken with other letters', async () => {
    service.post('/things', { config: { public: true } }, async () => '')
    const refused = await service.inject({
      ...{ method: 'POST', url: '/things', payload: Buffer.from('{"note":"\xff"}', 'latin1') },
      headers: { 'content-type': 'application/json' },
    })
    expect(refused.json()).toMatchObject({ status: 400, code: 'request.malformed-json' })
  })
})

describe('a request', () => {
  test('with another method than the path has is told which ones it has', async () => {
    service.get('/v1/missing', { config: { public: true } }, async () => '')
    const refused = await service.inject({ method: 'PUT', url: '/v1/missing?x=1' })
    expect(refused.json()).toMatchObject({ status: 405, code: 'route.method-not-allowed' })
    expect(refused.headers.allow).toBe('GET, HEAD')
    const unknown = await service.inject({ method: 'PUT', url: '/v1/unknown' })
    expect([unknown.json().code, unknown.headers.allow]).toEqual(['route.not-found', undefined])
  })

  test('with text that no database can store is told so, wherever it stands', async () => {
    service.get('/v1/texts/:text', { config: { public: true } }, async ({ params }) => {
      const { text } = params as { text: string }
      const cause = { originalCode: text }
      throw Object.assign(new Error('invalid byte sequence'), { code: 'P2010', cause })
    })
    for (const url of ['/v1/texts/a%00b', '/v1/texts/a?b=%00', '/v1/texts/22021']) {
      const refused = await service.inject(url)
      expect(refused.json()).toMatchObject({ status: 400, code: 'request.unusable-text' })
      expect(refused.headers['x-request-id']).toBe(refused.json().requestId)
    }
    expect((await service.inject('/v1/texts/22000')).statusCode).toBe(500)
  })
})
