import { silentLog } from '@dure/platform/testing'
import { errors, type FlattenedJWSInput } from 'jose'
import { beforeEach, expect, test } from 'vitest'
import { createKeySet } from './key-set-service.ts'
import { newKey, type SigningKey } from './testing/issuer.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const NO_TOKEN = {} as FlattenedJWSInput

const [first, second] = (await Promise.all([newKey('1'), newKey('2')])) as [SigningKey, SigningKey]
let nowMs: number
let published: SigningKey[]
let isDown: boolean
let asked: number
let keyOf: ReturnType<typeof createKeySet>
beforeEach(() => {
  nowMs = 0
  published = [first]
  isDown = false
  asked = 0
  keyOf = createKeySet({
    fetchKeys: async () => {
      asked++
      if (isDown) throw new Error('connection refused')
      return { keys: published.map(({ jwk }) => jwk) }
    },
    log: silentLog(),
    now: () => nowMs,
  })
})

const find = ({ alg, kid }: SigningKey) => keyOf({ alg, kid }, NO_TOKEN)
const isThere = async (key: SigningKey) => expect(await find(key)).toBeDefined()
const isMissing = (key: SigningKey) =>
  expect(find(key)).rejects.toBeInstanceOf(errors.JWKSNoMatchingKey)
const isUnanswered = (key: SigningKey) =>
  expect(find(key)).rejects.toMatchObject({
    code: 'identity-provider.unavailable',
    retryAfterS: 5,
  })

test('keys are asked for once, for however many requests at the same time', async () => {
  await Promise.all(Array.from({ length: 20 }, () => isThere(first)))
  await isThere(first)
  expect(asked).toBe(1)
})

test('a new key is found when a token names it; an invented one is asked for every 5 s at the most', async () => {
  await isThere(first)
  published = [first, second]
  await isMissing(second)
  nowMs += 5000
  await isThere(second)
  for (let count = 0; count < 20; count++) await isMissing({ ...first, kid: 'invented' })
  expect(asked).toBe(2)
})

test('known keys outlive an issuer that is down, for a day; who asks for others is told to come again', async () => {
  await isThere(first)
  isDown = true
  for (const later of [10 * MINUTE, HOUR, 22 * HOUR]) {
    nowMs += later
    await isThere(first)
    await isUnanswered(second)
  }
  nowMs += HOUR
  await isUnanswered(first)
  isDown = false
  nowMs += 5000
  await isThere(first)
})

test('while it is down it is asked every 5 s at the most', async () => {
  isDown = true
  for (let count = 0; count < 20; count++) await isUnanswered(first)
  expect(asked).toBe(1)
})

test('a key that was withdrawn is gone when the keys are read again', async () => {
  await isThere(first)
  published = [second]
  nowMs += 15 * MINUTE + 1
  await isMissing(first)
  await isThere(second)
})

test('an answer that holds no keys is none: the known ones stay', async () => {
  await isThere(first)
  nowMs += HOUR
  published = undefined as unknown as SigningKey[]
  await isThere(first)
})
