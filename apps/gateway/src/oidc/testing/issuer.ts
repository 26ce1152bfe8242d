import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'

export const AUDIENCE = 'https://dure.example'

export interface SigningKey {
  readonly kid: string
  readonly alg: string
  readonly privateKey: CryptoKey
  /** As it is published. */
  readonly jwk: JWK
}

export interface TestIssuer {
  readonly origin: string
  /** What is published now: a test may add and remove. */
  readonly keys: SigningKey[]
  /** How it answers. */
  mode: 'up' | 'down' | 'silent'
  /** How often its keys were asked for. */
  readonly asked: () => number
  /** A token with these claims on top of good ones; undefined leaves one out. */
  sign(claims?: Claims, options?: SignOptions): Promise<string>
  close(): Promise<void>
}

/** Of any type: tokens may be wrong in every way. */
export type Claims = Readonly<Record<string, unknown>>

export interface SignOptions {
  readonly key?: SigningKey
  readonly header?: Claims
}

export async function newKey(kid: string, alg = 'ES256'): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  return { kid, alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } }
}

export const inS = (seconds: number) => Math.floor(Date.now() / 1000) + seconds

/** A real OpenID provider, as far as an API needs one: a discovery document and published keys. */
export async function startIssuer(): Promise<TestIssuer> {
  const keys = [await newKey('first')]
  let asked = 0
  const answer = (response: ServerResponse, body: object) =>
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
  const server = createServer((request, response) => {
    if (issuer.mode === 'silent') return
    if (issuer.mode === 'down') {
      response.writeHead(503).end()
    } else if (request.url === '/.well-known/openid-configuration') {
      answer(response, { issuer: issuer.origin, jwks_uri: `${issuer.origin}/keys` })
    } else {
      asked++
      answer(response, { keys: keys.map(({ jwk }) => jwk) })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const issuer: TestIssuer = {
    origin,
    keys,
    mode: 'up',
    asked: () => asked,
    sign(claims = {}, { key = keys[0] as SigningKey, header = {} } = {}) {
      const good = { iss: origin, aud: AUDIENCE, exp: inS(600), iat: inS(0) }
      return new SignJWT({ ...good, ...claims })
        .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'JWT', ...header })
        .sign(key.privateKey)
    },
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
  return issuer
}
