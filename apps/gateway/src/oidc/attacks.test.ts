import { randomUUID } from 'node:crypto'
import { base64url, type CryptoKey, exportSPKI, importJWK, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { as, keyClient } from '../keys/testing/key-client.ts'
import { refusalIn, startGateway, type TestGateway } from '../testing/gateway.ts'
import {
  AUDIENCE,
  type Claims,
  inS,
  newKey,
  type SigningKey,
  type SignOptions,
  startIssuer,
  type TestIssuer,
} from './testing/issuer.ts'

let issuer: TestIssuer
let gateway: TestGateway
const { ask } = keyClient(() => gateway)
const SUBJECT = 'hana'
beforeAll(async () => {
  issuer = await startIssuer()
  gateway = await startGateway({
    OIDC_ISSUER: issuer.origin,
    OIDC_AUDIENCE: AUDIENCE,
    LIMITS: '{"failures":null}',
  })
  const body = { role: 'owner', externalSubject: SUBJECT }
  expect((await ask('POST', '/v2/members', body)).status).toBe(201)
})
afterAll(async () => {
  await gateway.close()
  await issuer.close()
})

const asks = (token: string) => fetch(`${gateway.origin}/v1/runs`, { headers: as(token) })
const sign = (claims: Claims = {}, options: SignOptions = {}) =>
  issuer.sign({ sub: SUBJECT, ...claims }, options)
const encoded = (value: object) => base64url.encode(JSON.stringify(value))

async function isRefused(token: string, code = 'token.invalid'): Promise<void> {
  const response = await asks(token)
  expect(response.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"')
  expect(await refusalIn(response)).toEqual([401, code])
}

test('without a fault it is taken: what follows is refused for its fault', async () => {
  expect((await asks(await sign())).status).toBe(200)
})

describe('claims', () => {
  test.each<[string, () => Claims]>([
    ['another issuer', () => ({ iss: 'https://evil.example' })],
    ['an issuer with one letter more', () => ({ iss: `${issuer.origin}/` })],
    ['no issuer', () => ({ iss: undefined })],
    ['another audience', () => ({ aud: 'https://other.example' })],
    ['no audience', () => ({ aud: undefined })],
    ['no audience among several', () => ({ aud: ['a', `${AUDIENCE}.evil.example`] })],
    ['no end', () => ({ exp: undefined })],
    ['an end that is no number', () => ({ exp: '9999999999' })],
    ['a beginning in the future', () => ({ nbf: inS(120) })],
    ['no subject', () => ({ sub: undefined })],
    ['an empty subject', () => ({ sub: '' })],
    ['a subject that is a list', () => ({ sub: [SUBJECT] })],
    ['a subject with a NUL', () => ({ sub: `${SUBJECT}\0` })],
    ['half a character as subject', () => ({ sub: '\ud800' })],
    ['a subject that is too long', () => ({ sub: 'x'.repeat(256) })],
    ['the events of a logout', () => ({ events: { logout: {} } })],
  ])('with %s are refused', async (_what, claims) => isRefused(await sign(claims())))

  test('that were good until a minute ago are called expired', async () =>
    isRefused(await sign({ exp: inS(-60) }), 'token.expired'))

  test.each(["' OR true --", "hana'; DROP TABLE member; --", '%', 'dure.organization', 'HANA'])(
    'with the subject %s find nobody',
    async (sub) => isRefused(await sign({ sub }), 'token.unknown-member'),
  )
})

describe('a header', () => {
  test.each(['none', 'None', 'NONE', ''])('with alg %j is refused', async (alg) => {
    const payload = (await sign()).split('.')[1]
    for (const signature of ['', 'AA']) {
      const token = `${encoded({ alg, typ: 'JWT', kid: 'first' })}.${payload}.${signature}`
      await isRefused(token)
    }
  })

  test('with HS256 and the public key as the secret is refused', async () => {
    const rsa = await newKey('rsa', 'RS256')
    issuer.keys.push(rsa)
    const pem = await exportSPKI(
      (await importJWK(rsa.jwk, 'RS256', { extractable: true })) as CryptoKey,
    )
    const claims = { iss: issuer.origin, aud: AUDIENCE, sub: SUBJECT, exp: inS(60) }
    for (const secret of [pem, pem.trim(), JSON.stringify(rsa.jwk), String(rsa.jwk.n)]) {
      const token = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', kid: 'rsa', typ: 'JWT' })
        .sign(new TextEncoder().encode(secret))
      await isRefused(token)
    }
  })

  test.each([
    'unknown',
    '../../../../dev/null',
    '/etc/passwd',
    "first' UNION SELECT 'x' --",
    'https://evil.example/keys',
    'first\0',
    '__proto__',
    'constructor',
    '',
  ])('with the kid %j leads to no key', async (kid) => {
    const key = await newKey(kid)
    await isRefused(await sign({}, { key }))
  })

  test.each(['logout+jwt', 'dpop+jwt', 'secevent+jwt', 'JWE', 'application/jose', ''])(
    'with typ %j is of something else',
    async (typ) => isRefused(await sign({}, { header: { typ } })),
  )

  test('brings no key of its own', async () => {
    const evil = await startIssuer()
    const key: SigningKey = { ...(evil.keys[0] as SigningKey), kid: 'first' }
    const url = `${evil.origin}/keys`
    for (const header of [{ jku: url }, { x5u: url }, { jwk: key.jwk }, { x5c: ['MIIB'] }]) {
      await isRefused(await sign({}, { key, header }))
    }
    expect(evil.asked()).toBe(0)
    // Beside a good signature they change nothing.
    expect((await asks(await sign({}, { header: { jku: url, jwk: key.jwk } }))).status).toBe(200)
    expect(evil.asked()).toBe(0)
    await evil.close()
  })

  test('with extensions that must be understood, or too much in it, is refused', async () => {
    const [head = '', ...rest] = (await sign()).split('.')
    const known = JSON.parse(new TextDecoder().decode(base64url.decode(head)))
    await isRefused([encoded({ ...known, crit: ['exp'], exp: 1 }), ...rest].join('.'))
    await isRefused(await sign({}, { header: { x: 'x'.repeat(3000) } }))
    await isRefused(await sign({ x: 'x'.repeat(9000) }))
  })
})

describe('a token', () => {
  test('that is cut or changed anywhere is refused', async () => {
    const token = await sign()
    const [head, payload, signature] = token.split('.') as [string, string, string]
    const claims = JSON.parse(new TextDecoder().decode(base64url.decode(payload)))
    for (const broken of [
      token.slice(0, -10),
      `${head}.${payload}`,
      `${head}.${payload}.`,
      `${head}..${signature}`,
      `.${payload}.${signature}`,
      `${token}.${signature}`,
      `${head}.${encoded({ ...claims, sub: 'admin' })}.${signature}`,
      `${head}.${payload}.${'A'.repeat(signature.length)}`,
      'ey',
      '...',
    ]) {
      await isRefused(broken)
    }
  })

  test('that is signed by another with the name of a good key is refused', async () =>
    isRefused(await sign({}, { key: await newKey('first') })))

  test('in place of an API key, or an API key that looks like one, is none', async () => {
    const response = await fetch(`${gateway.origin}/v1/runs`, {
      headers: { 'x-api-key': await sign() },
    })
    expect(await refusalIn(response)).toEqual([401, 'key.malformed'])
    const keyed = await asks('dure_live_eyJ.a.b')
    expect(await refusalIn(keyed)).toEqual([401, 'key.malformed'])
  })

  test('without a configured issuer is no API key', async () => {
    const other = await startGateway()
    const response = await fetch(`${other.origin}/v1/runs`, { headers: as(await sign()) })
    expect(await refusalIn(response)).toEqual([401, 'key.malformed'])
    await other.close()
  })
})

test('invented keys make the issuer no more work than a few questions', async () => {
  const before = issuer.asked()
  const keys = await Promise.all(Array.from({ length: 40 }, () => newKey(randomUUID())))
  await Promise.all(keys.map(async (key) => isRefused(await sign({}, { key }))))
  // One in five seconds, on however slow a machine.
  expect(issuer.asked() - before).toBeLessThan(keys.length)
})

test('failed tokens count against their address, until none is looked at any more', async () => {
  const strict = await startGateway({
    OIDC_ISSUER: issuer.origin,
    OIDC_AUDIENCE: AUDIENCE,
    LIMITS: '{"failures":{"kind":"rate","per":"failures","limit":1,"periodS":3600,"burst":3}}',
  })
  const statuses: number[] = []
  for (let count = 0; count < 8; count++) {
    const response = await fetch(`${strict.origin}/v1/runs`, {
      headers: as(await sign({ iss: 'x', jti: String(count) })),
    })
    statuses.push(response.status)
  }
  expect(statuses).toContain(401)
  expect(statuses.at(-1)).toBe(429)
  await strict.close()
})
