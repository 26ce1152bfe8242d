import { APICallError } from 'ai'
import { expect, test } from 'vitest'
import { modelFailure } from './failure.ts'

const answer = (statusCode: number, responseHeaders: Record<string, string> = {}) =>
  modelFailure(
    new APICallError({ message: 'x', url: '', requestBodyValues: {}, statusCode, responseHeaders }),
  )

test.each([
  [{}, undefined],
  [{ 'retry-after': '7' }, 7],
  [{ 'retry-after': '7', 'retry-after-ms': '250' }, 0.25],
  [
    {
      'retry-after': 'Wed, 25 Nov 2026 10:01:00 GMT',
      date: 'Wed, 25 Nov 2026 10:00:00 GMT',
    },
    60,
  ],
  [
    {
      'retry-after': 'Wed, 25 Nov 2026 09:00:00 GMT',
      date: 'Wed, 25 Nov 2026 10:00:00 GMT',
    },
    0,
  ],
  [{ 'retry-after': 'Wed, 25 Nov 2026 10:01:00 GMT' }, undefined],
  [{ 'retry-after': 'soon' }, undefined],
])('an answer with %j asks to wait for %s s', (headers, retryAfterS) => {
  expect(answer(429, headers)).toMatchObject({
    code: 'model.rate-limited',
    kind: 'limit-exceeded',
    retryAfterS,
  })
  expect(answer(503, headers)).toMatchObject({ kind: 'unavailable', retryAfterS })
})
