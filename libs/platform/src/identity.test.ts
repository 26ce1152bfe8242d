import { createPrivateKey } from 'node:crypto'
import { SignJWT } from 'jose'
import { expect, test } from 'vitest'
import { createIdentitySigner, createIdentityVerifier } from './identity.ts'
import { testIdentity } from './testing/index.ts'

const { identity, publicKey, privateKey } = testIdentity()
const signer = createIdentitySigner({ privateKey })
const verifier = createIdentityVerifier({ publicKey, audience: 'agent' })
const key = createPrivateKey(Buffer.from(privateKey, 'base64').toString())

const token = (claims: object, changes: { alg?: string; audience?: string; exp?: string } = {}) =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: changes.alg ?? 'EdDSA' })
    .setIssuer('dure-gateway')
    .setAudience(changes.audience ?? 'agent')
    .setExpirationTime(changes.exp ?? '1m')
    .sign(key)

test('what the gateway signs for a service, the service reads, the first time and again', async () => {
  const signed = await signer.sign(identity, 'agent')
  expect(await verifier.verify(signed)).toEqual(identity)
  expect(await verifier.verify(signed)).toEqual(identity)
})

test.each([
  ['none at all', async () => undefined],
  ['one for another service', () => signer.sign(identity, 'workflow')],
  ['one that has expired', () => token({ identity }, { exp: '1 minute ago' })],
  ['one without a tenant', () => token({ identity: { ...identity, tenant: null } })],
  [
    'one with scopes of its own making',
    () => token({ identity: { ...identity, scopes: ['all'] } }),
  ],
  ['one that somebody else signed', () => testIdentity().headers('agent').then(Object.values)],
  ['one that was changed', async () => `${await signer.sign(identity, 'agent')}x`],
  ['no token', async () => 'hello'],
])('a service takes no token but a good one: %s', async (_name, make) => {
  const [given] = [await make()].flat()
  await expect(verifier.verify(given)).rejects.toThrow(
    expect.objectContaining({ kind: 'unauthenticated' }),
  )
})
