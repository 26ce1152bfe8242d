import type { AgentEvent } from './agent.ts'
import type { RunEventType } from './run-event.ts'

type Data = Readonly<Record<string, unknown>>

interface EventVersions {
  readonly version: number
  readonly upcasters: readonly ((data: Data) => Data)[]
}

const FIRST: EventVersions = { version: 1, upcasters: [] }

/** There may be more in it, each time: what was recorded before is as it was. */
const THIRD_WITH_MORE: EventVersions = {
  version: 3,
  upcasters: [(data) => data, (data) => data],
}

/**
 * Which form of each event this build writes, and how older ones are read. What an event looks like is
 * never changed without a new version: docs/how-to/change-an-event.md.
 */
export const runEventVersions: Readonly<Record<RunEventType, EventVersions>> = {
  'run.queued': FIRST,
  'run.started': FIRST,
  'run.paused': FIRST,
  'run.resumed': FIRST,
  'run.retried': FIRST,
  'run.cancel-requested': FIRST,
  'run.signalled': FIRST,
  'run.responded': FIRST,
  'run.completed': FIRST,
  'run.failed': FIRST,
  'run.cancelled': FIRST,
  'run.timed_out': FIRST,
  'node.scheduled': FIRST,
  'node.started': FIRST,
  'node.retrying': FIRST,
  'node.completed': FIRST,
  'iteration.completed': FIRST,
  'node.failed': FIRST,
  'node.skipped': FIRST,
  'node.cancelled': FIRST,
  'node.needs-review': FIRST,
  'node.reviewed': FIRST,
  'approval.requested': FIRST,
  'approval.decided': FIRST,
  'approval.escalated': FIRST,
}

export const agentEventVersions: Readonly<Record<AgentEvent['type'], EventVersions>> = {
  'model.called': FIRST,
  'model.call-failed': FIRST,
  'http.requested': FIRST,
  'call.paid': FIRST,
  'execution.started': FIRST,
  'execution.model-answered': THIRD_WITH_MORE,
  'execution.tool-answered': FIRST,
  'execution.tool-sent': FIRST,
  'execution.approval-requested': FIRST,
  'execution.approval-decided': FIRST,
  'execution.ended': FIRST,
  'budget.warning': FIRST,
  'budget.exceeded': FIRST,
}
