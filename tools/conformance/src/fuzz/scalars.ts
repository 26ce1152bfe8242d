import fc from 'fast-check'
import type { Schema } from '../openapi/operation.ts'

const LONG = 300
/** Longer texts than this are left to the mutations. */
const LONGEST_BOUNDARY = 70_000
const MAX_WAIT_MS = 200

/** Texts of a schema: by its pattern, its format or its lengths, rarely one character too long. */
export function textOf({ pattern, format, minLength, maxLength }: Schema): fc.Arbitrary<string> {
  const least = typeof minLength === 'number' ? minLength : 0
  const most = typeof maxLength === 'number' ? maxLength : LONG
  if (typeof pattern === 'string') return matching(pattern)
  if (typeof format === 'string' && FORMATS[format]) return FORMATS[format]
  const usual = fc.string({
    unit: fc.constantFrom(...'abcXYZ019 _-.:/{}"\\가나다한국어éß漢😀'),
    minLength: least,
    maxLength: Math.max(least, Math.min(most, LONG)),
    size: 'small',
  })
  if (typeof maxLength !== 'number' || most > LONGEST_BOUNDARY) return usual
  return fc.oneof(
    { weight: 60, arbitrary: usual },
    { weight: 1, arbitrary: fc.constant('x'.repeat(most)) },
    { weight: 1, arbitrary: fc.constant('x'.repeat(most + 1)) },
    { weight: 1, arbitrary: fc.constant('x'.repeat(Math.max(0, least - 1))) },
  )
}

function matching(pattern: string): fc.Arbitrary<string> {
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'))
  } catch {
    // Lookarounds cannot be generated: such a text is then wrong more often than right.
    return fc.string()
  }
}

const days = fc.date({
  min: new Date('2020-01-01T00:00:00Z'),
  max: new Date('2030-01-01T00:00:00Z'),
  noInvalidDate: true,
})

const FORMATS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'date-time': days.map((day) => day.toISOString()),
  date: days.map((day) => day.toISOString().slice(0, 10)),
  uri: fc.webUrl(),
  url: fc.webUrl(),
  uuid: fc.uuid(),
  email: fc.emailAddress(),
  ipv4: fc.ipV4(),
  ipv6: fc.ipV6(),
}

/** Numbers of a schema, its limits among them, rarely one beyond a limit. */
export function numberOf(schema: Schema, name: string): fc.Arbitrary<number> {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, type } = schema
  const least = firstNumber(minimum, exclusiveMinimum) ?? -1_000_000
  // Whoever asks the system to wait makes everybody wait.
  const most = /^wait/i.test(name) ? MAX_WAIT_MS : (firstNumber(maximum, exclusiveMaximum) ?? 1e6)
  const [from, to] = [Math.min(least, most), Math.max(least, most)]
  const fraction = fc.double({ min: from, max: to, noNaN: true, noDefaultInfinity: true })
  const [low, high] = [Math.ceil(from), Math.floor(to)]
  // As of a share between 0.2 and 0.8: no whole number is in it.
  if (low > high) {
    return fc.oneof(
      { weight: 9, arbitrary: fraction },
      { weight: 1, arbitrary: fc.constantFrom(from, to, from - 1, to + 1) },
    )
  }
  const whole = fc.integer(safely(low, high))
  const small = fc.integer(safely(Math.max(low, 0), Math.max(low, Math.min(high, 3))))
  const edges = fc.constantFrom(low, high, low - 1, high + 1)
  return fc.oneof(
    { weight: 20, arbitrary: small },
    { weight: 8, arbitrary: type === 'integer' ? whole : fraction },
    { weight: 2, arbitrary: /^wait/i.test(name) ? small : edges },
  )
}

function safely(min: number, max: number) {
  const bound = (value: number) => Math.max(-0x7fffffff, Math.min(value, 0x7fffffff))
  return { min: bound(min), max: Math.max(bound(min), bound(max)) }
}

function firstNumber(...values: readonly unknown[]): number | undefined {
  return values.find((value): value is number => typeof value === 'number')
}
