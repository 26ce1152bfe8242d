import type { NodeId, RunId } from '@dure/contracts'
import type { Graph } from '../graph/graph.ts'
import { validateGraph } from '../graph/validate.ts'
import { type Plan, planOf } from '../run/plan.ts'
import { type Advice, type Candidate, confidenceOf, type ExpectedGain } from './advice.ts'
import {
  type Baseline,
  baselineOf,
  compare,
  type EqualityCheck,
  playUnder,
  type Recorded,
} from './check-equal.ts'
import { applyEdit, pointerOf } from './edit.ts'
import type { Simulated } from './simulate.ts'
import { type NodeStatistics, percentile, statisticsOf } from './statistics.ts'
import { deadWays, independentNodes, neverReached, unusedNodes } from './structural.ts'
import { tuningsOf } from './tuning.ts'

export interface Optimization {
  readonly advice: readonly Advice[]
  /** Advice that would have changed what a recorded run gives, and is none therefore. */
  readonly dropped: readonly {
    readonly kind: Advice['kind']
    readonly nodeIds: readonly NodeId[]
    readonly differed: readonly RunId[]
  }[]
  /** The graph with all that was applied; the graph itself when nothing was. */
  readonly draft: Graph
  /** Of the draft. */
  readonly check: EqualityCheck
  readonly statistics: readonly NodeStatistics[]
  /** The budget did not last for all that could have been tried. */
  readonly isIncomplete: boolean
}

/** Events that may be played; some hundred thousand take seconds. */
const MAX_PLAYED_EVENTS = 400_000
const MAX_ADVICE = 50

/** What the draft is so far, and how the recorded runs go under it. */
interface Current {
  readonly graph: Graph
  readonly plan: Plan
  readonly simulated: readonly Simulated[]
}

/**
 * Advice on a graph by what was recorded of its runs. Every change is tried out on them before it is
 * said: what would change an output is no advice, and what is gained is what these runs would have taken
 * less. Changes build on each other, in their order.
 *
 * @param graph a valid one, with its defaults filled in
 */
export async function optimizeGraph(graph: Graph, recorded: Recorded): Promise<Optimization> {
  const plan = planOf(graph, recorded.nodeTypes)
  const baseline = await baselineOf(plan, recorded)
  return new Optimizer(graph, plan, baseline, recorded).run()
}

class Optimizer {
  readonly #advice: Advice[] = []
  readonly #dropped: Optimization['dropped'][number][] = []
  readonly #tried = new Set<string>()
  readonly #statistics: ReadonlyMap<NodeId, NodeStatistics>
  readonly #graph: Graph
  readonly #plan: Plan
  readonly #baseline: Baseline
  readonly #recorded: Recorded
  #current: Current
  #check: EqualityCheck
  #left = MAX_PLAYED_EVENTS

  constructor(graph: Graph, plan: Plan, baseline: Baseline, recorded: Recorded) {
    const known = baseline.map((one) => one ?? UNKNOWN)
    this.#graph = graph
    this.#plan = plan
    this.#baseline = baseline
    this.#recorded = recorded
    this.#current = { graph, plan, simulated: known }
    this.#check = compare(recorded.runs, [plan, baseline], [plan, known])
    this.#statistics = statisticsOf(plan, recorded.runs, known)
  }

  async run(): Promise<Optimization> {
    await this.#exhaust(deadWays)
    await this.#exhaust(unusedNodes)
    await this.#exhaust(independentNodes)
    for (const [id, seen] of this.#statistics) {
      const planned = this.#current.plan.all.get(id)
      // Policies of one node build on each other: each is found again after the one before.
      for (const { kind } of planned ? tuningsOf(planned, seen) : []) {
        const now = this.#current.plan.all.get(id)
        const candidate = now && tuningsOf(now, seen).find((one) => one.kind === kind)
        if (candidate) await this.#consider(candidate)
      }
    }
    const gone = new Set(this.#advice.flatMap(({ patch }) => patch?.removeNodes ?? []))
    const left = new Map([...this.#statistics].filter(([id]) => !gone.has(id)))
    for (const candidate of neverReached(left, this.#recorded.runs.length)) {
      this.#advise(candidate, this.#current.simulated, false)
    }
    return {
      advice: this.#advice,
      dropped: this.#dropped,
      draft: this.#current.graph,
      check: this.#check,
      statistics: [...this.#statistics.values()],
      isIncomplete: this.#left <= 0,
    }
  }

  /** Looks again after each change, as that may have made others possible. */
  async #exhaust(
    find: (subject: Current & Pick<Recorded, 'nodeTypes'>) => Iterable<Candidate>,
  ): Promise<void> {
    for (let changed = true; changed && this.#advice.length < MAX_ADVICE; ) {
      changed = false
      const { nodeTypes } = this.#recorded
      for (const candidate of find({ ...this.#current, nodeTypes })) {
        changed = await this.#consider(candidate)
        if (changed) break
      }
    }
  }

  /** @returns whether the draft has changed */
  async #consider(candidate: Candidate): Promise<boolean> {
    const { kind, nodeIds, edit, isSafe, needsGain } = candidate
    const name = `${kind} ${nodeIds.join(' ')} ${JSON.stringify(edit)}`
    if (!edit || this.#tried.has(name) || this.#left <= 0) return false
    if (this.#advice.length >= MAX_ADVICE) return false
    this.#tried.add(name)
    const graph = applyEdit(this.#current.graph, edit)
    if (!this.#isAsValid(graph)) return false
    const { plan, simulated } = await playUnder(graph, this.#plan, this.#recorded)
    this.#left -= simulated.reduce((sum, { events }) => sum + events, 1)
    const { runs } = this.#recorded
    const check = compare(runs, [this.#plan, this.#baseline], [plan, simulated])
    if (check.differed.length > 0) {
      this.#dropped.push({ kind, nodeIds, differed: check.differed })
      return false
    }
    const gain = this.#gainOf(simulated)
    if (needsGain && gain.latencyMsP50 <= 0 && gain.costMicroUsdPerRun <= 0) return false
    const isApplied = isSafe && check.checked > 0
    this.#advise(candidate, simulated, isApplied)
    if (!isApplied) return false
    this.#current = { graph, plan, simulated }
    this.#check = check
    return true
  }

  #isAsValid(graph: Graph): boolean {
    const before = validateGraph(this.#current.graph, this.#recorded.nodeTypes, '#/graph')
    const after = validateGraph(graph, this.#recorded.nodeTypes, '#/graph')
    return after.problems.length === 0 && after.warnings.length <= before.warnings.length
  }

  #advise(candidate: Candidate, simulated: readonly Simulated[], applied: boolean): void {
    const { kind, nodeIds, title, detail, seen, edit } = candidate
    const expectedGain = this.#gainOf(simulated)
    this.#advice.push({
      ...{ kind, nodeIds, title, detail, expectedGain, applied },
      pointer: pointerOf(this.#graph, nodeIds[0] ?? ''),
      confidence: confidenceOf(seen || expectedGain.basis.affectedRuns),
      ...(edit && { patch: edit }),
    })
  }

  /** Of one more change: what the runs take under the draft so far, and what they would take then. */
  #gainOf(simulated: readonly Simulated[]): ExpectedGain {
    const pairs = simulated.flatMap((after, index) => {
      const before = this.#current.simulated[index]
      return before && this.#baseline[index] ? [{ before, after }] : []
    })
    const affected = pairs.filter(
      ({ before, after }) =>
        before.durationMs !== after.durationMs || before.costMicroUsd !== after.costMicroUsd,
    )
    const median = (values: readonly number[]) => percentile(values, 0.5)
    const saved = pairs.reduce(
      (sum, { before, after }) => sum + before.costMicroUsd - after.costMicroUsd,
      0,
    )
    return {
      latencyMsP50: median(
        affected.map(({ before, after }) => before.durationMs - after.durationMs),
      ),
      costMicroUsdPerRun: pairs.length === 0 ? 0 : Math.round(saved / pairs.length),
      basis: {
        runs: pairs.length,
        affectedRuns: affected.length,
        beforeMsP50: median(pairs.map(({ before }) => before.durationMs)),
        afterMsP50: median(pairs.map(({ after }) => after.durationMs)),
      },
    }
  }
}

const UNKNOWN: Simulated = {
  status: 'unknown',
  output: null,
  errorCode: undefined,
  durationMs: 0,
  costMicroUsd: 0,
  calls: [],
  events: 0,
}
