import { createReadStream } from 'node:fs'
import { UsageError } from '@dure/bench/usage-error'

/** What a line is not as it should be for. */
export class BadLineError extends Error {}

/** Part of the lines of a file that may be unusable: a few are common, many are a misunderstanding. */
const MAX_BAD = 1 / 100
/** Characters in a line. */
const MAX_LINE = 2 ** 26

export interface ReadOptions<Line> {
  readonly path: string
  /** Undefined: there is nothing in that line, and that is right. @throws BadLineError, SyntaxError */
  readonly parse: (text: string, number: number) => Line | undefined
  readonly each: (line: Line) => void
  /** Told how many lines were left out, if there were some. */
  readonly warn: (text: string) => void
}

/**
 * The lines of a file, which may be larger than any string, however its lines end and whether or not it begins with a mark of its
 * encoding.
 *
 * @throws UsageError that names file and line where many lines are unusable, or the file cannot be read
 */
export async function readLines<Line>(options: ReadOptions<Line>): Promise<void> {
  const { path, parse, each, warn } = options
  const bad: { first?: string; count: number } = { count: 0 }
  let [number, filled] = [0, 0]
  for await (const text of linesOf(path)) {
    number++
    if (text.trim() === '') continue
    filled++
    try {
      const line = parse(text, number)
      if (line !== undefined) each(line)
    } catch (error) {
      if (!(error instanceof BadLineError || error instanceof SyntaxError)) throw error
      bad.first ??= `${path}:${number}: ${error.message}`
      bad.count++
    }
  }
  if (bad.count > filled * MAX_BAD) {
    throw new UsageError(`${bad.first} (${bad.count} of ${filled} lines are unusable)`)
  }
  if (bad.count > 0) warn(`left out ${bad.count} of ${filled} lines, the first is ${bad.first}`)
}

/** At line feeds alone: what `readline` takes for the end of a line besides may stand within a JSON text. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = ''
  let isFirst = true
  for await (const piece of piecesOf(path)) {
    const lines = `${rest}${isFirst ? withoutMark(piece) : piece}`.split('\n')
    isFirst = false
    rest = lines.pop() ?? ''
    if (rest.length > MAX_LINE) throw new UsageError(`${path} has a line that is too long`)
    yield* lines
  }
  yield rest
}

/** @throws UsageError */
async function* piecesOf(path: string): AsyncGenerator<string> {
  try {
    for await (const piece of createReadStream(path, 'utf8')) yield piece
  } catch (cause) {
    throw new UsageError(`${path}: ${cause instanceof Error ? cause.message : cause}`)
  }
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}
