import { parseArgs } from 'node:util'
import { FAULTS } from './faults/index.ts'

export interface Options {
  readonly faults: number
  readonly runs: number
  readonly seed: number
  /** Multiplies how long faults last. */
  readonly factor: number
  /** Ids of the faults to choose from; empty: all. */
  readonly only: readonly string[]
  /** Tag or commit of the build that F33 puts beside this one; the one before it when absent. */
  readonly old: string | undefined
  /** Where to write the result as JSON. */
  readonly json: string | undefined
  /** Shows what the services log. */
  readonly verbose: boolean
}

export const USAGE = `usage: npm run chaos -- [options]
  --short          10 faults and 100 runs, each fault half as long: for every change
  --faults N       how many faults (default 40)
  --runs N         how many runs (default 600)
  --seed N         the same faults at the same moments as another time
  --factor X       how long faults last: 1 is some seconds, 10 about a minute (default 1)
  --only F2,F7     these kinds of faults and no others
  --old REF        the build that F33 puts beside this one: a tag or a commit (default: the newest
                   tag, else 20 commits back); it needs the history that git has
  --json FILE      writes the rows and the totals
  --verbose        shows what the services log

Not among the faults: what needs a replica (F11, F16), a full disk (F12, F25, F26) or a provider of
models (F30, F31, F32).`

/** @throws Error with what is wrong, to be shown with the usage */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      short: { type: 'boolean', default: false },
      faults: { type: 'string' },
      runs: { type: 'string' },
      seed: { type: 'string' },
      factor: { type: 'string' },
      only: { type: 'string' },
      old: { type: 'string' },
      json: { type: 'string' },
      verbose: { type: 'boolean', default: false },
    },
  })
  const { short, faults, runs, seed, factor, only, old, json, verbose } = values
  return {
    faults: numberOf('--faults', faults ?? (short ? '10' : '40')),
    runs: numberOf('--runs', runs ?? (short ? '100' : '600')),
    // The short one is for comparing: what it finds today it must find tomorrow.
    seed: numberOf('--seed', seed ?? (short ? '1' : String(Date.now() % 1_000_000))),
    factor: numberOf('--factor', factor ?? (short ? '0.5' : '1')),
    only: kindsOf(only),
    old,
    json,
    verbose,
  }
}

function numberOf(name: string, text: string): number {
  const number = Number(text)
  if (!(number > 0)) throw new Error(`${name} must be a number above 0, not "${text}"`)
  return number
}

function kindsOf(text = ''): string[] {
  const known = FAULTS.map(({ id }) => id)
  const wanted = text.split(',').filter((id) => id !== '')
  const unknown = wanted.find((id) => !known.includes(id))
  if (unknown) throw new Error(`There is no fault ${unknown}: choose from ${known.join(', ')}`)
  return wanted
}
