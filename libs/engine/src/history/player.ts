import type { RunEvent } from '@dure/contracts'
import { contentOf, type DecisionContext } from '../run/decision.ts'
import type { Plan } from '../run/plan.ts'
import type { RunState } from '../run/state.ts'
import { type Fact, factsOf } from './facts.ts'
import { type Feed, feedOf } from './feed.ts'
import { createTeller } from './teller.ts'
import { NEVER, timeless } from './timeless.ts'

export interface PlayerOptions {
  readonly plan: Plan
  readonly run: DecisionContext['run']
  readonly sha256: (text: string) => string
  /** The content of all that the recorded events refer to. */
  readonly payloads: ReadonlyMap<string, unknown>
}

/** A run that is decided again, and is told what comes from outside. */
export interface Player {
  readonly state: RunState
  /** All that has happened in it. */
  readonly events: readonly RunEvent[]
  readonly payloads: ReadonlyMap<string, unknown>
  contentOf(data: unknown): unknown
  take(commit: readonly RunEvent[]): void
}

/** As long as it must: nothing in a replay is late. */
const TIMEOUT_MS = NEVER / 4

export function createPlayer({ plan, run, sha256, payloads: known }: PlayerOptions): Player {
  const payloads = new Map(known)
  const context: DecisionContext = {
    ...{ plan: timeless(plan), run, sha256, payloads },
    ...{ now: 0, timeoutMs: TIMEOUT_MS },
  }
  const teller = createTeller(context)
  const { state, events } = teller
  /** Facts about nodes that have not come that far: on another version, the order may be another. */
  const early = new Map<string, Fact[]>()

  /** As many as are true at the same moment, at once: a join may depend on that. */
  function takeSome(facts: Fact[]): void {
    const feeds: Feed[] = []
    const said = new Set<string>()
    for (let fact = facts[0]; fact; fact = facts[0]) {
      const feed = said.has(fact.path) ? undefined : feedOf(fact, teller)
      if (!feed || (feed.alone && feeds.length > 0)) break
      if (fact.path !== '') said.add(fact.path)
      feeds.push(feed)
      facts.shift()
      if (feed.alone) break
    }
    if (feeds.length > 0) takeEarly(teller.tell(feeds))
    else for (const fact of facts.splice(0, 1)) keep(fact)
  }

  function keep(fact: Fact): void {
    if (fact.path !== '') early.set(fact.path, [...(early.get(fact.path) ?? []), fact])
  }

  function takeEarly(touched: readonly string[]): void {
    for (const path of touched) {
      const facts = early.get(path) ?? []
      early.delete(path)
      while (facts.length > 0) takeSome(facts)
    }
  }

  return {
    ...{ state, events, payloads },
    contentOf: (data) => contentOf(data, context),
    take(commit) {
      const [first] = commit
      if (first?.type === 'run.started' && first.forkedFrom) {
        // What a fork took over was not decided by it.
        teller.tell(commit.filter((event) => !isEnd(event)).map((given) => ({ given })))
        return
      }
      const facts = factsOf(commit, context)
      while (facts.length > 0) takeSome(facts)
    },
  }
}

function isEnd({ type }: RunEvent): boolean {
  return type === 'run.completed' || type === 'run.failed'
}
