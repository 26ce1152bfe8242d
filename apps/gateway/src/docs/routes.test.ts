import { runInNewContext } from 'node:vm'
import { createService, type Service } from '@dure/platform'
import { silentLog } from '@dure/platform/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { docsRoutes } from './routes.ts'

let service: Service
beforeAll(async () => {
  service = await createService({ name: 'gateway', log: silentLog() })
  await service.register(docsRoutes)
})
afterAll(() => service.close())

describe('the documentation page', () => {
  test.each(['/docs', '/docs/'])('is at %s, with everything it needs from here', async (url) => {
    const page = await service.inject(url)
    expect(page.headers['content-type']).toMatch('text/html')
    const needed = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path = '']) => path)
    expect(needed.length).toBeGreaterThan(2)
    for (const path of needed) {
      expect(path).toMatch(/^\/docs\//)
      expect((await service.inject(path)).statusCode).toBe(200)
    }
  })

  test.each([
    ['', '/openapi.json', ''],
    ['?version=v1', '/v1/openapi.json', 'v1'],
    ['?version=v2', '/v2/openapi.json', 'v2'],
    ['?version=//elsewhere.example', '/openapi.json', ''],
  ])('with the address %j reads %s', async (search, url, selected) => {
    const { body } = await service.inject('/docs/start.js')
    const page = (await service.inject('/docs')).body
    const options = [...page.matchAll(/<option value="(.*?)">/g)].map(([, value]) => ({ value }))
    const version = { options, value: '', addEventListener() {} }
    const read: { url?: string } = {}
    runInNewContext(body, {
      document: { forms: { choice: { elements: { version } } } },
      location: { search },
      window: {},
      URLSearchParams,
      SwaggerUIBundle: (settings: object) => Object.assign(read, settings),
    })
    expect([read.url, version.value]).toEqual([url, selected])
  })

  test('may load nothing from elsewhere', async () => {
    const { headers } = await service.inject('/docs')
    expect(headers['content-security-policy']).toMatch(/default-src 'self'/)
    expect(headers['content-security-policy']).not.toMatch(/https?:/)
  })
})
