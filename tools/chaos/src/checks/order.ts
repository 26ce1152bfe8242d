import { ENDS, type History, type StoredEvent, type Violation } from './history.ts'

interface NodeState {
  attempt: number
  open: boolean
  settled: boolean
}

interface RunState {
  begun: boolean
  ended: string | null
  paused: boolean
  readonly nodes: Map<string, NodeState>
}

/**
 * What the events of a run may say after each other, as the contract of events says it. Written from
 * the contract and not from the engine: the engine is what is checked.
 */
export function checkOrder(history: History): Violation[] {
  const state: RunState = { begun: false, ended: null, paused: false, nodes: new Map() }
  const wrong: string[] = []
  history.events.forEach((event, index) => {
    const problem = event.version === index + 1 ? apply(state, event) : `version ${event.version}`
    if (problem) wrong.push(`event ${index + 1} (${event.type} ${event.path ?? ''}): ${problem}`)
  })
  const count = history.events.length
  if (count !== history.version) wrong.push(`${count} events, but version ${history.version}`)
  const ended = ENDS.has(history.status) ? history.status : null
  if (state.ended !== ended) {
    wrong.push(`its events say ${state.ended ?? 'no end'}, its row ${history.status}`)
  }
  return wrong.map((what) => ({ kind: 'illegal', runId: history.runId, what }))
}

function apply(state: RunState, event: StoredEvent): string | null {
  if (event.type === 'run.retried') return retry(state, event)
  if (state.ended !== null) return `after its end as ${state.ended}`
  if (!state.begun && event.type !== 'run.started' && event.type !== 'run.queued') {
    return 'before its start'
  }
  return event.type.startsWith('run.') ? applyToRun(state, event) : applyToNode(state, event)
}

function applyToRun(state: RunState, { type }: StoredEvent): string | null {
  const what = type.slice('run.'.length)
  if (what === 'started' && state.begun) return 'started twice'
  if (what === 'started') state.begun = true
  if (what === 'paused') {
    if (state.paused) return 'paused twice'
    state.paused = true
  }
  if (what === 'resumed') {
    if (!state.paused) return 'resumed without a pause'
    state.paused = false
  }
  if (ENDS.has(what)) state.ended = what
  return null
}

/** Of a run that has failed: these nodes begin anew, with the attempt after their last one. */
function retry(state: RunState, { data }: StoredEvent): string | null {
  if (state.ended !== 'failed') return `retried, although ${state.ended ?? 'it goes on'}`
  state.ended = null
  for (const path of data.paths as string[]) {
    const node = state.nodes.get(path)
    if (!node?.settled) return `${path} is retried, and had no result`
    node.settled = false
  }
  return null
}

function applyToNode(state: RunState, event: StoredEvent): string | null {
  const path = event.path ?? ''
  const node = state.nodes.get(path) ?? { attempt: 0, open: false, settled: false }
  state.nodes.set(path, node)
  if (node.settled) return 'after it had a result'
  switch (event.type) {
    case 'node.scheduled':
    case 'node.started':
      return begin(state, node, event)
    case 'node.retrying':
      if (event.attempt !== node.attempt) return `of attempt ${event.attempt}, not ${node.attempt}`
      node.open = false
      return null
    case 'node.completed':
    case 'node.failed':
    case 'node.skipped':
    case 'node.cancelled':
      node.settled = true
      return event.attempt !== undefined && node.attempt > 0 && event.attempt !== node.attempt
        ? `of attempt ${event.attempt}, not ${node.attempt}`
        : null
    default:
      return node.open || node.attempt > 0 ? null : 'before its node was begun'
  }
}

function begin(state: RunState, node: NodeState, { attempt = 1 }: StoredEvent): string | null {
  const expected = node.attempt + 1
  node.attempt = attempt
  node.open = true
  if (state.paused) return 'begun while the run is paused'
  return attempt === expected ? null : `attempt ${attempt}, but ${expected} is next`
}
