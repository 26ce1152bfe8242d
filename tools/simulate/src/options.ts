import { parseArgs } from 'node:util'

export interface SimulateOptions {
  readonly seeds: number
  readonly from: number
  readonly json: string | null
  readonly long: boolean
}

/** What somebody typed does not fit: shown without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

const USAGE = `usage: npm run simulate -- [--seeds N] [--from S] [--json FILE] [--long]
  --seeds N    how many seeds (1000)
  --from S     the first of them (1)
  --json FILE  writes the figures, and what each failing seed shows
  --long       larger workflows, more runs, more time`

/** @throws UsageError */
export function parseOptions(args: readonly string[]): SimulateOptions {
  const values = parse(args)
  return {
    seeds: whole(values.seeds, { name: '--seeds', otherwise: 1000, least: 1 }),
    from: whole(values.from, { name: '--from', otherwise: 1, least: 0 }),
    json: values.json ?? null,
    long: values.long ?? false,
  }
}

function parse(args: readonly string[]) {
  const string = { type: 'string' } as const
  try {
    const options = {
      seeds: string,
      from: string,
      json: string,
      long: { type: 'boolean' },
    } as const
    return parseArgs({ args: [...args], options }).values
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n${USAGE}`)
  }
}

interface Whole {
  readonly name: string
  readonly otherwise: number
  readonly least: number
}

function whole(text: string | undefined, { name, otherwise, least }: Whole): number {
  if (text === undefined) return otherwise
  const value = Number(text)
  if (Number.isSafeInteger(value) && value >= least) return value
  throw new UsageError(`${name} must be a whole number of at least ${least}, not ${text}\n${USAGE}`)
}
