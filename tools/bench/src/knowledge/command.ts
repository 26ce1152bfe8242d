import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { UsageError } from '../usage-error.ts'
import { measureVectors } from '../vectors/measure.ts'
import { writeJson } from '../write.ts'
import { measureAnalysis, measureLexical } from './measure.ts'

const USAGE = `usage: npm run bench -- knowledge [options]
  --chunks N     so many in the index of words, 300000 when absent
  --json FILE    writes the rows`

/** What search costs without a service: analysis, the index of words, vectors. */
export async function benchKnowledge(args: readonly string[]): Promise<void> {
  const { chunks, json } = optionsOf(args)
  const analysis = await measureAnalysis()
  console.table([analysis])
  const lexical = measureLexical(chunks)
  console.table([lexical])
  const vectors = (await measureVectors()).map((row) => ({ name: 'vectors', ...row }))
  console.table(vectors)
  if (json) writeJson(resolve(json), [analysis, lexical, ...vectors])
}

function optionsOf(args: readonly string[]): { readonly chunks: number; readonly json?: string } {
  const { chunks, json } = parsed(args)
  const count = Number(chunks)
  if (!Number.isInteger(count) || count < 1 || count > 5_000_000) {
    throw new UsageError(`--chunks takes a whole number from 1 to 5000000, not ${chunks}\n${USAGE}`)
  }
  return { chunks: count, ...(json !== undefined && { json }) }
}

function parsed(args: readonly string[]) {
  const string = { type: 'string' } as const
  try {
    return parseArgs({
      args: [...args],
      options: { chunks: { ...string, default: '300000' }, json: string },
    }).values
  } catch (cause) {
    throw new UsageError(`${cause instanceof Error ? cause.message : cause}\n${USAGE}`)
  }
}
