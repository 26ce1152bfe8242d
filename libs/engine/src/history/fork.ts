import type { RunEvent, RunEventOf, RunId } from '@dure/contracts'
import { InvalidInputError } from '@dure/kernel'
import { pathOf } from '../run/evolve.ts'
import { scopeOfPath } from '../run/path.ts'
import type { Plan } from '../run/plan.ts'
import { type Ending, endingsOf } from './endings.ts'

/** What is other in the fork than it was. Values as events hold them. */
export interface ForkPatch {
  readonly input?: unknown
  /** From the checkpoint on these have these values; the others keep theirs. */
  readonly vars?: Readonly<Record<string, unknown>>
  /** Data of nodes that have completed by then, by path. What followed from the old data stays. */
  readonly nodes?: Readonly<Record<string, unknown>>
}

export interface ForkRequest {
  readonly plan: Plan
  /** Of the run that is forked, up to the checkpoint. */
  readonly events: readonly RunEvent[]
  readonly from: { readonly runId: RunId; readonly version: number }
  readonly started: {
    readonly startedBy: string
    readonly startedAt: number
    readonly deadlineAt: number
  }
  readonly patch: ForkPatch
}

/**
 * The history that a fork begins with, for `begin`: of what had ended by the checkpoint the results, of
 * what was under way nothing, so that it is executed again. Iterations that were under way go on behind
 * what had ended in them. It costs nothing again: the usage stays with the run that had it.
 *
 * @throws InvalidInputError `fork.not-started`, `fork.node-not-completed`
 */
export function forkHistory({ plan, events, from, started, patch }: ForkRequest): RunEvent[] {
  const original = events.find((event) => event.type === 'run.started')
  if (!original) {
    throw new InvalidInputError('fork.not-started', 'By this version the run had not started yet')
  }
  const endings = endingsOf(plan, events)
  const kept = patched(endings.kept, patch)
  const again = reopened(events, endings)
  return [
    startOf(original, { from, started, patch }),
    ...kept,
    ...(again.length > 0
      ? [{ type: 'run.retried', by: started.startedBy, paths: again } as const]
      : []),
  ]
}

function startOf(
  original: RunEventOf<'run.started'>,
  { from, started, patch }: Pick<ForkRequest, 'from' | 'started' | 'patch'>,
): RunEvent {
  const { parent: _, vars: before, input, ...rest } = original
  const vars = { ...before, ...patch.vars }
  return {
    ...rest,
    ...started,
    input: patch.input === undefined ? input : patch.input,
    forkedFrom: from,
    ...(Object.keys(vars).length > 0 && { vars }),
  }
}

function patched(kept: readonly RunEvent[], { vars = {}, nodes = {} }: ForkPatch): RunEvent[] {
  const open = new Set(Object.keys(nodes))
  const changed = kept.map((event) => {
    if (event.type !== 'node.completed') return event
    const { usage: _usage, durationMs: _duration, vars: set, ...rest } = event
    const left = set && Object.entries(set).filter(([name]) => !Object.hasOwn(vars, name))
    const path = pathOf(event)
    const isPatched = open.delete(path) || Object.hasOwn(nodes, path)
    return {
      ...rest,
      ...(isPatched && { data: nodes[path] }),
      ...(left && { vars: Object.fromEntries(left) }),
    }
  })
  if (open.size === 0) return changed
  const problems = [...open].map((path) => ({
    pointer: `#/patch/nodes/${path.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    message: 'has not completed by this checkpoint',
  }))
  const detail = 'Only the data of nodes that have completed can be patched'
  throw new InvalidInputError('fork.node-not-completed', detail, problems)
}

/**
 * Nodes in iterations that were begun and of which nothing is kept. A container counts the iterations
 * that it has opened by what happened in them, and a later one may be kept: these are opened by name.
 */
function reopened(events: readonly RunEvent[], { kept, hasEnded }: Ending): string[] {
  const known = new Set(kept.filter(isOfNode).map((event) => scopeOfPath(pathOf(event))))
  const paths = new Map<string, string>()
  for (const event of events) {
    if (!isOfNode(event)) continue
    const scope = scopeOfPath(pathOf(event))
    if (scope === '' || known.has(scope) || hasEnded(scope)) continue
    if (!paths.has(scope)) paths.set(scope, pathOf(event))
  }
  return [...paths.values()]
}

type NodeEvent = Extract<RunEvent, { nodeId: unknown; path?: unknown }>

function isOfNode(event: RunEvent): event is NodeEvent {
  return event.type.startsWith('node.') || event.type === 'iteration.completed'
}
