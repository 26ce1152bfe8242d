import {
  ConflictError,
  DeadlineExceededError,
  type DureError,
  ForbiddenError,
  InvalidInputError,
  LimitExceededError,
  NotFoundError,
  TooLargeError,
  UnavailableError,
  UnsupportedMediaTypeError,
} from '@dure/kernel'
import { describe, expect, test } from 'vitest'
import { OutcomeUnknownError, TaskCancelledError, TaskGivenUpError } from './task.ts'
import { taskErrorOf } from './task-error.ts'

describe('the class of a failure', () => {
  test.each<[DureError, string]>([
    [new InvalidInputError('a.b', 'x'), 'invalid'],
    [new DeadlineExceededError('a.b', 'x'), 'timeout'],
    [new UnavailableError('a.b', 'x'), 'unavailable'],
    [new LimitExceededError('a.b', 'x'), 'rate-limited'],
    [new ConflictError('a.b', 'x'), 'rejected'],
    [new ForbiddenError('a.b', 'x'), 'rejected'],
    [new NotFoundError('a.b', 'x'), 'rejected'],
    [new TooLargeError('a.b', 'x'), 'rejected'],
    [new UnsupportedMediaTypeError('a.b', 'x'), 'rejected'],
    [new TaskCancelledError(), 'rejected'],
    [new OutcomeUnknownError('x'), 'unknown-outcome'],
    [new TaskGivenUpError('task.gave-up', 'x'), 'internal'],
    [new TaskGivenUpError('task.bug', 'x'), 'internal'],
    [new UnavailableError('model.not-configured', 'x'), 'invalid'],
  ])('%s is %s', (error, errorClass) => {
    expect(taskErrorOf(error)).toMatchObject({ code: error.code, class: errorClass })
    expect(taskErrorOf(error)).not.toHaveProperty('retryAfterMs')
  })
})

test.each([
  [0, 0],
  [0.0015, 2],
  [7, 7000],
  [-1, 0],
  [9_999_999, 86_400_000],
])(
  'a failure that asks to wait for %d s says so in whole milliseconds',
  (retryAfterS, expected) => {
    const error = new LimitExceededError('a.b', 'x', {}, { retryAfterS })
    expect(taskErrorOf(error).retryAfterMs).toBe(expected)
  },
)

test('a message is cut to what may be told', () => {
  expect(taskErrorOf(new ConflictError('a.b', 'x'.repeat(3000))).message).toHaveLength(2000)
})
