import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { RunEvent } from '@dure/contracts'
import type { StoredEvent } from '@dure/kernel'
import { nodeTypes } from '../../nodes/index.ts'
import { type Plan, planOf } from '../../run/plan.ts'
import { runEvents } from '../../run/run-events.ts'
import type { RunState } from '../../run/state.ts'
import { explain } from '../explain.ts'
import type { HistoryEvent } from '../history.ts'
import { nodesOf } from '../nodes.ts'
import { nameOf, type PlayedOut, playOut } from './play-out.ts'
import { SCENARIOS } from './scenarios.ts'

const FOLDER = new URL('../golden/', import.meta.url)

/** A run as a release recorded it, and what it knew of it then. It is never edited. */
interface GoldenHistory {
  readonly graph: never
  readonly run: PlayedOut['context']['run']
  readonly events: readonly {
    readonly version: number
    readonly at: string
    readonly event: StoredEvent<RunEvent>
  }[]
  readonly payloads: Readonly<Record<string, unknown>>
  readonly summary: unknown
}

export interface ReadHistory {
  readonly name: string
  readonly plan: Plan
  readonly run: GoldenHistory['run']
  readonly history: readonly HistoryEvent[]
  readonly payloads: ReadonlyMap<string, unknown>
  readonly summary: unknown
}

/** Records what has no file yet, and never changes what is there. */
export function recordHistories(): void {
  for (const [name, { graph, world, input }] of Object.entries(SCENARIOS)) {
    const path = new URL(`${name}.json`, FOLDER)
    if (existsSync(path)) continue
    const { context, history, payloads, plan, state } = playOut(graph, world, { input })
    const { run } = context
    const golden = {
      ...{ graph, run },
      events: history.map((one) => ({ ...one, event: runEvents.write(one.event) })),
      payloads: Object.fromEntries(payloads),
      summary: summaryOf(state, { plan, run, history, payloads }),
    }
    writeFileSync(path, `${JSON.stringify(golden, null, 1)}\n`)
  }
}

export function goldenHistories(): ReadHistory[] {
  return readdirSync(FOLDER).map((path) => {
    const golden: GoldenHistory = JSON.parse(readFileSync(new URL(path, FOLDER), 'utf8'))
    return {
      ...golden,
      name: path.replace(/\.json$/, ''),
      plan: planOf(golden.graph, nodeTypes),
      payloads: new Map(Object.entries(golden.payloads)),
      history: golden.events.map(({ version, at, event }) => ({
        version,
        at: new Date(at),
        event: runEvents.read(event),
      })),
    }
  })
}

/** How a run ended and came there, in words that do not depend on how a build keeps them in memory. */
export function summaryOf(
  { phase, version, output, error, costMicroUsd, vars }: RunState,
  { plan, run, payloads, history }: Pick<ReadHistory, 'plan' | 'run' | 'payloads' | 'history'>,
): unknown {
  const { branches, skipped, retries } = explain(
    { plan, run, payloads: new Map(payloads), sha256: nameOf },
    history,
  )
  const nodes = nodesOf(history).map(({ path, type, status, attempts, port, data }) => ({
    ...{ path, type, status, attempts, port, data },
  }))
  return JSON.parse(
    JSON.stringify({
      ...{ phase, version, output, error, costMicroUsd, vars, nodes },
      explained: {
        branches: branches.map(({ path, port }) => ({ path, port })),
        skipped: skipped.map(({ path }) => path),
        retries: retries.map(({ path, attempt }) => ({ path, attempt })),
      },
    }),
  )
}
