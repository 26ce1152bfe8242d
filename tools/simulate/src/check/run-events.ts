import type { RunEvent } from '@dure/contracts'
import { ensureNode, ensureScope, isOver, isSettled, type Phase, type RunModel } from './model.ts'
import { applyNodeEvent, type NodeEvent } from './node-events.ts'
import { scopeOf } from './outline.ts'

type RunOnlyEvent = Exclude<RunEvent, NodeEvent>

/** In which phases of a run an event about the run itself may happen, and to which it leads. */
const LEGAL: Readonly<Record<RunOnlyEvent['type'], { from: readonly Phase[]; to?: Phase }>> = {
  'run.queued': { from: ['absent'], to: 'queued' },
  'run.started': { from: ['absent', 'queued'], to: 'running' },
  'run.paused': { from: ['running'], to: 'paused' },
  'run.resumed': { from: ['paused'], to: 'running' },
  'run.retried': { from: ['failed', 'timed_out'], to: 'running' },
  'run.cancel-requested': { from: ['queued', 'running', 'paused'] },
  'run.signalled': { from: ['running', 'paused'] },
  'run.responded': { from: ['running'] },
  'run.completed': { from: ['running'], to: 'completed' },
  'run.failed': { from: ['queued', 'running', 'paused'], to: 'failed' },
  'run.cancelled': { from: ['queued', 'running', 'paused'], to: 'cancelled' },
  'run.timed_out': { from: ['queued', 'running', 'paused'], to: 'timed_out' },
}

/** Adds an event to the model. @returns what is not legal about it */
export function applyEvent(model: RunModel, event: RunEvent): string[] {
  const phase = model.phase
  model.version += 1
  if (isOfNode(event)) return applyNodeEvent(model, event)
  const rule = LEGAL[event.type]
  const problems = rule.from.includes(phase) ? [] : [`${event.type} of a run that is ${phase}`]
  problems.push(...consequences(model, event))
  if (rule.to) model.phase = rule.to
  if (isOver(model)) model.outstanding.clear()
  return problems
}

function isOfNode(event: RunEvent): event is NodeEvent {
  return !Object.hasOwn(LEGAL, event.type)
}

function consequences(model: RunModel, event: RunOnlyEvent): string[] {
  switch (event.type) {
    case 'run.started':
      model.input = event.input
      model.deadlineAt = event.deadlineAt
      model.vars = { ...event.vars }
      ensureScope(model, '')
      return []
    case 'run.completed':
      return leftOpen(model)
    case 'run.retried':
      model.deadlineAt = event.deadlineAt
      return event.paths.flatMap((path) => reopen(model, path, new Set(event.paths.map(scopeOf))))
    default:
      return []
  }
}

/** A run is complete when every node at its top is over. */
function leftOpen(model: RunModel): string[] {
  const nodes = model.scopes.get('')?.nodes
  const open = [...model.outline.values()]
    .filter(({ container, node }) => container === undefined && node.type !== 'note')
    .filter(({ node }) => !isSettled(nodes?.get(node.id)))
    .map(({ node }) => `run.completed although ${node.id} is not over`)
  const waiting = [...model.outstanding.keys()]
  return [...open, ...waiting.map((path) => `run.completed although ${path} is under way`)]
}

/** A retry forgets what failed; what was completed stays so, and iterations that a map goes on without. */
function reopen(model: RunModel, path: string, mended: ReadonlySet<string>): string[] {
  const node = ensureNode(model, path)
  const before = node.status
  const isContainer = model.outline.get(path.slice(path.lastIndexOf('/') + 1))?.node.body
  node.status = isContainer && before !== 'absent' ? 'started' : 'absent'
  node.kind = isContainer ? 'body' : ''
  node.reopened += 1
  node.port = undefined
  if (node.status === 'started') {
    model.outstanding.set(path, node)
    for (const [inner, scope] of model.scopes) {
      const mine = inner.startsWith(`${path}[`) && !inner.slice(path.length).includes('/')
      if (mine && mended.has(inner)) scope.over = false
    }
  }
  return before === 'completed' ? [`run.retried executes ${path} again, which was completed`] : []
}
