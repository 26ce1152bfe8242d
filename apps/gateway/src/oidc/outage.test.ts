import { loadConfig } from '@dure/platform'
import { eventually } from '@dure/platform/testing'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { Config } from '../config.ts'
import { as, keyClient } from '../keys/testing/key-client.ts'
import { refusalIn, startGateway, type TestGateway } from '../testing/gateway.ts'
import { providerSettings } from './provider-service.ts'
import { AUDIENCE, newKey, startIssuer, type TestIssuer } from './testing/issuer.ts'

let issuer: TestIssuer
let gateway: TestGateway
const { ask } = keyClient(() => gateway)
beforeAll(async () => {
  issuer = await startIssuer()
  gateway = await startGateway({ OIDC_ISSUER: issuer.origin, OIDC_AUDIENCE: AUDIENCE })
  const body = { role: 'owner', externalSubject: 'hana' }
  expect((await ask('POST', '/v2/members', body)).status).toBe(201)
})
afterEach(() => {
  issuer.mode = 'up'
})
afterAll(async () => {
  await gateway.close()
  await issuer.close()
})

const askAt = (origin: string, token: string) => fetch(`${origin}/v1/runs`, { headers: as(token) })

test.each(['down', 'silent'] as const)('while the issuer is %s, known keys go on', async (mode) => {
  const token = await issuer.sign({ sub: 'hana' })
  const { origin } = await gateway.replica()
  expect((await askAt(origin, token)).status).toBe(200)
  issuer.mode = mode
  const newToken = await issuer.sign({ sub: 'hana', jti: mode })
  expect((await askAt(origin, newToken)).status).toBe(200)
  const unknown = await issuer.sign({ sub: 'hana' }, { key: await newKey(`not-known-${mode}`) })
  // A moment after it has answered, it has no such key; later, nobody knows.
  await eventually(
    async () => {
      const response = await askAt(origin, unknown)
      expect(response.headers.get('retry-after')).toBe('5')
      expect(await refusalIn(response)).toEqual([503, 'identity-provider.unavailable'])
    },
    { timeoutMs: 40_000 },
  )
  expect((await gateway.fetch('/v1/runs')).status).toBe(200)
})

test('an issuer that was never there is no reason not to start, and none to refuse a token', async () => {
  issuer.mode = 'down'
  const { origin } = await gateway.replica()
  const token = await issuer.sign({ sub: 'hana' })
  const refusal = await refusalIn(await askAt(origin, token))
  expect(refusal).toEqual([503, 'identity-provider.unavailable'])
  issuer.mode = 'up'
  await eventually(async () => expect((await askAt(origin, token)).status).toBe(200), {
    timeoutMs: 40_000,
  })
})

test('a discovery document of another issuer leads to no keys; configured keys need none', async () => {
  const OIDC_ISSUER = `${issuer.origin}/`
  const token = await issuer.sign({ sub: 'hana', iss: OIDC_ISSUER })
  const other = await gateway.replica({ OIDC_ISSUER })
  const refusal = await refusalIn(await askAt(other.origin, token))
  expect(refusal).toEqual([503, 'identity-provider.unavailable'])
  const OIDC_JWKS_URL = `${issuer.origin}/keys`
  const configured = await gateway.replica({ OIDC_ISSUER, OIDC_JWKS_URL })
  expect((await askAt(configured.origin, token)).status).toBe(200)
})

test('an issuer without an audience, or the other way round, is a mistake', () => {
  const { OIDC_ISSUER: _issuer, OIDC_AUDIENCE: _audience, ...rest } = gateway.config
  expect(providerSettings(rest)).toBeUndefined()
  for (const part of [
    { OIDC_ISSUER: 'https://id.example' },
    { OIDC_AUDIENCE: AUDIENCE },
    { OIDC_JWKS_URL: 'https://id.example/keys' },
  ]) {
    expect(() => providerSettings({ ...rest, ...part })).toThrow(/set together/)
  }
})

test.each([
  'http://id.example',
  'http://localhost.evil.example',
  'http://localhost:80@evil.example',
  'http://127.0.0.1.evil.example/',
  'https://user:secret@id.example',
  'ftp://id.example',
  'id.example',
])('%s is no address of an issuer', (url) => {
  const env = Object.fromEntries(
    Object.entries(gateway.config).map(([name, value]) => [name, String(value)]),
  )
  expect(() => loadConfig(Config, env)).not.toThrow()
  for (const name of ['OIDC_ISSUER', 'OIDC_JWKS_URL']) {
    expect(() => loadConfig(Config, { ...env, [name]: url })).toThrow(new RegExp(name))
  }
})
