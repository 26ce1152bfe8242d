import { parseArgs } from 'node:util'
import { UsageError } from '../usage-error.ts'
import { KINDS, type Kind, SCENARIOS, type Scenario } from './shapes.ts'

const USAGE = `usage: npm run bench -- engine [options]
  --only seq10|fan20            this shape alone
  --kind pure|durable|remote    this kind of nodes alone
  --concurrency 1,16,64         so many clients
  --runs N                      so many runs per cell; without it, each cell takes about 8 s
  --peers                       also Restate and DBOS, installed from npm for the time being
  --json FILE                   writes the figures
  --chart                       writes docs/benchmarks/engine.svg and engine.md
  --gate FILE                   fails when a run costs 15 % more than what this file says (CPU: 50 %)
  --write-gate FILE             writes that file
  --heap                        instead: the memory of a wide map and of a long run
  --stored N                    instead: the latency before and after N more finished runs`

export interface EngineOptions {
  readonly scenarios: readonly Scenario[]
  readonly kinds: readonly Kind[]
  readonly concurrencies: readonly number[]
  readonly runs: number | null
  readonly stored: number | null
  readonly peers: boolean
  readonly chart: boolean
  readonly heap: boolean
  readonly json: string | null
  readonly gate: string | null
  readonly writeGate: string | null
}

/** @throws UsageError with all the options in it */
export function parseEngineOptions(args: readonly string[]): EngineOptions {
  const values = parsed(args)
  return {
    scenarios: oneOf(SCENARIOS, values.only, 'only'),
    kinds: oneOf(KINDS, values.kind, 'kind'),
    concurrencies: (values.concurrency ?? '1,16,64').split(',').map(countOf('concurrency')),
    runs: values.runs === undefined ? null : countOf('runs')(values.runs),
    stored: values.stored === undefined ? null : countOf('stored')(values.stored),
    peers: values.peers,
    chart: values.chart,
    heap: values.heap,
    json: values.json ?? null,
    gate: values.gate ?? null,
    writeGate: values['write-gate'] ?? null,
  }
}

function parsed(args: readonly string[]) {
  const string = { type: 'string' } as const
  const flag = { type: 'boolean', default: false } as const
  try {
    return parseArgs({
      args: [...args],
      options: {
        ...{ only: string, kind: string, concurrency: string, runs: string, stored: string },
        ...{ json: string, gate: string, 'write-gate': string },
        ...{ peers: flag, chart: flag, heap: flag },
      },
    }).values
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n${USAGE}`)
  }
}

function oneOf<Name extends string>(
  all: readonly Name[],
  value: string | undefined,
  option: string,
): readonly Name[] {
  if (value === undefined) return all
  const found = all.filter((name) => name === value)
  if (found.length === 0) throw new UsageError(`--${option} is one of ${all}, not ${value}`)
  return found
}

function countOf(option: string) {
  return (text: string): number => {
    const count = Number(text)
    if (Number.isInteger(count) && count > 0) return count
    throw new UsageError(`--${option} takes a whole number above 0, not ${text}\n${USAGE}`)
  }
}
