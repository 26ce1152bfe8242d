import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '@dure/bench/usage-error'
import type { Static, TSchema } from 'typebox'
import { Check } from 'typebox/value'

/**
 * The objects of a file with one per line, however its lines end and whether or not it begins with a mark of its encoding.
 *
 * @throws UsageError that names file and line of what is not as it should be
 */
export async function readLines<Line extends TSchema>(
  folder: string,
  name: string,
  line: Line,
): Promise<Static<Line>[]> {
  const path = join(folder, name)
  const values: Static<Line>[] = []
  let number = 0
  try {
    for await (const text of linesOf(path)) {
      number++
      if (text.trim() === '') continue
      const value: unknown = JSON.parse(text)
      if (!Check(line, value)) throw new SyntaxError('not the fields that are wanted')
      values.push(value)
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new UsageError(`${path}${number > 0 ? `:${number}` : ''}: ${reason}`)
  }
  return values
}

/** At line feeds alone: what `readline` takes for the end of a line besides may stand within a JSON text. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest = ''
  let isFirst = true
  for await (const piece of createReadStream(path, 'utf8')) {
    const lines = `${rest}${isFirst ? withoutMark(piece) : piece}`.split('\n')
    isFirst = false
    rest = lines.pop() ?? ''
    yield* lines
  }
  yield rest
}

function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}
