import type { Found } from './guardrail.ts'
import { placeOf, type Readable } from './normalise.ts'
import { isBusinessNumber, isCard, isPhone, numberOfPerson } from './numbers.ts'

export const PII_KINDS = [
  'resident-number',
  'foreigner-number',
  'card',
  'phone',
  'business-number',
  'email',
  'ip-address',
] as const
export type PiiKind = (typeof PII_KINDS)[number]

/** Digits with up to three characters between two of them, such as `) ` and `-`. */
const DIGITS = /\+?\(?\d(?:[\s.\-/_·()]{0,3}\d){6,}/g
const EMAIL = /[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}(?:[A-Za-z]{2,63}|한국)/gu
const IP =
  /(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.]*\d)/g

/** What points to a person: numbers with a checksum are told from others by it, and by dates that there were. */
export function findPersonalData(readable: Readable, kinds: readonly PiiKind[]): Found[] {
  const wanted = new Set(kinds)
  return [
    ...[...readable.text.matchAll(DIGITS)].flatMap((run) => numbersIn(run[0], run.index, wanted)),
    ...(wanted.has('email') ? matches(readable.text, EMAIL, 'email') : []),
    ...(wanted.has('ip-address') ? matches(readable.text, IP, 'ip-address') : []),
  ].map(({ kind, start, end }) => ({ kind, ...placeOf(readable, start, end) }))
}

function matches(text: string, pattern: RegExp, kind: PiiKind): Found[] {
  return [...text.matchAll(pattern)].map(({ 0: found, index }) => ({
    kind,
    start: index,
    end: index + found.length,
  }))
}

/** The longest first: a card is not the phone number that it ends in. */
const LENGTHS = [19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9]

interface Digit {
  readonly value: string
  readonly at: number
  /** Nothing stands between it and the digit before. */
  readonly isJoined: boolean
}

/** A number begins and ends where digits that are written together do. */
function numbersIn(run: string, offset: number, wanted: ReadonlySet<PiiKind>): Found[] {
  const digits: Digit[] = [...run.matchAll(/\d/g)].map(({ 0: value, index: at }) => ({
    value,
    at,
    isJoined: /\d/.test(run[at - 1] ?? ''),
  }))
  const all = digits.map(({ value }) => value).join('')
  const found: Found[] = []
  for (let from = 0; from < digits.length; ) {
    const length = digits[from]?.isJoined
      ? undefined
      : LENGTHS.find((many) => {
          const isWhole = from + many <= all.length && digits[from + many]?.isJoined !== true
          return isWhole && kindOf(all.slice(from, from + many), wanted) !== undefined
        })
    if (length === undefined) {
      from += 1
      continue
    }
    const start = offset + beginningOf(run, digits[from]?.at ?? 0)
    const end = offset + (digits[from + length - 1]?.at ?? 0) + 1
    const kind = kindOf(all.slice(from, from + length), wanted) ?? 'phone'
    found.push({ kind, start, end })
    from += length
  }
  return found
}

/** With the `+` or `(` before its first digit. */
function beginningOf(run: string, at: number): number {
  let start = at
  while (start > 0 && (run[start - 1] === '+' || run[start - 1] === '(')) start -= 1
  return start
}

function kindOf(digits: string, wanted: ReadonlySet<PiiKind>): PiiKind | undefined {
  const kind = numberOfPerson(digits) ?? otherKindOf(digits)
  return kind !== undefined && wanted.has(kind) ? kind : undefined
}

function otherKindOf(digits: string): PiiKind | undefined {
  if (isPhone(digits)) return 'phone'
  if (isCard(digits)) return 'card'
  return isBusinessNumber(digits) ? 'business-number' : undefined
}
