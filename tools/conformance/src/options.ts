import { parseArgs } from 'node:util'

export interface Options {
  readonly requests: number
  readonly seed: number
  readonly lanes: number
  /** Only operations whose id matches. */
  readonly only: RegExp
  /** Where to write who may do what, as Markdown; absent: nobody asks for it. */
  readonly matrix: string | undefined
}

export const USAGE = `usage: npm run conformance -- [options]
  --requests N   how many requests (CONFORMANCE_REQUESTS, or 2000)
  --seed N       the same requests as another time (default: another one each time)
  --lanes N      how many requests at a time (default 4)
  --only TEXT    operations whose id matches this regular expression, and no others
  --matrix FILE  asks everything as everybody, and writes who may do what`

/** @throws Error with what is wrong, to be shown with the usage */
export function parseOptions(args: readonly string[], env: NodeJS.ProcessEnv): Options {
  const string = { type: 'string' } as const
  const { values } = parseArgs({
    args: [...args],
    options: { requests: string, seed: string, lanes: string, only: string, matrix: string },
  })
  return {
    requests: whole('--requests', values.requests ?? env.CONFORMANCE_REQUESTS ?? '2000'),
    seed: whole('--seed', values.seed ?? String(1 + (Date.now() % 1_000_000))),
    lanes: whole('--lanes', values.lanes ?? '4'),
    only: new RegExp(values.only ?? '', 'i'),
    matrix: values.matrix,
  }
}

function whole(name: string, text: string): number {
  const value = Number(text)
  if (Number.isSafeInteger(value) && value > 0) return value
  throw new Error(`${name} must be a whole number above 0, not "${text}"`)
}
