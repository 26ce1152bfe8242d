import { runEvents } from './run-events.ts'
import { absentRun, type RunState } from './state.ts'

/**
 * A state as JSON. Only a cache: whoever finds none folds the events. Raise the number in the name of the
 * reducer whenever the state or `evolve` changes its meaning, and old ones are not used any more. A build
 * that knows other versions of events has another name too: it must not skip what it cannot read.
 */
export const REDUCER = `run-1${runEvents.fingerprint}`

export function toSnapshot(state: RunState): unknown {
  const { scopes, timers, outstanding: _, signals, attempts, ...rest } = state
  return {
    ...rest,
    scopes: [...scopes.values()].map(({ nodes, ...scope }) => ({ ...scope, nodes: [...nodes] })),
    timers: [...timers],
    signals: [...signals],
    attempts: [...attempts],
    // By path only: they are the very nodes of the scopes.
    outstanding: [...state.outstanding.keys()],
  }
}

type StoredScope = Omit<
  RunState['scopes'] extends Map<string, infer Scope> ? Scope : never,
  'nodes'
>

export function fromSnapshot(snapshot: unknown): RunState {
  const stored = snapshot as Omit<
    RunState,
    'scopes' | 'timers' | 'outstanding' | 'signals' | 'attempts'
  > & {
    readonly scopes: readonly (StoredScope & { readonly nodes: [never, never][] })[]
    readonly timers: [string, number][]
    readonly signals: [string, unknown[]][]
    readonly attempts: [string, number][]
    readonly outstanding: string[]
  }
  const state: RunState = {
    ...absentRun(),
    ...stored,
    vars: Object.assign(Object.create(null), stored.vars),
    scopes: new Map(),
    timers: new Map(stored.timers),
    signals: new Map(stored.signals),
    attempts: new Map(stored.attempts),
    outstanding: new Map(),
  }
  for (const { nodes, visible, ...scope } of stored.scopes) {
    const seen = Object.assign(Object.create(null), visible)
    state.scopes.set(scope.path, { ...scope, visible: seen, nodes: new Map(nodes) })
  }
  restoreOutstanding(state, stored.outstanding)
  return state
}

function restoreOutstanding(state: RunState, paths: readonly string[]): void {
  for (const path of paths) {
    const slash = path.lastIndexOf('/')
    const scope = state.scopes.get(slash < 0 ? '' : path.slice(0, slash))
    const node = scope?.nodes.get(path.slice(slash + 1) as never)
    if (node) state.outstanding.set(path, node)
  }
}
