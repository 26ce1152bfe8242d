import { Type } from 'typebox'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { eventually, silentLog, testIdentity, testTenant } from '../testing/index.ts'
import { createService, type Service } from './service.ts'
import { keyedServices, told } from './testing/keyed-services.ts'

const caller = testIdentity()
let services: Awaited<ReturnType<typeof keyedServices>>
let one: Service
let other: Service
beforeAll(async () => {
  services = await keyedServices(caller)
  one = await services.start()
  other = await services.start()
})
beforeEach(async () => {
  await services.pool.query('TRUNCATE note, signal, idempotency_key')
  told.length = 0
})
afterAll(() => services.close())

interface Post {
  readonly on?: Service
  readonly url?: string
  readonly key?: string
  readonly body?: object | string
  readonly tenant?: ReturnType<typeof testTenant>
  readonly principalId?: string
}

async function post({ on = one, url = '/notes/a', key, body = { text: 'x' }, ...as }: Post = {}) {
  const identity = await caller.headers('agent', as)
  return on.inject({
    method: 'POST',
    url,
    headers: {
      ...identity,
      'content-type': 'application/json',
      ...(key !== undefined && { 'idempotency-key': key }),
    },
    payload: typeof body === 'string' ? body : JSON.stringify(body),
  })
}

const seen = ({ statusCode, headers, body }: Awaited<ReturnType<typeof post>>) => ({
  ...{ statusCode, body },
  location: headers.location,
  etag: headers.etag,
  type: headers['content-type'],
})

describe('a request that comes again with its key', () => {
  test('is answered as it was, elsewhere too, and says so', async () => {
    const first = await post({ key: 'k' })
    const again = await post({ key: 'k', on: other })
    expect(first).toMatchObject({ statusCode: 201 })
    expect(first.headers['idempotency-replayed']).toBeUndefined()
    expect(seen(again)).toEqual(seen(first))
    expect(again.headers['idempotency-replayed']).toBe('true')
    expect(await services.count('note')).toBe(1)
  })

  test('fifty times at once, at two processes, has one effect and fifty equal answers', async () => {
    const posts = Array.from({ length: 50 }, (_none, at) =>
      post({ key: 'k', on: at % 2 === 0 ? one : other }),
    )
    const answers = (await Promise.all(posts)).map(seen)
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(answers[0]).toMatchObject({ statusCode: 201, type: expect.stringMatching('json') })
    expect(await services.count('note')).toBe(1)
  })

  test('has one answer where the effect is no transaction, whoever answers first', async () => {
    const posts = Array.from({ length: 50 }, (_none, at) =>
      post({ key: 'k', url: '/signals', body: '{}', on: at % 2 === 0 ? one : other }),
    )
    const bodies = (await Promise.all(posts)).map(({ body }) => body)
    expect(new Set(bodies).size).toBe(1)
    expect(await services.count('signal')).toBe(1)
  })

  test('with its fields in another order is the same request', async () => {
    const first = await post({ key: 'k', url: '/notes/a', body: '{"text":"x","fails":"before"}' })
    expect(first.statusCode).toBe(409)
    await post({ key: 'k', body: '{"text":"x"}' })
    expect((await post({ key: 'k', body: ' { "text" : "x" } ' })).statusCode).toBe(201)
    expect(await services.count('note')).toBe(1)
  })

  test.each([
    ['another body', { body: { text: 'y' } }],
    ['another path', { url: '/notes/b' }],
    ['another query', { url: '/notes/a?b' }],
    ['another route', { url: '/signals' }],
  ])('with %s is refused, and does nothing', async (_what, change) => {
    await post({ key: 'k' })
    const refused = await post({ key: 'k', on: other, ...change })
    expect([refused.statusCode, refused.json().code]).toEqual([409, 'idempotency.key-reused'])
    expect([await services.count('note'), await services.count('signal')]).toEqual([1, 0])
  })

  test('of another tenant has nothing to do with it', async () => {
    await post({ key: 'k' })
    const theirs = await post({ key: 'k', body: { text: 'y' }, tenant: testTenant('2') })
    expect(theirs.json()).toMatchObject({ text: 'y' })
    expect(await services.count('note')).toBe(2)
  })

  test('of another one of the project is answered alike, unless there is a secret in it', async () => {
    const first = await post({ key: 'k' })
    expect(seen(await post({ key: 'k', principalId: 'key_other' }))).toEqual(seen(first))
    await post({ key: 's', url: '/secrets' })
    const theirs = await post({ key: 's', url: '/secrets', principalId: 'key_other' })
    expect(theirs.json().code).toBe('idempotency.key-reused')
    expect((await post({ key: 's', url: '/secrets' })).json()).toEqual({ secret: 'x' })
  })

  test('after a day is a new one', async () => {
    await post({ key: 'k' })
    await services.pool.query('UPDATE idempotency_key SET expires_at = now()')
    expect((await post({ key: 'k', body: { text: 'y' } })).json()).toMatchObject({ text: 'y' })
    expect((await post({ key: 'k', body: { text: 'y' } })).statusCode).toBe(201)
    expect(await services.count('note')).toBe(2)
  })

  test('whose answer has no body has none again', async () => {
    const headers = { ...(await caller.headers('agent')), 'idempotency-key': 'k' }
    for (const replayed of [undefined, 'true']) {
      const answer = await one.inject({ method: 'DELETE', url: '/notes', headers })
      expect([answer.statusCode, answer.body]).toEqual([204, ''])
      expect(answer.headers['idempotency-replayed']).toBe(replayed)
    }
  })
})

describe('a request with a key that', () => {
  test.each(['before', 'after', 'unavailable'] as const)(
    'fails %s its effect leaves nothing behind, and is tried again',
    async (fails) => {
      const status = fails === 'unavailable' ? 503 : 409
      for (const on of [one, other]) {
        expect((await post({ key: 'k', on, body: { text: 'x', fails } })).statusCode).toBe(status)
      }
      expect([await services.count('note'), told]).toEqual([0, []])
      expect((await post({ key: 'k' })).statusCode).toBe(201)
      expect([await services.count('note'), told]).toEqual([1, ['x']])
    },
  )

  test('dies before its answer was kept has done nothing', async () => {
    // What a process leaves that was killed: its connections are gone.
    await services.pool.query(`
      CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
      CREATE TRIGGER die BEFORE UPDATE ON idempotency_key FOR EACH ROW
      WHEN (NEW.answer IS NOT NULL) EXECUTE FUNCTION die()`)
    expect((await post({ key: 'k' })).statusCode).toBe(503)
    await services.pool.query('DROP FUNCTION die CASCADE')
    expect(await services.count('note')).toBe(0)
    expect((await post({ key: 'k', on: other })).statusCode).toBe(201)
    expect(await services.count('note')).toBe(1)
  })

  test('died after an effect that is no transaction has it once', async () => {
    await services.pool.query("INSERT INTO signal (id) VALUES ('k')")
    expect((await post({ key: 'k', url: '/signals', body: '{}' })).statusCode).toBe(202)
    expect(await services.count('signal')).toBe(1)
  })

  test('takes too long elsewhere is not done twice: the others are told to come again', async () => {
    const client = await services.pool.connect()
    const first = await post({ key: 'k' })
    await client.query('BEGIN; SELECT FROM idempotency_key FOR UPDATE')
    const meanwhile = await post({ key: 'k', on: other })
    await client.query('ROLLBACK')
    client.release()
    expect(meanwhile.json()).toMatchObject({ status: 409, code: 'idempotency.in-progress' })
    expect(meanwhile.headers['retry-after']).toBe('1')
    expect(seen(await post({ key: 'k', on: other }))).toEqual(seen(first))
  })
})

test('a key is any text of one line: a space in it is part of it', async () => {
  const first = await post({ key: 'order 7' })
  expect(seen(await post({ key: 'order 7', on: other }))).toEqual(seen(first))
  expect(seen(await post({ key: 'order 8' }))).not.toEqual(seen(first))
})

test.each(['', 'ü', 'x'.repeat(256)])('a key such as %j is refused', async (key) => {
  const refused = await post({ key })
  expect(refused.json()).toMatchObject({
    status: 400,
    errors: [{ pointer: '#/idempotency-key' }],
  })
})

test('what is kept can be read by nobody who has not the key, and goes after a day', async () => {
  await post({ key: 'k', body: { text: 'the secret' } })
  const { rows } = await services.pool.query('SELECT id, answer FROM idempotency_key')
  expect(JSON.stringify(rows)).not.toContain('"k"')
  expect(rows[0].answer.toString('latin1')).not.toContain('secret')
  await services.pool.query('UPDATE idempotency_key SET expires_at = now()')
  const late = await services.start()
  await eventually(async () => expect(await services.count('idempotency_key')).toBe(0))
  expect((await late.inject('/livez')).statusCode).toBe(200)
})

test('a service that keeps no answers does not start with a route that needs them', async () => {
  const service = await createService({ name: 'none', log: silentLog() })
  expect(() =>
    service.post(
      '/things',
      { config: { public: true, idempotency: 'effect' }, schema: { body: Type.Null() } },
      async () => '',
    ),
  ).toThrow(/nobody keeps its answers/)
  await service.close()
})
