import { describe, expect, test } from 'vitest'
import {
  backoffMs,
  ConflictError,
  DureError,
  InvalidInputError,
  prefixedId,
  UnavailableError,
  withDeadline,
} from './index.ts'

describe('a backoff', () => {
  const policy = { baseMs: 100, maxMs: 1000 }

  test('doubles its bound with each attempt, up to the cap', () => {
    const bounds = [1, 2, 3, 4, 5, 50].map((attempt) => backoffMs(policy, attempt, 0.999_999))
    expect(bounds).toEqual([99, 199, 399, 799, 999, 999])
  })

  test('is anything below the bound', () => {
    expect([0, 0.5].map((random) => backoffMs(policy, 3, random))).toEqual([0, 200])
  })
})

describe('a deadline', () => {
  const limit = { timeoutMs: 1, code: 'thing.timeout', what: 'The thing' } as const

  test('lets through what is done in time, also its failure', async () => {
    expect(await withDeadline({ ...limit, timeoutMs: 60_000 }, async () => 7)).toBe(7)
    const failure = new Error('no')
    await expect(withDeadline(limit, () => Promise.reject(failure))).rejects.toBe(failure)
  })

  test('rejects when the time is over, and tells the work', async () => {
    let told: unknown
    const work = (signal: AbortSignal) =>
      new Promise<never>(() => {
        signal.addEventListener('abort', () => {
          told = signal.reason
        })
      })
    const error = await withDeadline(limit, work).catch((caught: unknown) => caught)
    expect(error).toMatchObject({ code: 'thing.timeout', kind: 'timeout', transient: true })
    expect(told).toBe(error)
  })
})

test('an id is its prefix and 32 hex digits', () => {
  expect(prefixedId('run', '0198c0de-4a7b-7c3e-9f10-223344556677')).toBe(
    'run_0198c0de4a7b7c3e9f10223344556677',
  )
})

test('an error says what it is, whether to try again, and which fields are wrong', () => {
  const fields = [{ pointer: '#/a', message: 'is missing' }]
  expect(new InvalidInputError('thing.invalid', 'No', fields)).toMatchObject({
    name: 'InvalidInputError',
    kind: 'invalid',
    transient: false,
    fields,
  })
  const down = new UnavailableError('thing.down', 'Later', {}, { retryAfterS: 5 })
  expect(down).toMatchObject({ transient: true, retryAfterS: 5 })
  expect(new ConflictError('thing.taken', 'No')).toBeInstanceOf(DureError)
})
