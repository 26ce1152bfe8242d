import type { NodeId, RunId } from '@dure/contracts'
import { Value } from 'typebox/value'
import type { Graph } from '../graph/graph.ts'
import type { NodeType } from '../nodes/define.ts'
import { type Plan, planOf } from '../run/plan.ts'
import { type RecordedRun, recordingOf } from './recorded.ts'
import { type Simulated, type SimulatedCache, simulate } from './simulate.ts'

/** Runs of one version, and what is needed to play them again. */
export interface Recorded {
  /** In the order in which they began. */
  readonly runs: readonly RecordedRun[]
  /** Large data of all of them, by their hash. */
  readonly payloads: ReadonlyMap<string, unknown>
  readonly nodeTypes: ReadonlyMap<string, NodeType>
  /** Lower case hex. */
  readonly sha256: (text: string) => string
  /** Lets others have their turn: awaited after each run. */
  readonly pause?: () => Promise<void>
}

export interface EqualityCheck {
  /** Runs that were played under both graphs. */
  readonly checked: number
  /** Runs of which not all is recorded that would be needed, such as those that were cancelled. */
  readonly skipped: number
  readonly differed: readonly RunId[]
}

/** How each recorded run goes under its own graph; undefined where that is not what was recorded. */
export type Baseline = readonly (Simulated | undefined)[]

/**
 * Whether another graph gives what the first one gave: each run is played under both, with the recorded
 * answers of everything outside. Equal are the status, the output or the code of the error, and, whatever
 * the order, all that is written to the outside.
 */
export async function checkEqual(
  graph: Graph,
  patched: Graph,
  recorded: Recorded,
): Promise<EqualityCheck> {
  const plan = planOf(graph, recorded.nodeTypes)
  const baseline = await baselineOf(plan, recorded)
  const { plan: other, simulated } = await playUnder(patched, plan, recorded)
  return compare(recorded.runs, [plan, baseline], [other, simulated])
}

export async function baselineOf(plan: Plan, recorded: Recorded): Promise<Baseline> {
  const { runs, sha256, payloads, pause } = recorded
  const found: (Simulated | undefined)[] = []
  for (const run of runs) {
    const simulated = simulate(run, { plan, sha256, payloads })
    found.push(isAsRecorded(run, simulated, payloads) ? simulated : undefined)
    await pause?.()
  }
  return found
}

/** @param before whose nodes have their cache hits recorded; those of new caches are played */
export async function playUnder(patched: Graph, before: Plan, recorded: Recorded) {
  const { runs, nodeTypes, sha256, payloads, pause } = recorded
  const plan = planOf(patched, nodeTypes)
  const nodeIds = new Set(
    [...plan.all]
      .filter(([id, { node }]) => node.policy?.cache && !hasCache(before, id))
      .map(([id]) => id),
  )
  const cache: SimulatedCache | undefined =
    nodeIds.size > 0 ? { nodeIds, fresh: new Map() } : undefined
  const simulated: Simulated[] = []
  for (const run of runs) {
    simulated.push(simulate(run, { plan, sha256, payloads, cache }))
    await pause?.()
  }
  return { plan, simulated }
}

function hasCache({ all }: Plan, id: NodeId): boolean {
  return all.get(id)?.node.policy?.cache !== undefined
}

type Side<Runs> = readonly [plan: Plan, simulated: Runs]

export function compare(
  runs: readonly RecordedRun[],
  [planBefore, before]: Side<Baseline>,
  [planAfter, after]: Side<readonly Simulated[]>,
): EqualityCheck {
  const differed: RunId[] = []
  let checked = 0
  for (const [index, { id }] of runs.entries()) {
    const [one, other] = [before[index], after[index]]
    if (!one || !other) continue
    checked += 1
    const isEqual =
      one.status === other.status &&
      one.errorCode === other.errorCode &&
      Value.Equal(one.output, other.output) &&
      Value.Equal(writesOf(one, planBefore), writesOf(other, planAfter))
    if (!isEqual) differed.push(id)
  }
  return { checked, skipped: runs.length - checked, differed }
}

/** In an order that does not say when they were made. */
function writesOf({ calls, status }: Simulated, plan: Plan): string[] {
  // Of a failure, nobody promises how far what ran beside it has come.
  if (status !== 'completed') return []
  return calls
    .filter(({ nodeId }) => plan.all.get(nodeId as NodeId)?.effect === 'write')
    .map(({ path, key }) => `${path} ${key}`)
    .sort()
}

function isAsRecorded(
  { events }: RecordedRun,
  { status, output, errorCode }: Simulated,
  payloads: ReadonlyMap<string, unknown>,
): boolean {
  const ended = recordingOf(events)?.ended
  if (ended?.type === 'run.failed') return status === 'failed' && errorCode === ended.error.code
  if (ended?.type !== 'run.completed' || status !== 'completed') return false
  return Value.Equal(output, contentOf(ended.output, payloads))
}

function contentOf(output: unknown, payloads: ReadonlyMap<string, unknown>): unknown {
  const { $payload } = (output ?? {}) as { readonly $payload?: unknown }
  return typeof $payload === 'string' ? payloads.get($payload) : output
}
