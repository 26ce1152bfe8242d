import { Problem } from '@dure/contracts'
import { NotFoundError } from '@dure/kernel'
import { Type } from 'typebox'
import { afterEach, describe, expect, test } from 'vitest'
import { createIdentityVerifier } from '../identity.ts'
import { silentLog, testIdentity } from '../testing/index.ts'
import { signalOf } from './deadline.ts'
import { identityOf } from './policy.ts'
import { createService, drain, type Service } from './service.ts'

const CreateThing = Type.Object(
  { size: Type.Integer(), note: Type.Optional(Type.Unknown()) },
  { additionalProperties: false, $id: 'CreateThing' },
)
const Thing = Type.Object({ owner: Type.String() }, { $id: 'Thing' })

const caller = testIdentity()
let service: Service
afterEach(() => service.close())

async function start(checks = {}, work = {}, role: 'all' | 'worker' = 'all'): Promise<Service> {
  const verifier = createIdentityVerifier({ publicKey: caller.publicKey, audience: 'agent' })
  service = await createService({ name: 'things', log: silentLog(), verifier, role, checks, work })
  service.post(
    '/v1/things',
    {
      config: { scope: 'runs:write' },
      schema: {
        operationId: 'createThing',
        body: CreateThing,
        response: { 200: Thing, '4xx': Problem },
      },
    },
    async (request) => ({ owner: identityOf(request).principalId }),
  )
  service.get('/v1/secrets', { config: { public: true } }, async () => {
    throw new Error('password is hunter2')
  })
  service.get('/v1/missing', { config: { public: true } }, async () => {
    throw new NotFoundError('thing.not-found', 'There is no such thing')
  })
  service.get('/v1/slow', { config: { public: true } }, async (request) => {
    await new Promise((_resolve, reject) => {
      signalOf(request).addEventListener('abort', () => reject(signalOf(request).reason))
    })
  })
  return service
}

const post = async (payload: unknown, headers: Record<string, string> = {}) =>
  (await start()).inject({
    method: 'POST',
    url: '/v1/things',
    payload: payload as string,
    headers: { ...(await caller.headers('agent')), ...headers },
  })

describe('a request', () => {
  test('reaches its handler with the identity that the gateway vouches for', async () => {
    expect((await post({ size: 1 })).json()).toEqual({ owner: 'key_test' })
  })

  test('of the wrong shape is answered with a pointer to each field', async () => {
    const response = await post({ size: '1', colour: 'red' })

    expect(response.statusCode).toBe(400)
    expect(response.headers['content-type']).toMatch('application/problem+json')
    expect(response.json()).toMatchObject({
      code: 'request.invalid',
      errors: [
        { pointer: '#/colour', message: 'is not a known property' },
        { pointer: '#/size', message: 'must be integer' },
      ],
    })
  })

  const json = { 'content-type': 'application/json' }
  const nested = (depth: number) => `{"size":1,"note":${'['.repeat(depth)}${']'.repeat(depth)}}`
  test.each([
    ['65 levels deep', nested(64), json, 400, 'request.too-deep'],
    ['that is not JSON', '{', json, 400, 'request.malformed-json'],
    ['with nothing in it', '', { ...json, 'content-length': '0' }, 400, 'request.malformed-json'],
    ['with __proto__', '{"size":1,"__proto__":{}}', json, 400, 'request.malformed-json'],
    ['larger than 1 MiB', `"${'x'.repeat(1_100_000)}"`, json, 413, 'request.too-large'],
    [
      'of another type',
      '<a/>',
      { 'content-type': 'text/xml' },
      415,
      'request.unsupported-media-type',
    ],
  ])('with a body %s is refused', async (_name, payload, headers, status, code) => {
    const response = await post(payload, headers)
    expect([response.statusCode, response.json().code]).toEqual([status, code])
  })

  test.each([
    ['said', (body: Buffer<ArrayBuffer>) => body],
    ['found out', (body: Buffer<ArrayBuffer>) => new Blob([body]).stream()],
  ])(
    'with a body whose size is %s to be too large is answered while it is still sent',
    async (_how, bodyOf) => {
      const url = await (await start()).listen({ host: '127.0.0.1', port: 0 })
      const response = await fetch(`${url}/v1/things`, {
        method: 'POST',
        headers: { ...(await caller.headers('agent')), 'content-type': 'application/json' },
        body: bodyOf(Buffer.alloc(8_000_000, ' ')),
        duplex: 'half',
      })
      expect([response.status, (await response.json()) as object]).toMatchObject([
        413,
        { code: 'request.too-large' },
      ])
    },
  )

  test('with a body 64 levels deep is taken', async () => {
    expect((await post(nested(63), json)).statusCode).toBe(200)
  })

  test('without an identity, with one for another service, or with a forged one gets 401', async () => {
    await start()
    const stranger = testIdentity()
    for (const headers of [
      {},
      await caller.headers('workflow'),
      await stranger.headers('agent'),
      { 'x-dure-identity': 'not.a.token' },
    ]) {
      const response = await service.inject({ method: 'POST', url: '/v1/things', headers })
      expect([response.statusCode, response.headers['www-authenticate']]).toEqual([401, 'Bearer'])
    }
  })

  test('is known by what the service itself finds out, where no gateway stands in front', async () => {
    const identify = async ({ ip }: { readonly ip: string }) => ({
      ...caller.identity,
      principalId: `key_${ip.replaceAll('.', '')}`,
    })
    service = await createService({
      name: 'things',
      log: silentLog(),
      identify,
      trustedProxies: ['127.0.0.0/8'],
    })
    service.get('/v1/me', { config: { scope: 'runs:read' } }, async (request) =>
      identityOf(request),
    )
    const principalOf = async (forwardedFor: string) =>
      (await service.inject({ url: '/v1/me', headers: { 'x-forwarded-for': forwardedFor } })).json()
        .principalId
    // The last hop before a proxy that is trusted; what a client writes before it counts for nothing.
    expect(await principalOf('10.1.2.3')).toBe('key_10123')
    expect(await principalOf('10.1.2.3, 192.0.2.7')).toBe('key_192027')
  })

  test('whose key lacks the scope gets 403, which names it', async () => {
    const response = await post({ size: 1 }, await caller.headers('agent', { scopes: [] }))
    expect(response.json()).toMatchObject({
      status: 403,
      code: 'key.scope-missing',
      details: { scope: 'runs:write' },
    })
  })

  test('learns nothing about a bug, and the code of what we foresaw', async () => {
    await start()
    const bug = await service.inject('/v1/secrets')
    expect([bug.statusCode, bug.json().code]).toEqual([500, 'server.bug'])
    expect(bug.body).not.toContain('hunter2')
    const foreseen = await service.inject('/v1/missing')
    expect([foreseen.statusCode, foreseen.json().code]).toEqual([404, 'thing.not-found'])
  })

  test('keeps a well-formed request id and gets a new one for any other', async () => {
    await start()
    const idFor = async (id: string) =>
      (await service.inject({ url: '/livez', headers: { 'x-request-id': id } })).headers[
        'x-request-id'
      ]
    expect(await idFor('checkout-0001')).toBe('checkout-0001')
    expect(await idFor('x\ny')).toMatch(/^req_[0-9a-f]{32}$/)
  })

  test('is told when its deadline is over', async () => {
    await start()
    const response = await service.inject({
      url: '/v1/slow',
      headers: { 'x-dure-deadline-ms': '1' },
    })
    expect([response.statusCode, response.json().code]).toEqual([504, 'request.deadline-exceeded'])
  })
})

describe('a service', () => {
  test('does not start with a route that has no policy', async () => {
    await start()
    expect(() => service.get('/open', async () => '')).toThrow(/no policy/)
  })

  test('is alive, and ready only when each dependency is well', async () => {
    await start({
      database: async () => {},
      queue: async () => {
        throw new Error('connection refused')
      },
    })
    expect((await service.inject('/livez')).statusCode).toBe(200)
    const readiness = await service.inject('/readyz')
    expect(readiness.statusCode).toBe(503)
    expect(readiness.json()).toMatchObject({
      service: 'things',
      status: 'not-ready',
      checks: {
        database: { status: 'ok', latencyMs: expect.any(Number) },
        queue: { status: 'failing', reason: 'connection refused' },
      },
    })
  })

  test('that serves requests is degraded without what its work needs, a worker not ready', async () => {
    const work = {
      queue: async () => {
        throw new Error('connection refused')
      },
    }
    for (const [role, statusCode, status] of [
      ['all', 200, 'degraded'],
      ['worker', 503, 'not-ready'],
    ] as const) {
      await start({}, work, role)
      const readiness = await service.inject('/readyz')
      expect(readiness.statusCode).toBe(statusCode)
      expect(readiness.json()).toMatchObject({ status, checks: { queue: { status: 'failing' } } })
      if (role === 'all') await service.close()
    }
  })

  test('that drains is not ready, serves on, and lets go of connections', async () => {
    await start()
    drain(service)
    const readiness = await service.inject('/readyz')
    expect([readiness.statusCode, readiness.json().status]).toEqual([503, 'draining'])
    const served = await service.inject('/livez')
    expect([served.statusCode, served.headers.connection]).toEqual([200, 'close'])
  })

  test('describes itself: named schemas once, problems with their own media type', async () => {
    await start()
    const document = (await service.inject('/openapi.json')).json()
    const { requestBody, responses } = document.paths['/v1/things'].post
    expect(requestBody.content['application/json'].schema).toEqual({
      $ref: '#/components/schemas/CreateThing',
    })
    expect(responses['4XX'].content).toEqual({
      'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
    })
    expect(Object.keys(document.components.schemas)).toEqual(['CreateThing', 'Problem', 'Thing'])
  })

  test('describes what need not be sent, and that an enumeration is of texts', async () => {
    await start()
    const mode = Type.Enum(['fast', 'slow'], { default: 'fast' })
    service.get(
      '/v1/modes',
      { config: { public: true }, schema: { querystring: Type.Object({ mode }) } },
      async () => '',
    )
    const document = (await service.inject('/openapi.json')).json()
    const [parameter] = document.paths['/v1/modes'].get.parameters
    expect(parameter).toMatchObject({ name: 'mode', schema: { type: 'string', default: 'fast' } })
    expect(parameter.required ?? false).toBe(false)
  })

  test('says 503 and when to come again while its database does not answer', async () => {
    await start()
    const lost = { ECONNREFUSED: 'connect', '57P03': 'starting up', P1001: 'unreachable' }
    service.get('/v1/lost/:code', { config: { public: true } }, async ({ params }) => {
      const { code } = params as { code: keyof typeof lost }
      throw Object.assign(new Error(lost[code]), { code })
    })
    for (const code of Object.keys(lost)) {
      const response = await service.inject(`/v1/lost/${code}`)
      expect(response.json()).toMatchObject({ status: 503, code: 'database.unavailable' })
      expect(response.headers['retry-after']).toBe('5')
    }
  })

  test('counts its requests by route', async () => {
    await start()
    await service.inject('/v1/missing')
    expect((await service.inject('/metrics')).body).toMatch(
      /http_server_request_duration_seconds_count\{.*route="\/v1\/missing".*\} 1/,
    )
  })
})
