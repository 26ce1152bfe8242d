import type { RunEvent, RunEventOf } from '@dure/contracts'
import { pathOf } from '../run/evolve.ts'
import { iterationOf, nodeIdOf, scopeOfPath, splitIteration } from '../run/path.ts'
import type { Plan } from '../run/plan.ts'

export interface Ending {
  /** The facts about what had ended, in their order. */
  readonly kept: readonly RunEvent[]
  /** Whether an iteration is over, itself or with what contains it. */
  hasEnded(scope: string): boolean
}

type NodeEnd =
  | RunEventOf<'node.completed'>
  | RunEventOf<'node.skipped'>
  | RunEventOf<'node.failed'>
  | RunEventOf<'node.cancelled'>
type IterationEnd = RunEventOf<'iteration.completed'>
type Candidate = NodeEnd | IterationEnd | RunEventOf<'node.started'> | RunEventOf<'run.signalled'>

/** Nodes that were given up for good, not because something around them failed. */
const FINAL_CANCELS = new Set(['lost-race', 'break', 'continue'])

/**
 * Which facts of a history are about something that had ended, and stays so when everything else is done
 * again: a failure that nothing has handled is no end, nor is what was given up because of it.
 */
export function endingsOf(plan: Plan, events: readonly RunEvent[]): Ending {
  const candidates = candidatesOf(events)
  const ended = new Set<string>()
  for (const event of candidates) if (endsNode(event)) ended.add(pathOf(event))

  const counted = new Set<string>()
  for (const event of candidates) {
    if (event.type !== 'iteration.completed') continue
    const container = pathOf(event)
    if (event.status !== 'failed' || keepsFailures(plan, container)) {
      counted.add(iterationOf(container, event.index))
    }
  }

  function hasEnded(scope: string): boolean {
    if (scope === '') return false
    const { container } = splitIteration(scope)
    return counted.has(scope) || ended.has(container) || hasEnded(scopeOfPath(container))
  }

  function isKept(event: Candidate): boolean {
    if (event.type === 'run.signalled' || event.type === 'node.started') return true
    if (endsNode(event)) return true
    if (event.type === 'iteration.completed') {
      return hasEnded(iterationOf(pathOf(event), event.index))
    }
    return hasEnded(scopeOfPath(pathOf(event)))
  }

  return { kept: candidates.filter(isKept), hasEnded }
}

/** What may be kept; what a retry of the run has undone is not. */
function candidatesOf(events: readonly RunEvent[]): Candidate[] {
  let candidates: Candidate[] = []
  for (const event of events) {
    if (event.type === 'run.retried') {
      const undone = undoneBy(event)
      candidates = candidates.filter((one) => !undone(one))
    } else if (isCandidate(event)) candidates.push(event)
  }
  return candidates
}

/** Of an iteration only when something in it is mended: the others stay counted as failed. */
function undoneBy({ paths }: RunEventOf<'run.retried'>): (event: Candidate) => boolean {
  const undone = new Set<string>(paths)
  const mended = new Set(paths.map(scopeOfPath))
  return (event) => {
    if (event.type === 'iteration.completed') {
      const scope = iterationOf(pathOf(event), event.index)
      return event.status === 'failed' && undone.has(pathOf(event)) && mended.has(scope)
    }
    const isFailure = event.type === 'node.failed' || event.type === 'node.cancelled'
    return isFailure && undone.has(pathOf(event))
  }
}

function isCandidate(event: RunEvent): event is Candidate {
  switch (event.type) {
    case 'run.signalled':
    case 'node.completed':
    case 'node.skipped':
    case 'node.failed':
    case 'node.cancelled':
    case 'iteration.completed':
      return true
    case 'node.started':
      return event.kind === 'body'
    default:
      return false
  }
}

function endsNode(event: Candidate): event is NodeEnd {
  if (event.type === 'node.failed') return event.handled !== undefined
  if (event.type === 'node.cancelled') return FINAL_CANCELS.has(event.reason)
  return event.type === 'node.completed' || event.type === 'node.skipped'
}

/** Whether a container goes on when one of its iterations has failed. */
function keepsFailures(plan: Plan, container: string): boolean {
  const planned = plan.all.get(nodeIdOf(container))
  if (planned?.nodeType.kind !== 'container') return false
  if (planned.nodeType.container === 'try') return true
  return planned.nodeType.container === 'map' && planned.node.config.onItemError !== 'fail'
}
