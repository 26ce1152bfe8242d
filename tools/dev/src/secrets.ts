import { generateKeyPairSync, randomBytes, randomInt } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { SERVICES, type ServiceName } from './repository.ts'

/** The services that keep secrets of users. */
export type SecretKeeper = 'workflow' | 'agent'

/** What an installation on one machine needs, made once and kept. */
export interface Secrets {
  /** Base64 of the PKCS#8 PEM of an Ed25519 key. */
  readonly identityPrivateKey: string
  /** Base64 of the SPKI PEM of its public half. */
  readonly identityPublicKey: string
  /** Base64 of 32 random bytes. */
  readonly keyPepper: string
  readonly apiKey: string
  /** For `SECRETS_KEYS` of the services that keep secrets of users: none can open another's. */
  readonly secretsKeys: Readonly<Record<SecretKeeper, string>>
  readonly databasePasswords: Readonly<Record<ServiceName, string>>
}

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const ID_LENGTH = 10
const SECRET_LENGTH = 43
const CHECKSUM_LENGTH = 6

/**
 * Reads `secrets.json` of the folder, or makes it; only the owner may read it. One that an older release
 * made keeps what it has and gains what is new.
 */
export function loadSecrets(directory: string): Secrets {
  const file = join(directory, 'secrets.json')
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as object) : {}
  const secrets = { ...generateSecrets(), ...known }
  if (Object.keys(secrets).length > Object.keys(known).length) {
    mkdirSync(directory, { recursive: true })
    writePrivateFile(file, secrets)
  }
  return secrets
}

export function generateSecrets(): Secrets {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const passwords = SERVICES.map((service) => [service, randomText(32)])
  return {
    identityPrivateKey: Buffer.from(privateKey).toString('base64'),
    identityPublicKey: Buffer.from(publicKey).toString('base64'),
    keyPepper: randomBytes(32).toString('base64'),
    apiKey: generateApiKey(),
    secretsKeys: { workflow: generateSecretsKeys(), agent: generateSecretsKeys() },
    databasePasswords: Object.fromEntries(passwords) as Record<ServiceName, string>,
  }
}

/** One key, by the day it was made: a later one goes before it. */
function generateSecretsKeys(): string {
  const today = new Date().toISOString().slice(0, 10)
  return `k${today}:${randomBytes(32).toString('base64')}`
}

/** `dure_live_<id>_<secret><checksum>`: a mistyped key is recognised without asking anybody. */
export function generateApiKey(): string {
  const body = `dure_live_${randomText(ID_LENGTH)}_${randomText(SECRET_LENGTH)}`
  return body + checksumOf(body)
}

/** The CRC-32 (as in zlib) of the text as 6 base62 digits, padded with 0 at the left. */
export function checksumOf(text: string): string {
  let digits = ''
  for (let rest = crc32(text); rest > 0; rest = Math.floor(rest / ALPHABET.length)) {
    digits = ALPHABET.charAt(rest % ALPHABET.length) + digits
  }
  return digits.padStart(CHECKSUM_LENGTH, '0')
}

/** JSON that only the owner may read, whole or not at all. */
export function writePrivateFile(path: string, content: unknown): void {
  const unfinished = `${path}.${process.pid}`
  writeFileSync(unfinished, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 })
  renameSync(unfinished, path)
}

function randomText(length: number): string {
  return Array.from({ length }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('')
}
