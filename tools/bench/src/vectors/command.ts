import { parseArgs } from 'node:util'
import { UsageError } from '../usage-error.ts'
import { writeJson } from '../write.ts'
import { measureVectors, type VectorRow } from './measure.ts'

const USAGE = 'usage: npm run bench -- vectors [--json FILE]'

/** Vectors in memory: how much of the exact answer is found, and what that costs. No service is started. */
export async function benchVectors(args: readonly string[]): Promise<void> {
  const { json } = optionsOf(args)
  const rows = await measureVectors()
  console.table(rows)
  if (json) writeJson(json, { rows } satisfies { rows: readonly VectorRow[] })
}

function optionsOf(args: readonly string[]): { json?: string | undefined } {
  try {
    return parseArgs({ args: [...args], options: { json: { type: 'string' } } }).values
  } catch (cause) {
    throw new UsageError(USAGE, { cause })
  }
}
