import { createPublicKey, sign, verify } from 'node:crypto'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import {
  checksumOf,
  generateApiKey,
  generateSecrets,
  loadSecrets,
  writePrivateFile,
} from './secrets.ts'

test('a key has an id, a secret and a checksum of all that stands before it', () => {
  const key = generateApiKey()

  expect(key).toMatch(/^dure_live_[0-9A-Za-z]{10}_[0-9A-Za-z]{49}$/)
  expect(key.slice(-6)).toBe(checksumOf(key.slice(0, -6)))
})

test('the checksum is the CRC-32 in base 62, digits before capitals before small letters', () => {
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
  const value = [...checksumOf('dure')].reduce(
    (sum, digit) => sum * 62 + alphabet.indexOf(digit),
    0,
  )

  expect(value).toBe(crc32('dure'))
  expect(checksumOf('')).toBe('000000')
})

test('no two keys are alike', () => {
  expect(new Set(Array.from({ length: 100 }, generateApiKey)).size).toBe(100)
})

test('what the private key signs, the public key accepts', () => {
  const { identityPrivateKey, identityPublicKey } = generateSecrets()
  const pem = (base64: string) => Buffer.from(base64, 'base64').toString()
  const data = Buffer.from('message')

  const signature = sign(null, data, pem(identityPrivateKey))

  expect(verify(null, data, createPublicKey(pem(identityPublicKey)), signature)).toBe(true)
})

test('secrets are made once, and only their owner may read them', () => {
  const directory = mkdtempSync(join(tmpdir(), 'dure-secrets-test-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))

  const first = loadSecrets(directory)

  expect(loadSecrets(directory)).toEqual(first)
  expect(statSync(join(directory, 'secrets.json')).mode & 0o777).toBe(0o600)
  expect(Buffer.from(first.keyPepper, 'base64')).toHaveLength(32)
})

test('secrets of an older release keep what they have, and gain what is new, once', () => {
  const directory = mkdtempSync(join(tmpdir(), 'dure-secrets-test-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const { secretsKeys: _new, ...old } = generateSecrets()
  writePrivateFile(join(directory, 'secrets.json'), old)

  const upgraded = loadSecrets(directory)

  expect(upgraded).toMatchObject(old)
  expect(upgraded.secretsKeys.agent).toMatch(/^k[0-9-]{10}:[A-Za-z0-9+/]{43}=$/)
  expect(upgraded.secretsKeys.agent).not.toBe(upgraded.secretsKeys.workflow)
  expect(loadSecrets(directory)).toEqual(upgraded)
})
