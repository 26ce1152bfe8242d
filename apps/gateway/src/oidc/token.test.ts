import { expect, test } from 'vitest'
import { tokenIn } from './token.ts'

test.each(['Bearer eyJh.eyJi.c', 'bearer  eyJh.eyJi.c ', 'BEARER eyJh', 'Bearer a.b'])(
  '%j may be a token',
  (authorization) => expect(tokenIn(authorization)).toBe(authorization.trim().split(/ +/)[1]),
)

test.each([
  '',
  'Bearer',
  'Bearer ',
  'Bearer dure_live_a.b',
  'bearer   dure_live_a.b',
  'Bearer sk-abc',
  'Basic eyJh.eyJi.c',
  'eyJh.eyJi.c',
  'Bearer eyJh eyJi',
])('%j is left to keys', (authorization) => expect(tokenIn(authorization)).toBeUndefined())
