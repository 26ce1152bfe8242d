import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import type { Tenant } from '@dure/contracts'
import { UnavailableError } from '@dure/kernel'
import { parseKeyRing } from './keys.ts'

/** A secret as it is stored. */
export interface Sealed {
  /** Of the key that the data key is wrapped with. */
  readonly keyId: string
  readonly wrappedKey: Buffer
  readonly payload: Buffer
}

/** Where a secret belongs: whoever moves its row to another place cannot open it there. */
export interface Place {
  readonly tenant: Tenant
  /** `secret:sec_…` */
  readonly resource: string
  readonly version: number
  /** What else must be as it was when it was sealed, such as where it may be sent. */
  readonly bound?: readonly string[]
}

/**
 * Envelope encryption: each secret has a data key of its own (AES-256-GCM, NIST SP 800-38D, with a
 * random nonce of 96 bits, for this one message), and that is wrapped by a key of the installation.
 * To change the latter, only data keys are wrapped anew.
 */
export interface Envelope {
  /** The id of the key that new secrets are wrapped with. */
  readonly currentKeyId: string
  seal(secret: string, place: Place): Sealed
  /** @throws UnavailableError `secret.unreadable` when a byte or the place differs, or a key lacks */
  open(sealed: Sealed, place: Place): string
  /** The data key under the current key. @throws UnavailableError `secret.unreadable` */
  rewrap(sealed: Omit<Sealed, 'payload'>, place: Place): Omit<Sealed, 'payload'>
}

const ALGORITHM = 'aes-256-gcm'
const KEY_BYTES = 32
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** @param keys as `SECRETS_KEYS` has them */
export function createEnvelope(keys: string): Envelope {
  const ring = parseKeyRing(keys)

  function keyOf(id: string): KeyObject {
    const key = ring.get(id)
    if (!key) throw unreadable(`its key ${id} is not in SECRETS_KEYS`)
    return key
  }

  function wrap(dataKey: Buffer, place: Place): Omit<Sealed, 'payload'> {
    const keyId = ring.currentId
    return { keyId, wrappedKey: encrypt(keyOf(keyId), dataKey, wrappingContext(keyId, place)) }
  }

  function unwrapped<Result>(
    { keyId, wrappedKey }: Omit<Sealed, 'payload'>,
    place: Place,
    use: (dataKey: Buffer) => Result,
  ): Result {
    const dataKey = decrypt(keyOf(keyId), wrappedKey, wrappingContext(keyId, place))
    try {
      return use(dataKey)
    } finally {
      dataKey.fill(0)
    }
  }

  return {
    currentKeyId: ring.currentId,

    seal(secret, place) {
      const dataKey = randomBytes(KEY_BYTES)
      try {
        const payload = encrypt(createSecretKey(dataKey), Buffer.from(secret), contextOf(place))
        return { ...wrap(dataKey, place), payload }
      } finally {
        dataKey.fill(0)
      }
    },

    open: (sealed, place) =>
      unwrapped(sealed, place, (dataKey) =>
        decrypt(createSecretKey(dataKey), sealed.payload, contextOf(place)).toString(),
      ),

    rewrap: (sealed, place) => unwrapped(sealed, place, (dataKey) => wrap(dataKey, place)),
  }
}

/** JSON, so that no two places have one text. */
function contextOf({ tenant, resource, version, bound = [] }: Place): Buffer {
  const { organizationId, projectId } = tenant
  return Buffer.from(
    JSON.stringify(['dure.secret.v1', organizationId, projectId, resource, version, bound]),
  )
}

function wrappingContext(keyId: string, { tenant, resource, version }: Place): Buffer {
  const { organizationId, projectId } = tenant
  return Buffer.from(
    JSON.stringify(['dure.data-key.v1', keyId, organizationId, projectId, resource, version]),
  )
}

/** @returns nonce, ciphertext, tag */
function encrypt(key: KeyObject, plain: Buffer, context: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES })
  cipher.setAAD(context)
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

function decrypt(key: KeyObject, sealed: Buffer, context: Buffer): Buffer {
  if (sealed.length < NONCE_BYTES + TAG_BYTES) throw unreadable('it is cut off')
  const nonce = sealed.subarray(0, NONCE_BYTES)
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(context)
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
  try {
    return Buffer.concat([
      decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES)),
      decipher.final(),
    ])
  } catch {
    throw unreadable('it is not what was stored, or not where it was stored')
  }
}

function unreadable(why: string): UnavailableError {
  return new UnavailableError(
    'secret.unreadable',
    `A stored secret cannot be decrypted: ${why}. Ask the operator, or set its value again`,
  )
}
