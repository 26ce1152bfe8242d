import { InvalidInputError } from '@dure/kernel'
import { type Static, Type } from 'typebox'
import { defineBuiltin } from './builtin.ts'
import { instantOf, localTime } from './zoned-time.ts'

const Time = (description: string) => Type.Optional(Type.String({ maxLength: 100, description }))
const Count = Type.Optional(Type.Number({ minimum: -10_000_000, maximum: 10_000_000 }))

const Input = Type.Object(
  {
    operation: Type.Enum(['now', 'convert', 'add', 'difference'], {
      description:
        '`now`: the current time. `convert`: `at` in `timeZone`. `add`: `at` (or now) plus days, hours, minutes, seconds. `difference`: from `at` to `to`',
    }),
    at: Time('ISO 8601; without an offset it is meant in `timeZone`. Absent: now'),
    to: Time('As `at`'),
    timeZone: Type.Optional(
      Type.String({
        maxLength: 100,
        description: 'Of what is given without an offset, and of the answer; absent: UTC',
        examples: ['Asia/Seoul'],
      }),
    ),
    days: Count,
    hours: Count,
    minutes: Count,
    seconds: Count,
  },
  { additionalProperties: false },
)

/** As far as ISO 8601 has four digits for the year. */
const FIRST_MS = Date.UTC(1000)
const LAST_MS = Date.UTC(10_000) - 1

export const dateTime = defineBuiltin({
  name: 'date_time',
  description:
    'The current date and time, in any time zone, and calculations with times. A day that is added is 24 hours.',
  input: Input,
  config: Type.Object({}, { additionalProperties: false }),
  // Asked again it gives something else: what it said is recorded.
  traits: () => ({ effect: 'read', idempotent: true, reach: 'inside', trust: 'trusted' }),
  execute({ input, parts }) {
    const { operation, timeZone = 'UTC' } = input
    const instant = (text: string | undefined) =>
      text === undefined ? parts.now() : instantOf(text, timeZone)
    if (operation === 'difference') return difference(instant(input.at), instant(input.to))
    const at = operation === 'now' ? parts.now() : instant(input.at)
    return shown(operation === 'add' ? at + addedMs(input) : at, timeZone)
  },
})

function shown(atMs: number, timeZone: string) {
  if (atMs < FIRST_MS || atMs > LAST_MS) {
    throw new InvalidInputError('date-time.invalid', 'The year has not four digits: add less')
  }
  return { ...localTime(atMs, timeZone), utc: new Date(atMs).toISOString(), unixMs: atMs }
}

function addedMs({ days = 0, hours = 0, minutes = 0, seconds = 0 }: Static<typeof Input>): number {
  return Math.round((((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000)
}

function difference(fromMs: number, toMs: number) {
  const milliseconds = toMs - fromMs
  const rounded = (perMs: number) => Number((milliseconds / perMs).toFixed(6))
  return {
    milliseconds,
    seconds: rounded(1000),
    hours: rounded(3_600_000),
    days: rounded(86_400_000),
  }
}
