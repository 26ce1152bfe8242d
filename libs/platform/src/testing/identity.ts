import { generateKeyPairSync } from 'node:crypto'
import {
  type Identity,
  INTERNAL_HEADERS,
  type OrganizationId,
  type ProjectId,
  SCOPES,
  type ServiceName,
} from '@dure/contracts'
import { createIdentitySigner } from '../identity.ts'

export interface TestIdentity {
  readonly identity: Identity
  /** What the service under test gets as IDENTITY_PUBLIC_KEY. */
  readonly publicKey: string
  readonly privateKey: string
  /** Headers of a request as the gateway would send it, for this identity or a changed one. */
  headers(audience: ServiceName, changes?: Partial<Identity>): Promise<Record<string, string>>
}

/** @param seed one hex digit; tenants of different seeds are strangers to each other */
export function testTenant(seed = '1') {
  return {
    organizationId: `org_${seed.repeat(32)}` as OrganizationId,
    projectId: `prj_${seed.repeat(32)}` as ProjectId,
  }
}

export function testIdentity(seed = '1'): TestIdentity {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const privateBase64 = Buffer.from(privateKey).toString('base64')
  const signer = createIdentitySigner({ privateKey: privateBase64 })
  const identity: Identity = {
    principalId: 'key_test',
    tenant: testTenant(seed),
    scopes: [...SCOPES],
  }
  return {
    identity,
    publicKey: Buffer.from(publicKey).toString('base64'),
    privateKey: privateBase64,
    headers: async (audience, changes = {}) => ({
      [INTERNAL_HEADERS.identity]: await signer.sign({ ...identity, ...changes }, audience),
    }),
  }
}
