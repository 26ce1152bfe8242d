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
  /**
   * All places that do not overlap and are not empty, in order. One search takes time in proportion to the text, but many of them may
   * look at the same text again: so steps are counted.
   *
   * @param steps that may still be taken: what was taken is taken off
   * @returns undefined when they did not suffice
   */
  findAll(text: string, steps: Steps): RegexMatch[] | undefined
}

/** How much may still be done. */
export interface Steps {
  left: number
}

const ANY_NUMBER: Steps = { left: Number.POSITIVE_INFINITY }

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
  return {
    find: (text, from = 0) => find({ program, text, steps: ANY_NUMBER }, from),
    findAll: (text, steps) => findAll({ program, text, steps }),
  }
}

interface Search {
  readonly program: readonly Instruction[]
  readonly text: string
  readonly steps: Steps
}

function findAll(search: Search): RegexMatch[] | undefined {
  const all: RegexMatch[] = []
  for (let from = 0; ; ) {
    const found = find(search, from)
    if (search.steps.left < 0) return undefined
    if (!found) return all
    const { start, end } = found
    if (end > start) all.push(found)
    from = end > start ? end : end + unitsAt(search.text, end)
    if (from > search.text.length) return all
  }
}

function unitsAt(text: string, place: number): number {
  return (text.codePointAt(place) ?? 0) > 0xffff ? 2 : 1
}

interface Thread {
  readonly at: number
  readonly start: number
}

function find({ program, text, steps }: Search, from: number): RegexMatch | undefined {
  const seen = new Int32Array(program.length).fill(-1)
  let found: RegexMatch | undefined
  let threads: Thread[] = []
  for (let place = from; place <= text.length && steps.left >= 0; ) {
    const codePoint = text.codePointAt(place) ?? -1
    const begun = found ? threads : [...threads, { at: 0, start: place }]
    if (begun.length === 0) break
    const next: Thread[] = []
    const ways = reachable({ program, seen, text, place, steps }, begun)
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

interface Here extends Search {
  /** Where each instruction was come to last. */
  readonly seen: Int32Array
  readonly place: number
}

/** What can be done next without reading anything, what is liked most first. */
function reachable(
  { program, seen, text, place, steps }: Here,
  threads: readonly Thread[],
): Thread[] {
  const ways: Thread[] = []
  const stack = [...threads].reverse()
  for (let thread = stack.pop(); thread; thread = stack.pop()) {
    const { at, start } = thread
    steps.left -= 1
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
