import { parseArgs } from 'node:util'
import { UsageError } from '../usage-error.ts'

const USAGE = `usage: npm run bench -- gateway [options]
  --only NAME,NAME        these contenders alone, such as dure,nginx
  --rounds N              so many rounds of each, 6 when absent
  --seconds N             so long a round, 4 when absent
  --connections N         so many clients, 32 when absent
  --probe NAME,NAME       instead: pace, frozen, revocation, streams or soak of our own gateway
  --json FILE             writes the figures
  --chart                 writes docs/benchmarks/gateway.svg and gateway.md; of probes gateway-probes.md`

export interface GatewayOptions {
  /** All of them when null. */
  readonly only: readonly string[] | null
  /** Instead of contenders; none when empty. */
  readonly probes: readonly string[]
  readonly rounds: number
  readonly seconds: number
  readonly connections: number
  readonly json: string | null
  readonly chart: boolean
}

/** @throws UsageError with all the options in it */
export function parseGatewayOptions(args: readonly string[]): GatewayOptions {
  const values = parsed(args)
  return {
    only: values.only?.split(',') ?? null,
    probes: values.probe?.split(',') ?? [],
    rounds: countOf('rounds', values.rounds ?? '6'),
    seconds: countOf('seconds', values.seconds ?? '4'),
    connections: countOf('connections', values.connections ?? '32'),
    json: values.json ?? null,
    chart: values.chart,
  }
}

function parsed(args: readonly string[]) {
  const string = { type: 'string' } as const
  const flag = { type: 'boolean', default: false } as const
  try {
    return parseArgs({
      args: [...args],
      options: {
        ...{ only: string, rounds: string, seconds: string, connections: string, json: string },
        probe: string,
        chart: flag,
      },
    }).values
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n${USAGE}`)
  }
}

function countOf(option: string, text: string): number {
  const count = Number(text)
  if (Number.isInteger(count) && count > 0 && count <= 10_000) return count
  throw new UsageError(`--${option} takes a whole number from 1 to 10000, not ${text}\n${USAGE}`)
}
