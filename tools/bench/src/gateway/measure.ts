import { readCpu, readRssMb } from '../meters/cpu.ts'
import { installPeer } from '../peers/peer.ts'
import { medianBy, round } from '../statistics.ts'
import type { Contender, RunningContender, Surroundings } from './contender.ts'
import type { LoadGenerator } from './load.ts'
import type { GatewayOptions } from './options.ts'

/** What is measured of one contender: medians of its rounds. */
export interface GatewayRow {
  readonly name: string
  readonly does: string
  readonly requestsPerSecond: number
  readonly p50Micros: number
  readonly p99Micros: number
  /** Of the contender's processes alone. */
  readonly cpuMicrosPerRequest: number
  /** At the end of its last round. */
  readonly rssMb: number
}

type Round = Omit<GatewayRow, 'name' | 'does'>

interface Started {
  readonly contender: Contender
  readonly running: RunningContender
  readonly rounds: Round[]
}

const PATH = '/v1/workflows'
/** Until V8 has optimised what a request goes through, in all of them. */
const WARM_UP_SECONDS = 10
/** Before each round, not measured: what was let go while others had their turn is there again. */
const LEAD_IN_SECONDS = 2

/** All of them in turn, round by round in another order, so that an hour that is slow is slow for all. */
export async function measureContenders(
  contenders: readonly Contender[],
  surroundings: Surroundings,
  { generator, options }: { readonly generator: LoadGenerator; readonly options: GatewayOptions },
): Promise<GatewayRow[]> {
  const started = await startAll(contenders, surroundings)
  try {
    const load = { path: PATH, keys: surroundings.keys, connections: options.connections }
    for (const { running } of started) {
      await generator.run({ ...load, url: running.url, seconds: WARM_UP_SECONDS })
    }
    for (let n = 0; n < options.rounds; n += 1) {
      for (const one of rotated(started, n)) {
        const run = (seconds: number) => generator.run({ ...load, url: one.running.url, seconds })
        await run(LEAD_IN_SECONDS)
        const measured = await measureRound(one.running, () => run(options.seconds))
        one.rounds.push(measured)
        tell(one.contender.name, n + 1, measured)
      }
    }
    return started.map(({ contender, rounds }) => rowOf(contender, rounds))
  } finally {
    await Promise.all(started.map(({ running }) => running.stop()))
  }
}

/** One that cannot be had here is left out, and a line says why. */
async function startAll(
  contenders: readonly Contender[],
  surroundings: Surroundings,
): Promise<Started[]> {
  const started: Started[] = []
  for (const contender of contenders) {
    const absence = contender.absence()
    if (absence !== null) {
      console.error(`${contender.name} is left out: ${absence}`)
      continue
    }
    console.error(`Starting ${contender.name} ...`)
    const folder =
      contender.packages.length > 0
        ? await installPeer(contender, surroundings.infrastructure.directory)
        : surroundings.infrastructure.directory
    const running = await contender.start(surroundings, folder)
    started.push({ contender, running, rounds: [] })
  }
  return started
}

async function measureRound(
  { pids }: RunningContender,
  load: () => ReturnType<LoadGenerator['run']>,
): Promise<Round> {
  const before = readCpu(pids)
  const { requests, ...figures } = await load()
  const after = readCpu(pids)
  const micros = (after?.measuredMicros ?? Number.NaN) - (before?.measuredMicros ?? Number.NaN)
  return { ...figures, cpuMicrosPerRequest: micros / requests, rssMb: readRssMb(pids) }
}

function rotated<Item>(items: readonly Item[], by: number): Item[] {
  const at = by % items.length
  return [...items.slice(at), ...items.slice(0, at)]
}

function rowOf({ name, does }: Contender, rounds: readonly Round[]): GatewayRow {
  const median = (figure: keyof Round) =>
    medianBy(rounds, (one) => one[figure])?.[figure] ?? Number.NaN
  return {
    name,
    does,
    requestsPerSecond: round(median('requestsPerSecond')),
    p50Micros: round(median('p50Micros')),
    p99Micros: round(median('p99Micros')),
    cpuMicrosPerRequest: round(median('cpuMicrosPerRequest'), 1),
    rssMb: round(rounds.at(-1)?.rssMb ?? Number.NaN),
  }
}

function tell(name: string, n: number, { requestsPerSecond, cpuMicrosPerRequest }: Round): void {
  const figures = `${requestsPerSecond.toFixed(0)} requests/s, ${cpuMicrosPerRequest.toFixed(1)} us CPU`
  console.error(`round ${n}  ${name.padEnd(20)} ${figures}`)
}
