import { availableParallelism } from 'node:os'
import { type LoadLength, type LoadResult, runLoad } from '../closed-loop.ts'
import { beyondIdle, type Meters, type Usage, usageBetween } from '../meters/meters.ts'
import { medianBy } from '../statistics.ts'
import { type Row, rowOf, runsPerSecond } from './row.ts'
import { STEPS } from './shapes.ts'

const ROUNDS = 3
const ROUND_MS = 2500
const WARM_UP_MS = 1500
const WARM_UP_RUNS_PER_CLIENT = 3

export interface Cell {
  readonly scenario: Row['scenario']
  readonly kind: string
  readonly concurrency: number
  /** Starts a run and waits for its end. */
  readonly once: () => Promise<unknown>
}

export interface MeasureOptions {
  readonly meters: Meters
  readonly idle: Usage
  /** One round of so many; null: three rounds by time. */
  readonly runs: number | null
}

/** Warm-up, then rounds; what they left in the background is waited for and counted too. */
export async function measureCell(
  cell: Cell,
  { meters, idle, runs }: MeasureOptions,
): Promise<Row> {
  const { once, concurrency } = cell
  const load = (length: LoadLength) =>
    runLoad({ concurrency, length, once: async () => void (await once()) })

  await load(
    runs === null ? { forMs: WARM_UP_MS } : { runs: concurrency * WARM_UP_RUNS_PER_CLIENT },
  )
  await meters.settle(idle)
  const before = await meters.read()
  const rounds: LoadResult[] = []
  if (runs === null)
    for (let n = 0; n < ROUNDS; n += 1) rounds.push(await load({ forMs: ROUND_MS }))
  else rounds.push(await load({ runs }))
  await meters.settle(idle)
  const usage = beyondIdle(usageBetween(before, await meters.read()), idle)

  const { scenario, kind } = cell
  const median = medianBy(rounds, runsPerSecond)
  if (!median) throw new Error('no round was measured')
  return rowOf({
    cell: { scenario, kind, concurrency },
    steps: STEPS[scenario],
    runs: rounds.reduce((sum, { latenciesMs }) => sum + latenciesMs.length, 0),
    median,
    usage,
    cores: availableParallelism(),
  })
}
