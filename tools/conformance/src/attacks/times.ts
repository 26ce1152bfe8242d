import type { Connection } from '../http/connection.ts'

/** Two requests that differ in nothing but what they name, made anew each time. */
export interface Pair {
  readonly what: string
  readonly one: () => Timed
  readonly other: () => Timed
}

export interface Timed {
  readonly path: string
  readonly key: string
}

const SAMPLES = 100
const WARM_UP = 10
/** Whatever else a machine does, it does not do it to the same half each time. */
const MEASUREMENTS = 5
/** What nobody could tell apart from outside. */
const SHARE = 0.25
const LEAST_MS = 1
const PATIENCE_MS = 30_000

/** What differs in time in every measurement, and always in the same direction; undefined: nothing. */
export async function timesDiffer(connection: Connection, pair: Pair): Promise<string | undefined> {
  const told: string[] = []
  let slower = 0
  for (let measurement = 0; measurement < MEASUREMENTS; measurement++) {
    const { one, other } = await mediansOf(connection, pair)
    const differenceMs = one - other
    const allowedMs = Math.max(LEAST_MS, SHARE * Math.min(one, other))
    if (Math.abs(differenceMs) <= allowedMs) return undefined
    const direction = Math.sign(differenceMs)
    if (slower !== 0 && direction !== slower) return undefined
    slower = direction
    told.push(`${one.toFixed(2)} and ${other.toFixed(2)} ms`)
  }
  return `${pair.what}: ${told.join(', ')}`
}

/** One after the other, and each of them first every second time: what slows one down slows down both. */
async function mediansOf(connection: Connection, { one, other }: Pair) {
  const times = { one: [] as number[], other: [] as number[] }
  for (let round = -WARM_UP; round < SAMPLES; round++) {
    const halves = [['one', one] as const, ['other', other] as const]
    for (const [name, next] of round % 2 === 0 ? halves : halves.toReversed()) {
      const ms = await durationOf(connection, next())
      if (round >= 0) times[name].push(ms)
    }
  }
  return { one: medianOf(times.one), other: medianOf(times.other) }
}

async function durationOf(connection: Connection, { path, key }: Timed): Promise<number> {
  const headers = [['authorization', `Bearer ${key}`]] as const
  const startMs = performance.now()
  await connection.send({ method: 'GET', path, headers }, PATIENCE_MS)
  return performance.now() - startMs
}

function medianOf(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN
}
