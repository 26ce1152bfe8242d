import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { INTERNAL_HEADERS } from '@dure/contracts'
import { codeIn, parsed } from '../fuzz/fault.ts'
import { createConnection } from '../http/connection.ts'
import type { Attack } from './attack.ts'

type Claims = Readonly<Record<string, unknown>>

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Nobody but the gateway can say to a service who asks, and nobody can through the gateway. */
export const forgedIdentity: Attack = async ({ world, alice, send }) => {
  const { system } = world
  const pem = (text: string) => Buffer.from(text, 'base64').toString('utf8')
  const own = pem(system.secrets.identityPrivateKey)
  const identity = { principalId: 'key_1', tenant: alice.tenant, scopes: ['runs:read'] }
  const nowS = Math.floor(Date.now() / 1000)
  const good = { identity, iss: 'dure-gateway', aud: 'workflow', iat: nowS, exp: nowS + 60 }
  const signed = (
    claims: Claims,
    header: Claims = { alg: 'EdDSA' },
    key: string | Buffer = own,
  ) => {
    const text = `${encoded(header)}.${encoded(claims)}`
    return `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`
  }
  const hmac = (claims: Claims, key: string) => {
    const text = `${encoded({ alg: 'HS256' })}.${encoded(claims)}`
    return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`
  }
  const { privateKey } = generateKeyPairSync('ed25519')
  const stranger = privateKey.export({ format: 'pem', type: 'pkcs8' }) as string
  const { exp: _exp, ...endless } = good
  const [head = '', , tail = ''] = signed(good).split('.')
  const forged: Readonly<Record<string, string>> = {
    'no signature': `${encoded({ alg: 'none' })}.${encoded(good)}.`,
    'an algorithm in other letters': `${encoded({ alg: 'nOnE' })}.${encoded(good)}.`,
    'the public key as a password': hmac(good, pem(system.secrets.identityPublicKey)),
    'an empty password': hmac(good, ''),
    'the key of a stranger': signed(good, { alg: 'EdDSA' }, stranger),
    'a key that it names itself': signed(
      good,
      { alg: 'EdDSA', kid: '../../dev/null', jku: 'http://x' },
      stranger,
    ),
    'a changed content': `${head}.${encoded({ ...good, aud: 'agent' })}.${tail}`,
    'another audience': signed({ ...good, aud: 'agent' }),
    'no audience': signed({ ...good, aud: undefined }),
    'another issuer': signed({ ...good, iss: 'mallory' }),
    'a time that is over': signed({ ...good, exp: nowS - 60 }),
    'no end': signed(endless),
    'no identity': signed({ ...good, identity: undefined }),
    'a scope that does not exist': signed({ ...good, identity: { ...identity, scopes: ['*'] } }),
    nothing: '',
    'no token': 'x.y.z',
    'an array': signed([] as never),
  }
  const direct = createConnection(`http://127.0.0.1:${system.ports.workflow}`)
  const ask = async (token: string) => {
    const headers = [[INTERNAL_HEADERS.identity, token]] as const
    return (await direct.send({ method: 'GET', path: '/v1/runs', headers }, 30_000)).status
  }
  const findings: string[] = []
  if ((await ask(signed(good))) !== 200) findings.push('A token of the gateway is refused')
  for (const [what, token] of Object.entries(forged)) {
    const status = await ask(token)
    if (status !== 401) findings.push(`A token with ${what} is answered ${status}`)
  }
  direct.close()
  const smuggled = await send('GET', '/v1/runs', {
    headers: [[INTERNAL_HEADERS.identity, signed(good)]],
  })
  const code = codeIn(parsed(smuggled.body))
  if (code !== 'key.missing') findings.push(`A token of the client is answered ${smuggled.status}`)
  return [...findings, ...(await corsFindings(send, alice.key))]
}

/** A page of anybody must not read what the browser of somebody else may. */
async function corsFindings(send: Parameters<Attack>[0]['send'], key: string): Promise<string[]> {
  const origin = ['origin', 'https://evil.example'] as const
  const { headers } = await send('GET', '/v1/runs', { key, headers: [origin] })
  const allowed = headers['access-control-allow-origin']
  const withCredentials = headers['access-control-allow-credentials'] === 'true'
  return allowed !== undefined && withCredentials ? [`${allowed} may read with credentials`] : []
}
