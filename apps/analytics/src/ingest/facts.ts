import {
  AgentEvent,
  type EventSource,
  type PaidKind,
  type RecordedEvent,
  RunEvent,
  RunId,
  type TaskUsage,
  type Tenant,
  type WorkflowId,
  type WorkflowVersionId,
} from '@dure/contracts'
import { Compile } from 'typebox/compile'

export interface RunStart {
  readonly tenant: Tenant
  readonly runId: RunId
  readonly workflowId: WorkflowId
  readonly versionId: WorkflowVersionId
  readonly at: Date
}

export interface RunEnd {
  readonly tenant: Tenant
  readonly runId: RunId
  readonly status: 'completed' | 'failed' | 'cancelled' | 'timed_out'
  readonly at: Date
  /** Of the event in the stream of the run: of several ends, the highest is the one that holds. */
  readonly version: number
  readonly errorCode: string | null
  readonly failedNodeId: string | null
}

export interface ModelCall {
  readonly g: number
  readonly tenant: Tenant
  readonly runId: string
  readonly workflowId: string
  readonly nodeId: string
  readonly attempt: number
  readonly model: string
  readonly at: Date
  readonly inputTokens: number
  readonly outputTokens: number
  readonly costMicroUsd: number
  readonly durationMs: number
  /** Null when the model answered. */
  readonly errorCode: string | null
  /** Of a call that another fact is there for: it counts what that has cost, and is none more. */
  readonly isPart: boolean
}

/** What events add up to, in any order and however often each was read: one start, one end per run. */
export interface Facts {
  readonly runStarts: readonly RunStart[]
  readonly runEnds: readonly RunEnd[]
  readonly modelCalls: readonly ModelCall[]
  /** Events of a type that we count, in a form that we do not know. */
  readonly unreadable: readonly RecordedEvent[]
}

type Fact =
  | { readonly kind: 'run-start'; readonly fact: RunStart }
  | { readonly kind: 'run-end'; readonly fact: RunEnd }
  | { readonly kind: 'model-call'; readonly fact: ModelCall }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'nothing' }

const runEvent = Compile(RunEvent)
const agentEvent = Compile(AgentEvent)
const runId = Compile(RunId)

/** All other types are none of our business, now or yet: a newer producer must not stop us. */
export const COUNTED: Readonly<Record<EventSource, ReadonlySet<string>>> = {
  workflow: new Set([
    'run.started',
    'run.completed',
    'run.failed',
    'run.cancelled',
    'run.timed_out',
  ]),
  agent: new Set([
    'model.called',
    'model.call-failed',
    'call.paid',
    'execution.model-answered',
    'execution.ended',
  ]),
}

const UNREADABLE = { kind: 'unreadable' } as const
/** A model that its call does not name. */
const UNNAMED = 'unknown'
const MAX_TEXT = 200

export function factsOf(source: EventSource, events: readonly RecordedEvent[]): Facts {
  const starts = new Map<string, RunStart>()
  const ends = new Map<string, RunEnd>()
  const calls = new Map<number, ModelCall>()
  const unreadable = new Map<number, RecordedEvent>()
  for (const event of events) {
    if (!COUNTED[source].has(event.type)) continue
    const read = source === 'workflow' ? readRunEvent(event) : readAgentEvent(event)
    switch (read.kind) {
      case 'run-start':
        keep(starts, read.fact, (one, other) => one.at < other.at)
        break
      case 'run-end':
        keep(ends, read.fact, (one, other) => one.version > other.version)
        break
      case 'model-call':
        calls.set(event.g, read.fact)
        break
      case 'unreadable':
        unreadable.set(event.g, event)
    }
  }
  return {
    runStarts: [...starts.values()],
    runEnds: [...ends.values()],
    modelCalls: [...calls.values()],
    unreadable: [...unreadable.values()],
  }
}

/** One fact per run of a tenant: the one that goes before all others. */
function keep<Of extends RunStart | RunEnd>(
  facts: Map<string, Of>,
  fact: Of,
  goesBefore: (one: Of, other: Of) => boolean,
): void {
  const key = `${fact.tenant.organizationId}/${fact.tenant.projectId}/${fact.runId}`
  const known = facts.get(key)
  if (!known || goesBefore(fact, known)) facts.set(key, fact)
}

function readRunEvent({ stream, version, type, data, at: time, tenant }: RecordedEvent): Fact {
  const event: unknown = { ...data, type }
  const at = timeOf(time)
  if (!at || !runId.Check(stream) || !runEvent.Check(event)) return UNREADABLE
  const run = { tenant, runId: stream, at }
  switch (event.type) {
    case 'run.started': {
      const { workflowId, versionId } = event
      return { kind: 'run-start', fact: { ...run, workflowId, versionId } }
    }
    case 'run.completed': {
      const end = { status: 'completed', version, errorCode: null, failedNodeId: null } as const
      return { kind: 'run-end', fact: { ...run, ...end } }
    }
    case 'run.failed': {
      const errorCode = textOf(event.error.code)
      const failedNodeId = event.nodeId ?? null
      const end = { status: 'failed', version, errorCode, failedNodeId } as const
      return { kind: 'run-end', fact: { ...run, ...end } }
    }
    case 'run.timed_out': {
      const errorCode = textOf(event.error.code)
      const end = { status: 'timed_out', version, errorCode, failedNodeId: null } as const
      return { kind: 'run-end', fact: { ...run, ...end } }
    }
    case 'run.cancelled': {
      const end = { status: 'cancelled', version, errorCode: null, failedNodeId: null } as const
      return { kind: 'run-end', fact: { ...run, ...end } }
    }
    default:
      return UNREADABLE
  }
}

function readAgentEvent(recorded: RecordedEvent): Fact {
  const { g, type, data, at: time, tenant } = recorded
  const event: unknown = { ...data, type }
  const at = timeOf(time)
  if (!at || !agentEvent.Check(event)) return UNREADABLE
  const call = event.type.startsWith('execution.')
    ? callOfExecution(event, recorded.stream)
    : callOfTask(event)
  if (call === undefined) return event.type === 'execution.ended' ? NOTHING : UNREADABLE
  const { inputTokens, outputTokens, costMicroUsd } = usageIn(event, call)
  const numbers = { inputTokens, outputTokens, costMicroUsd, durationMs: call.durationMs }
  if (!Object.values(numbers).every(Number.isSafeInteger) || call.attempt > MAX_INT) {
    return UNREADABLE
  }
  const fact: ModelCall = {
    ...numbers,
    g,
    tenant,
    runId: textOf(call.runId),
    workflowId: textOf(call.workflowId),
    nodeId: textOf(call.nodeId),
    attempt: call.attempt,
    model: textOf(call.model || UNNAMED),
    at,
    errorCode: call.code === null ? null : textOf(call.code),
    isPart: isPart(event),
  }
  return { kind: 'model-call', fact }
}

const NOTHING = { kind: 'nothing' } as const

interface CallTold {
  readonly runId: string
  readonly workflowId: string
  readonly nodeId: string
  readonly attempt: number
  readonly usage: TaskUsage | undefined
  readonly model: string | undefined
  readonly durationMs: number
  readonly code: string | null
}

function callOfTask(event: AgentEvent): CallTold | undefined {
  if (event.type === 'model.called') {
    return { ...event, model: event.usage.model, code: null }
  }
  if (event.type === 'call.paid') return callPaid(event)
  return event.type === 'model.call-failed' ? { ...event, usage: event.usage } : undefined
}

type CallPaid = Extract<AgentEvent, { type: 'call.paid' }>

/** Of no workflow and no agent: of documents, and of searches from outside. */
const KNOWLEDGE = 'knowledge'
const OF_KNOWLEDGE: ReadonlySet<PaidKind> = new Set(['embedding', 'rerank'])
/** Their calls have events of their own. */
const TOLD_ELSEWHERE: ReadonlySet<PaidKind> = new Set(['node', 'step'])

function callPaid(event: CallPaid): CallTold {
  const { kind, runId = '', workflowId, agentId, usage, durationMs } = event
  const of = workflowId ?? agentId ?? (OF_KNOWLEDGE.has(kind) ? KNOWLEDGE : kind)
  const place = { runId, workflowId: of, nodeId: '', attempt: 1 }
  return { ...place, usage, model: usage.model, durationMs, code: null }
}

function isPart(event: AgentEvent): boolean {
  if (event.type !== 'call.paid') return false
  return TOLD_ELSEWHERE.has(event.kind) || event.correctsMicroUsd !== undefined
}

/** What came of a call is told by one event, and what it cost by others, unless it is older than those. */
function usageIn(event: AgentEvent, { usage = NOTHING_USED }: CallTold): TaskUsage {
  if (event.type === 'call.paid') {
    return { ...usage, costMicroUsd: usage.costMicroUsd - (event.correctsMicroUsd ?? 0) }
  }
  return 'isUntold' in event && event.isUntold ? usage : NOTHING_USED
}

/** The agent stands where the workflow of a task stands, and the step where its attempt does. */
function callOfExecution(event: AgentEvent, runId: string): CallTold | undefined {
  if (event.type === 'execution.model-answered') {
    const { agentId: workflowId, usage, durationMs, step: attempt } = event
    const { model } = usage
    return { runId, workflowId, nodeId: '', attempt, usage, model, durationMs, code: null }
  }
  if (event.type !== 'execution.ended' || event.lost === undefined) return undefined
  const { agentId: workflowId, lost: usage, steps, error } = event
  const code = error?.code ?? 'execution.cancelled'
  const place = { runId, workflowId, nodeId: '', attempt: steps + 1 }
  return { ...place, usage, model: usage.model, durationMs: 0, code }
}

const NOTHING_USED = { inputTokens: 0, outputTokens: 0, costMicroUsd: 0 }
/** Of PostgreSQL's `integer`. */
const MAX_INT = 2 ** 31 - 1

function timeOf(text: string): Date | undefined {
  const time = new Date(text)
  return time.getTime() > 0 ? time : undefined
}

/** Short, and without what PostgreSQL cannot keep as text: the world chooses the names of models. */
function textOf(text: string): string {
  return [...text.toWellFormed().replaceAll('\0', '\uFFFD')].slice(0, MAX_TEXT).join('')
}
