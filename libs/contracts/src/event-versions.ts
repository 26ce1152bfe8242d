import type { AgentEvent } from './agent-event.ts'
import type { RunEventType } from './run-event.ts'

type Data = Readonly<Record<string, unknown>>

interface EventVersions {
  readonly version: number
  readonly upcasters: readonly ((data: Data) => Data)[]
}

const FIRST: EventVersions = { version: 1, upcasters: [] }

/** There may be more in it: what was recorded before is as it was. */
const asItWas = (data: Data) => data
/** Calls were not told of by `call.paid`: the event that says what came of one says what it cost. */
const untold = (data: Data) => ({ ...data, isUntold: true })

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
  'model.called': { version: 2, upcasters: [untold] },
  'model.call-failed': { version: 2, upcasters: [untold] },
  'http.requested': FIRST,
  'call.paid': { version: 2, upcasters: [asItWas] },
  'execution.started': FIRST,
  'execution.model-answered': { version: 4, upcasters: [asItWas, asItWas, untold] },
  'execution.money-awaited': FIRST,
  'execution.tool-answered': { version: 2, upcasters: [asItWas] },
  'execution.tool-sent': FIRST,
  'execution.approval-requested': FIRST,
  'execution.approval-decided': FIRST,
  'execution.ended': { version: 2, upcasters: [untold] },
  'budget.warning': FIRST,
  'budget.exceeded': FIRST,
}
