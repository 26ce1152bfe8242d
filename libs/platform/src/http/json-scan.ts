import type { ErrorCode } from '@dure/kernel'

/** What JSON can say, and no honest document does. Told before anything is made of the text. */
export interface JsonProblem {
  readonly code: ErrorCode
  readonly message: string
  /** RFC 6901, as a URI fragment. */
  readonly pointer: string
}

/** Deep enough for every honest document, far from what exhausts a stack. */
const MAX_DEPTH = 64
/** Of all objects together: each is a string, a slot, and a look-up of whoever reads it. */
const MAX_KEYS = 10_000

/** An object or an array that was begun, and how far it has come. */
interface Frame {
  /** Of an object: its keys so far. */
  readonly keys: Set<string> | undefined
  isAtKey: boolean
  key: string
  index: number
}

interface Scan {
  readonly json: string
  readonly frames: Frame[]
  at: number
  keys: number
}

/**
 * One pass, no recursion: nested too deep, too many keys, a key twice, characters that nothing can store,
 * numbers that are none. Undefined for JSON without these, and for what is no JSON, as the parser tells.
 */
export function findJsonProblem(json: string): JsonProblem | undefined {
  const scan: Scan = { json, frames: [], at: 0, keys: 0 }
  for (; scan.at < json.length; scan.at++) {
    const problem = STEPS[json.charAt(scan.at)]?.(scan)
    if (problem) return problem
  }
  return undefined
}

type Step = (scan: Scan) => JsonProblem | undefined

/** By the character at which the scan is; each leaves it at the last one that it has dealt with. */
const STEPS: Readonly<Record<string, Step>> = {
  '"': string,
  '{': (scan) => open(scan, new Set()),
  '[': (scan) => open(scan, undefined),
  '}': close,
  ']': close,
  ',': next,
  ...Object.fromEntries([...'-0123456789'].map((char) => [char, number])),
}

function open({ frames }: Scan, keys: Set<string> | undefined): JsonProblem | undefined {
  if (frames.length >= MAX_DEPTH) {
    const message = `is nested more than ${MAX_DEPTH} levels deep`
    return { code: 'request.too-deep', message, pointer: '#' }
  }
  frames.push({ keys, isAtKey: keys !== undefined, key: '', index: 0 })
  return undefined
}

function close({ frames }: Scan): undefined {
  frames.pop()
}

function next({ frames }: Scan): undefined {
  const frame = frames.at(-1)
  if (frame?.keys) frame.isAtKey = true
  else if (frame) frame.index += 1
}

function string(scan: Scan): JsonProblem | undefined {
  const { json, frames } = scan
  const text = json.slice(scan.at, endOfString(json, scan.at) + 1)
  scan.at += text.length - 1
  const frame = frames.at(-1)
  if (frame?.isAtKey) {
    if (++scan.keys > MAX_KEYS) {
      const message = `has more than ${MAX_KEYS} keys`
      return { code: 'request.too-many-keys', message, pointer: '#' }
    }
    if (!isNewKey(frame, text)) return found(scan, 'request.duplicate-key', 'is there twice')
  }
  if (!isUsable(text)) {
    return found(scan, 'request.unusable-text', 'holds a NUL or half of a surrogate pair')
  }
  return undefined
}

/** The same key has several spellings. */
function isNewKey(frame: Frame, text: string): boolean {
  frame.isAtKey = false
  frame.key = text.includes('\\') ? (decoded(text) ?? text) : text.slice(1, -1)
  if (frame.keys?.has(frame.key)) return false
  frame.keys?.add(frame.key)
  return true
}

/** PostgreSQL has no NUL, and UTF-8 no half of a pair: both come only by an escape. */
function isUsable(text: string): boolean {
  if (!text.includes('\\u')) return true
  const value = decoded(text)
  return value === undefined || (!value.includes('\0') && value.isWellFormed())
}

function decoded(text: string): string | undefined {
  try {
    return JSON.parse(text) as string
  } catch {
    return undefined
  }
}

const NUMBER = /[-+.0-9eE]+/y

/** RFC 8259 has no infinity: what is read as one was meant to be something else. */
function number(scan: Scan): JsonProblem | undefined {
  NUMBER.lastIndex = scan.at
  const text = NUMBER.exec(scan.json)?.[0] ?? ''
  scan.at += text.length - 1
  if (Math.abs(Number(text)) !== Number.POSITIVE_INFINITY) return undefined
  return found(scan, 'request.number-too-large', 'is larger than any number of JSON in use')
}

/** Of a string that does not end: the end of the text. */
function endOfString(json: string, start: number): number {
  let end = json.indexOf('"', start + 1)
  while (end !== -1 && isEscaped(json, end)) end = json.indexOf('"', end + 1)
  return end === -1 ? json.length - 1 : end
}

function isEscaped(json: string, at: number): boolean {
  let backslashes = 0
  while (json[at - 1 - backslashes] === '\\') backslashes++
  return backslashes % 2 === 1
}

function found({ frames }: Scan, code: ErrorCode, message: string): JsonProblem {
  const tokens = frames.map(({ keys, key, index }) => (keys ? escaped(key) : String(index)))
  return { code, message, pointer: ['#', ...tokens].join('/') }
}

function escaped(key: string): string {
  return encodeURIComponent(key.toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1'))
}
