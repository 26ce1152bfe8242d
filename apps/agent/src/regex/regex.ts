import { parseRegex } from './parse.ts'
import { type Instruction, programOf } from './program.ts'
import { isWordCharacter } from './syntax.ts'

export interface RegexMatch {
  /** Of the first UTF-16 unit. */
  readonly start: number
  readonly end: number
}

export interface Regex {
  /**
   * The first place from `from` on: of several that begin there, the one that the pattern prefers, as in JavaScript. Where it repeats what
   * may be empty, the end may differ.
   */
  find(text: string, from?: number): RegexMatch | undefined
}

/**
 * A regular expression of a user. However it is written, looking for it takes time in proportion to the text: all ways through the
 * pattern are followed at once, and none twice.
 *
 * Source: Russ Cox, Regular Expression Matching: the Virtual Machine Approach, 2009 (Pike's machine).
 *
 * @throws RegexError
 */
export function compileRegex(source: string, { ignoreCase = false } = {}): Regex {
  const program = programOf(parseRegex(source, { ignoreCase }))
  return { find: (text, from = 0) => find(program, text, from) }
}

interface Thread {
  readonly at: number
  readonly start: number
}

function find(program: readonly Instruction[], text: string, from: number): RegexMatch | undefined {
  const seen = new Int32Array(program.length).fill(-1)
  let found: RegexMatch | undefined
  let threads: Thread[] = []
  for (let place = from; place <= text.length; ) {
    const codePoint = text.codePointAt(place) ?? -1
    const begun = found ? threads : [...threads, { at: 0, start: place }]
    if (begun.length === 0) break
    const next: Thread[] = []
    const ways = reachable({ program, seen, text, place }, begun)
    for (const { at, start } of ways) {
      const instruction = program[at]
      if (instruction?.op === 'match') {
        found = { start, end: place }
        // Those after it are liked less.
        break
      }
      if (instruction?.op === 'one' && codePoint >= 0 && instruction.accepts(codePoint)) {
        next.push({ at: at + 1, start })
      }
    }
    threads = next
    place += codePoint > 0xffff ? 2 : 1
  }
  return found
}

interface Here {
  readonly program: readonly Instruction[]
  /** Where each instruction was come to last. */
  readonly seen: Int32Array
  readonly text: string
  readonly place: number
}

/** What can be done next without reading anything, what is liked most first. */
function reachable({ program, seen, text, place }: Here, threads: readonly Thread[]): Thread[] {
  const ways: Thread[] = []
  const stack = [...threads].reverse()
  for (let thread = stack.pop(); thread; thread = stack.pop()) {
    const { at, start } = thread
    if (seen[at] === place) continue
    seen[at] = place
    const instruction = program[at]
    if (instruction?.op === 'jump') stack.push({ at: instruction.to, start })
    else if (instruction?.op === 'split') {
      stack.push({ at: instruction.second, start }, { at: instruction.first, start })
    } else if (instruction?.op === 'assert') {
      if (holds(instruction.at, text, place)) stack.push({ at: at + 1, start })
    } else ways.push(thread)
  }
  return ways
}

function holds(
  assertion: Extract<Instruction, { op: 'assert' }>['at'],
  text: string,
  place: number,
) {
  if (assertion === 'start') return place === 0
  if (assertion === 'end') return place === text.length
  const isBoundary = isWordAt(text, place - 1) !== isWordAt(text, place)
  return isBoundary === (assertion === 'word-boundary')
}

function isWordAt(text: string, place: number): boolean {
  const unit = text.charCodeAt(place)
  return unit < 128 && isWordCharacter(unit)
}
