import type { Random } from './random.ts'

/** How often what goes wrong; probabilities of one call, answer or message, unless said otherwise. */
export interface Faults {
  /** A call of the store fails before it has done anything. */
  readonly refused: number
  /** A call of the store takes effect, and its caller is told that it failed. */
  readonly lostAnswer: number
  /** A call takes up to a minute, which is longer than any lease. */
  readonly slow: number
  /** A process ends, or stops for a while, at the moment when an answer reaches it. */
  readonly crash: number
  /** Of these, the share that goes on later, as if nothing had happened. */
  readonly zombie: number
  readonly lostMessage: number
  readonly twice: number
  readonly delayed: number
  /** Per virtual minute, that everything in the queues is gone. */
  readonly wipe: number
  /** An execution in place fails, or somebody who executes tasks dies. */
  readonly effect: number
}

export const NO_FAULTS: Faults = {
  ...{ refused: 0, lostAnswer: 0, slow: 0, crash: 0, zombie: 0 },
  ...{ lostMessage: 0, twice: 0, delayed: 0, wipe: 0, effect: 0 },
}

/** Some seeds know no faults of a kind, some know little else. */
export function drawFaults(random: Random): Faults {
  if (random.chance(0.05)) return NO_FAULTS
  const upTo = (most: number) => (random.chance(0.3) ? 0 : most * random.float() * random.float())
  return {
    refused: upTo(0.3),
    lostAnswer: upTo(0.25),
    slow: upTo(0.1),
    crash: upTo(0.08),
    zombie: random.float(),
    lostMessage: upTo(0.6),
    twice: upTo(0.6),
    delayed: upTo(0.6),
    wipe: upTo(1),
    effect: upTo(1),
  }
}
