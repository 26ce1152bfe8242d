/** What stops first stands first: a service still needs its queue and its database while it ends. */
const STAGES = ['services', 'queue', 'database'] as const
export type Stage = (typeof STAGES)[number]

/** What must be stopped at the end, in an order that does not depend on the order of the starts. */
export interface StopList {
  /** What is added after the stop was ordered is stopped at once. */
  add(stage: Stage, stop: () => Promise<void>): void
  /** Everything of a stage at once, one stage after the other. One failure stops no other stop. */
  run(): Promise<void>
}

export function createStopList(): StopList {
  const stops = new Map<Stage, (() => Promise<void>)[]>(STAGES.map((stage) => [stage, []]))
  let ordered = false
  return {
    add: (stage, stop) => {
      if (ordered) void runAll([stop])
      else stops.get(stage)?.push(stop)
    },
    run: async () => {
      ordered = true
      for (const stage of STAGES) await runAll(stops.get(stage) ?? [])
    },
  }
}

async function runAll(stops: readonly (() => Promise<void>)[]): Promise<void> {
  const results = await Promise.allSettled(stops.map((stop) => stop()))
  for (const result of results) {
    if (result.status === 'rejected') console.error(result.reason)
  }
}
