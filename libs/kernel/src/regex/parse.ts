import {
  type CharacterTest,
  classOf,
  controlOf,
  ignoringCase,
  propertyOf,
  rangeOf,
} from './character.ts'
import { MAX_REPETITIONS, type Pattern } from './syntax.ts'

/** Says at which character of the pattern, counted from 0. */
export class RegexError extends Error {
  override readonly name = 'RegexError'
}

const MAX_DEPTH = 50
const END = ''

interface Reader {
  readonly source: readonly string[]
  readonly ignoreCase: boolean
  at: number
  depth: number
}

/**
 * The patterns of JavaScript with the flag `u`, without what cannot be searched in linear time, which is references to groups, and without
 * looking around.
 *
 * @throws RegexError
 */
export function parseRegex(
  source: string,
  { ignoreCase }: { readonly ignoreCase: boolean },
): Pattern {
  const reader: Reader = { source: [...source], ignoreCase, at: 0, depth: 0 }
  const pattern = choice(reader)
  if (reader.at < reader.source.length) throw refused(reader, 'closes no group')
  return pattern
}

function choice(reader: Reader): Pattern {
  reader.depth += 1
  if (reader.depth > MAX_DEPTH) throw refused(reader, `groups are nested deeper than ${MAX_DEPTH}`)
  const parts = [sequence(reader)]
  while (take(reader, '|')) parts.push(sequence(reader))
  reader.depth -= 1
  const [only] = parts
  return parts.length === 1 && only ? only : { kind: 'choice', parts }
}

function sequence(reader: Reader): Pattern {
  const parts: Pattern[] = []
  while (![END, '|', ')'].includes(peek(reader))) parts.push(repeated(reader, atom(reader)))
  return { kind: 'sequence', parts }
}

function repeated(reader: Reader, part: Pattern): Pattern {
  const bounds = boundsAt(reader)
  if (!bounds) return part
  if (part.kind === 'assert') throw refused(reader, 'repeats what has no length')
  const isLazy = take(reader, '?')
  if ('*+?'.includes(peek(reader)) && peek(reader) !== END) {
    throw refused(reader, 'repeats what is repeated')
  }
  return { kind: 'repeat', part, ...bounds, isLazy }
}

function boundsAt(reader: Reader): { least: number; most: number } | undefined {
  if (take(reader, '*')) return { least: 0, most: Number.POSITIVE_INFINITY }
  if (take(reader, '+')) return { least: 1, most: Number.POSITIVE_INFINITY }
  if (take(reader, '?')) return { least: 0, most: 1 }
  if (peek(reader) !== '{') return undefined
  const rest = reader.source.slice(reader.at, reader.at + 14).join('')
  const found = /^\{(\d{1,5})(,?)(\d{0,5})\}/.exec(rest)
  if (!found) throw refused(reader, 'is no number of repetitions: write `\\{` for the character')
  const least = Number(found[1])
  const most = found[3] ? Number(found[3]) : found[2] ? Number.POSITIVE_INFINITY : least
  if (least > most) throw refused(reader, 'says more at least than at most')
  if (Math.max(least, Number.isFinite(most) ? most : 0) > MAX_REPETITIONS) {
    throw refused(reader, `repeats more than ${MAX_REPETITIONS} times`)
  }
  reader.at += found[0].length
  return { least, most }
}

function atom(reader: Reader): Pattern {
  const character = next(reader)
  if (character === '^') return { kind: 'assert', at: 'start' }
  if (character === '$') return { kind: 'assert', at: 'end' }
  if (character === '.')
    return one(reader, (c) => c !== 10 && c !== 13 && c !== 0x2028 && c !== 0x2029)
  if (character === '(') return group(reader)
  if (character === '[') return one(reader, characterClass(reader))
  if (character === '\\') return escaped(reader)
  if ('*+?{}]'.includes(character)) {
    throw refused(reader, `has a ${character} without a meaning: write \`\\${character}\``)
  }
  return one(reader, is(character))
}

function group(reader: Reader): Pattern {
  if (take(reader, '?')) {
    const isNamed = peek(reader) === '<' && !'=!'.includes(reader.source[reader.at + 1] ?? '=')
    if (isNamed) while (![END, '>'].includes(peek(reader))) reader.at += 1
    if (!take(reader, isNamed ? '>' : ':'))
      throw refused(reader, 'looks around, which is not supported')
  }
  const inner = choice(reader)
  if (!take(reader, ')')) throw refused(reader, 'has a group that is not closed')
  return inner
}

function escaped(reader: Reader): Pattern {
  const letter = peek(reader)
  if (letter === 'b' || letter === 'B') {
    reader.at += 1
    return { kind: 'assert', at: letter === 'b' ? 'word-boundary' : 'no-word-boundary' }
  }
  const test = escapeOf(reader)
  return one(reader, typeof test === 'number' ? rangeOf(test, test) : test)
}

/** What comes after a backslash: one character, or a test of one. */
function escapeOf(reader: Reader): number | CharacterTest {
  const letter = next(reader)
  const known = classOf(letter) ?? controlOf(letter)
  if (known !== undefined) return known
  if (letter === 'p' || letter === 'P') return property(reader, letter === 'P')
  if (letter === 'x') return hexadecimal(reader, /^[0-9a-fA-F]{2}/)
  if (letter === 'u') return hexadecimal(reader, /^(?:\{[0-9a-fA-F]{1,6}\}|[0-9a-fA-F]{4})/)
  if (letter === END) throw refused(reader, 'ends with a backslash')
  if (/^[0-9k]$/.test(letter)) throw refused(reader, 'refers to a group, which is not supported')
  if (/^[A-Za-z]$/.test(letter)) throw refused(reader, `has \\${letter}, which means nothing`)
  return letter.codePointAt(0) ?? 0
}

function property(reader: Reader, isNegative: boolean): CharacterTest {
  const rest = reader.source.slice(reader.at, reader.at + 90).join('')
  const [whole = '', name = ''] = /^\{([^}]*)\}/.exec(rest) ?? []
  const test = propertyOf(name, isNegative)
  if (!test) throw refused(reader, 'names a property that Unicode does not have')
  reader.at += [...whole].length
  return test
}

function hexadecimal(reader: Reader, form: RegExp): number {
  const [digits] = form.exec(reader.source.slice(reader.at, reader.at + 8).join('')) ?? []
  const value = digits === undefined ? Number.NaN : Number.parseInt(digits.replace(/[{}]/g, ''), 16)
  if (!(value <= 0x10ffff)) throw refused(reader, 'has no character in hexadecimal digits')
  reader.at += digits?.length ?? 0
  return value
}

function characterClass(reader: Reader): CharacterTest {
  const isNegative = take(reader, '^')
  const tests: CharacterTest[] = []
  while (peek(reader) !== ']') {
    if (peek(reader) === END) throw refused(reader, 'has a class that is not closed')
    tests.push(member(reader))
  }
  reader.at += 1
  const any = withCase(reader, (c) => tests.some((test) => test(c)))
  return isNegative ? (c) => !any(c) : any
}

function member(reader: Reader): CharacterTest {
  const first = classCharacter(reader)
  const isRange = peek(reader) === '-' && reader.source[reader.at + 1] !== ']'
  if (typeof first !== 'number') return first
  if (!isRange) return rangeOf(first, first)
  reader.at += 1
  const last = classCharacter(reader)
  if (typeof last !== 'number' || last < first) throw refused(reader, 'has a range that is none')
  return rangeOf(first, last)
}

function classCharacter(reader: Reader): number | CharacterTest {
  const character = next(reader)
  if (character !== '\\') return character.codePointAt(0) ?? 0
  // Within a class, it is backspace.
  if (take(reader, 'b')) return 8
  return escapeOf(reader)
}

function one(reader: Reader, accepts: CharacterTest): Pattern {
  return { kind: 'one', accepts: withCase(reader, accepts) }
}

function withCase({ ignoreCase }: Reader, test: CharacterTest): CharacterTest {
  return ignoreCase ? ignoringCase(test) : test
}

function is(character: string): CharacterTest {
  const codePoint = character.codePointAt(0) ?? 0
  return (c) => c === codePoint
}

function peek({ source, at }: Reader): string {
  return source[at] ?? END
}

function next(reader: Reader): string {
  const character = peek(reader)
  reader.at += 1
  return character
}

function take(reader: Reader, wanted: string): boolean {
  if (peek(reader) !== wanted) return false
  reader.at += 1
  return true
}

function refused({ at }: Reader, problem: string): RegexError {
  return new RegexError(`${problem}, at ${at}`)
}
