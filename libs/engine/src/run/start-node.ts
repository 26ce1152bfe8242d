import type { RunId, TaskError } from '@dure/contracts'
import type { Evaluation, Incoming, WaitRequest } from '../nodes/define.ts'
import type { NewTask } from '../orchestrator/ports.ts'
import { nextApprovalTimer } from './approval-timer.ts'
import { storable, tooLarge } from './data.ts'
import { contentOf, type Decision, named, scopeFor, taskKeyOf } from './decision.ts'
import { failNode } from './failure.ts'
import { isLargerThan } from './json-size.ts'
import { scopeOfPath } from './path.ts'
import type { PlannedNode } from './plan.ts'
import { explained, scheduleAttempt } from './schedule.ts'

/** Runs that start runs that start runs. */
const MAX_DEPTH = 8
const MAX_VARS_BYTES = 262_144

/** Begins a node that is ready, or, when it is pure, does all of it. */
export function startNode(
  decision: Decision,
  path: string,
  planned: PlannedNode,
  incoming: readonly Incoming[],
): void {
  const attempt = (decision.state.attempts.get(path) ?? 0) + 1
  const error = explained(() => {
    const { nodeType, node, effect } = planned
    const scope = () => scopeFor(decision, scopeOfPath(path))
    if (nodeType.kind === 'pure' && effect === 'pure') {
      const arrived = incoming.map((one) => withContent(one, decision))
      return completeWith(
        decision,
        { path, planned },
        nodeType.evaluate(node.config, scope(), arrived),
      )
    }
    if (nodeType.kind === 'wait') {
      const request = nodeType.request(node.config, scope(), decision.context.now)
      return wait(decision, { path, planned, attempt }, request)
    }
    return scheduleAttempt(decision, { path, planned, attempt })
  })
  if (error) failNode(decision, { path, planned, attempt, error })
}

function withContent(incoming: Incoming, { context }: Decision): Incoming {
  return 'data' in incoming ? { ...incoming, data: contentOf(incoming.data, context) } : incoming
}

/** @returns why its data cannot be kept; undefined when the node is completed */
export function completeWith(
  decision: Decision,
  { path, planned, attempt }: { path: string; planned: PlannedNode; attempt?: number },
  { port, data, vars, response }: Evaluation,
): TaskError | undefined {
  const problem = tooLarge('The data of the node', data)
  if (problem) return problem
  if (vars && isLargerThan(MAX_VARS_BYTES, { ...decision.state.vars, ...vars }))
    return VARS_TOO_LARGE
  if (response) decision.record({ type: 'run.responded', nodeId: planned.id, ...response })
  decision.record({
    type: 'node.completed',
    ...named(path, planned),
    nodeType: planned.node.type,
    port,
    data: storable(decision, data),
    ...(vars && { vars }),
    ...(attempt !== undefined && { attempt }),
  })
  return undefined
}

const VARS_TOO_LARGE: TaskError = {
  code: 'run.vars-too-large',
  class: 'invalid',
  message: `The variables of the run are larger than ${MAX_VARS_BYTES} bytes: keep less in them`,
}

interface Waiting {
  readonly path: string
  readonly planned: PlannedNode
  readonly attempt: number
}

function wait(decision: Decision, waiting: Waiting, request: WaitRequest): TaskError | undefined {
  switch (request.kind) {
    case 'timer':
      return waitForTime(decision, waiting, request.dueAt)
    case 'event':
      return waitForEvent(decision, waiting, request)
    case 'approval':
      return waitForApproval(decision, waiting, request)
    case 'child':
      return startChild(decision, waiting, request)
  }
}

function waitForTime(decision: Decision, waiting: Waiting, dueAt: number) {
  if (dueAt <= decision.context.now) {
    return completeWith(decision, waiting, { port: 'out', data: { until: isoOf(dueAt) } })
  }
  schedule(decision, waiting, { kind: 'timer', dueAt })
  return undefined
}

export function isoOf(epochMs: number): string {
  return new Date(epochMs).toISOString()
}

type EventRequest = Extract<WaitRequest, { kind: 'event' }>

function waitForEvent(decision: Decision, waiting: Waiting, request: EventRequest) {
  const [early] = decision.state.signals.get(request.name) ?? []
  if (early !== undefined) return takeSignal(decision, waiting, request.name, early)
  schedule(decision, waiting, { kind: 'event', request, ...due(request.dueAt) })
  outstanding(decision, waiting, { kind: 'event', request })
  return undefined
}

/** Gives the first signal of this name to a node that waits for it; the payload as it is stored. */
export function takeSignal(
  decision: Decision,
  { path, planned }: Pick<Waiting, 'path' | 'planned'>,
  name: string,
  payload: unknown,
): undefined {
  decision.record({
    type: 'node.completed',
    ...named(path, planned),
    nodeType: planned.node.type,
    port: 'out',
    data: payload,
    signal: name,
  })
}

type ApprovalRequest = Extract<WaitRequest, { kind: 'approval' }>

function waitForApproval(decision: Decision, waiting: Waiting, request: ApprovalRequest) {
  const { path, planned } = waiting
  const timer = nextApprovalTimer({ status: 'scheduled', attempt: 1, firstAttempt: 1, request })
  schedule(decision, waiting, { kind: 'approval', request, ...due(timer) })
  const hash = approvalHash(decision, path, request.payload)
  const { title, dueAt } = request
  decision.record({
    type: 'approval.requested',
    ...named(path, planned),
    title,
    hash,
    ...due(dueAt),
  })
  outstanding(decision, waiting, { kind: 'approval', request })
  return undefined
}

/** What a decision is bound to: this payload, of this node, of this run. */
export function approvalHash({ context }: Decision, path: string, payload: unknown): string {
  return context.sha256(`${taskKeyOf(context.run.runId, path)}\n${JSON.stringify(payload ?? null)}`)
}

type ChildRequest = Extract<WaitRequest, { kind: 'child' }>

function startChild(decision: Decision, waiting: Waiting, request: ChildRequest) {
  if (decision.state.depth + 1 > MAX_DEPTH) {
    const message = `Workflows may call workflows ${MAX_DEPTH} deep: this call would be one more`
    return { code: 'subworkflow.too-deep', class: 'invalid', message } as const
  }
  const childRunId = childIdOf(decision, waiting)
  schedule(decision, waiting, { kind: 'child', childRunId })
  outstanding(decision, waiting, { kind: 'child', request, childRunId })
  return undefined
}

/** The same whenever the same decision is made: a child that was started is found, not doubled. */
function childIdOf({ context }: Decision, { path, attempt }: Waiting): RunId {
  const { run, now, sha256 } = context
  const hash = sha256(`${run.seed}\n${taskKeyOf(run.runId, path)}#${attempt}`)
  // The layout of a version 7 UUID, whose time says in which partition its events are.
  const time = now.toString(16).padStart(12, '0')
  return `run_${time}7${hash.slice(0, 3)}8${hash.slice(3, 18)}` as RunId
}

function due(dueAt: number | null) {
  return dueAt === null ? {} : { dueAt }
}

interface Scheduling {
  readonly kind: 'timer' | 'event' | 'approval' | 'child'
  readonly dueAt?: number
  readonly request?: unknown
  readonly childRunId?: RunId
}

function schedule(decision: Decision, { path, planned, attempt }: Waiting, more: Scheduling): void {
  const nodeType = planned.node.type
  decision.record({ type: 'node.scheduled', ...named(path, planned), nodeType, attempt, ...more })
}

function outstanding(
  decision: Decision,
  { path, attempt }: Waiting,
  more: Pick<NewTask, 'kind' | 'request'> & { readonly childRunId?: RunId },
): void {
  decision.tasks.push({ path, attempt, message: null, cache: null, childRunId: null, ...more })
}
