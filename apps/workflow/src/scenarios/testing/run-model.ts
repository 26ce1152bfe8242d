/** An event of a run, as far as the model looks at it. */
export interface SeenEvent {
  readonly type: string
  readonly nodeId?: string
  readonly path?: string
  readonly attempt?: number
  readonly handled?: string
  readonly by?: string
}

type Phase = 'running' | 'paused' | 'completed' | 'failed' | 'cancelled'

/**
 * A run, seen from outside: which of its steps have ended, and which wait. It knows nothing of graphs:
 * the leaves are all that has to be done, and one of them may be a wait for a signal after another.
 */
export interface ModelRun {
  readonly phase: Phase
  readonly leaves: readonly string[]
  readonly wait: { readonly path: string; readonly after: string } | undefined
  /** Of steps that wait for somebody: the attempt. */
  readonly open: ReadonlyMap<string, number>
  readonly done: ReadonlySet<string>
  readonly failed: ReadonlySet<string>
  /** Whose failure counts as an end like any other. */
  readonly tolerant: ReadonlySet<string>
  /** Given and not taken yet. */
  readonly signals: number
}

export type Shape = Pick<ModelRun, 'leaves' | 'wait' | 'tolerant'>

export type Command =
  | {
      readonly type: 'finish'
      readonly path: string
      readonly attempt: number
      readonly ok: boolean
    }
  | { readonly type: 'pause' | 'resume' | 'cancel' | 'retry' | 'signal' }

function newRun(shape: Shape): ModelRun {
  const nothing = { open: new Map(), done: new Set<string>(), failed: new Set<string>() }
  return { ...shape, ...nothing, phase: 'running', signals: 0 }
}

export function hasEnded({ phase }: Pick<ModelRun, 'phase'>): boolean {
  return phase !== 'running' && phase !== 'paused'
}

/** Whether a run in this state takes a command; else it is a conflict. */
export function accepts(run: ModelRun, { type }: Command): boolean {
  return type === 'retry' ? run.phase === 'failed' : !hasEnded(run)
}

/** The state after a command that was accepted, or a result that arrived. */
export function after(run: ModelRun, command: Command): ModelRun {
  switch (command.type) {
    case 'finish':
      return isOpen(run, command) && !hasEnded(run) ? progress(finished(run, command)) : run
    case 'pause':
      return run.phase === 'running' ? { ...run, phase: 'paused' } : run
    case 'resume':
      return run.phase === 'paused' ? progress({ ...run, phase: 'running' }) : run
    case 'cancel':
      return { ...run, phase: 'cancelled' }
    case 'retry':
      return progress({ ...run, phase: 'running', failed: new Set() })
    case 'signal':
      return progress(signalled(run))
  }
}

type Finish = Extract<Command, { type: 'finish' }>

function isOpen({ open }: ModelRun, { path, attempt }: Finish): boolean {
  return open.get(path) === attempt
}

function finished(run: ModelRun, { path, ok }: Finish): ModelRun {
  const open = new Map(run.open)
  open.delete(path)
  if (ok || run.tolerant.has(path)) return { ...run, open, done: new Set([...run.done, path]) }
  return { ...run, open, failed: new Set([...run.failed, path]) }
}

/** Who waits for it takes it at once, also while the run is paused. */
function signalled(run: ModelRun): ModelRun {
  const { wait } = run
  if (!wait || !run.open.has(wait.path)) return { ...run, signals: run.signals + 1 }
  return finished(run, { type: 'finish', path: wait.path, attempt: 1, ok: true })
}

/** What a run does by itself, as long as it is not paused. */
function progress(run: ModelRun): ModelRun {
  if (run.phase !== 'running') return run
  if (run.failed.size > 0) return { ...run, phase: 'failed' }
  const { wait, done, signals } = run
  if (wait && signals > 0 && done.has(wait.after) && !done.has(wait.path)) {
    return progress({ ...run, signals: signals - 1, done: new Set([...done, wait.path]) })
  }
  return run.leaves.every((leaf) => done.has(leaf)) ? { ...run, phase: 'completed' } : run
}

const MAY: Readonly<Record<string, readonly Phase[]>> = {
  'run.paused': ['running'],
  'run.resumed': ['paused'],
  'run.retried': ['failed'],
  'run.cancelled': ['running', 'paused'],
  'run.completed': ['running'],
  'run.failed': ['running'],
}
const PHASES: Readonly<Record<string, Phase>> = {
  'run.paused': 'paused',
  'run.resumed': 'running',
  'run.retried': 'running',
  'run.cancelled': 'cancelled',
  'run.completed': 'completed',
  'run.failed': 'failed',
}

/** What events add up to. @throws when one of them cannot follow those before it */
export function fold(shape: Shape, events: readonly SeenEvent[]): ModelRun {
  if (events[0]?.type !== 'run.started') throw new Error('A run does not begin with its start')
  return events.slice(1).reduce(follow, newRun(shape))
}

function follow(run: ModelRun, event: SeenEvent): ModelRun {
  const phases = MAY[event.type]
  if (phases ? !phases.includes(run.phase) : hasEnded(run)) {
    throw new Error(`${event.type} follows in a run that is ${run.phase}`)
  }
  const phase = PHASES[event.type] ?? run.phase
  if (event.type === 'run.retried') return { ...run, phase, open: new Map(), failed: new Set() }
  if (event.type === 'run.signalled') return { ...run, signals: run.signals + 1 }
  return phases ? { ...run, phase } : followNode(run, event)
}

function followNode(run: ModelRun, event: SeenEvent): ModelRun {
  const { nodeId = '', path = nodeId, attempt = 1 } = event
  const open = new Map(run.open)
  switch (event.type) {
    case 'node.scheduled':
      if (run.phase !== 'running') throw new Error(`${path} is begun while the run is ${run.phase}`)
      if (run.done.has(path)) throw new Error(`${path} is executed again, and has a result`)
      return { ...run, open: open.set(path, attempt) }
    case 'node.completed':
    case 'node.failed': {
      if (run.done.has(path)) throw new Error(`${path} ends twice`)
      if (open.has(path) && path !== run.wait?.path && open.get(path) !== attempt) {
        throw new Error(`${path} ends by attempt ${attempt}, and ${open.get(path)} is under way`)
      }
      open.delete(path)
      const isWait = path === run.wait?.path
      const signals = isWait ? run.signals - 1 : run.signals
      const isDone = event.type === 'node.completed' || event.handled !== undefined
      if (isDone) return { ...run, open, signals, done: new Set([...run.done, path]) }
      return { ...run, open, failed: new Set([...run.failed, path]) }
    }
    case 'node.cancelled':
      open.delete(path)
      return { ...run, open }
    default:
      return run
  }
}
