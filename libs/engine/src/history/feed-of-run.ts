import type { RunEvent, RunEventOf } from '@dure/contracts'
import type { RunCommand } from '../run/command.ts'
import { contentOf, type DecisionContext } from '../run/decision.ts'
import type { Feed } from './feed.ts'

/** How something that was asked of a run is asked again. */
export function feedOfRun(
  event: RunEvent,
  { context }: { readonly context: DecisionContext },
): Feed {
  switch (event.type) {
    case 'run.started':
      return { command: start(event, context) }
    case 'run.paused':
      return { command: { type: 'run.pause', by: event.by } }
    case 'run.resumed':
      return { command: { type: 'run.resume', by: event.by } }
    case 'run.retried':
      return { command: { type: 'run.retry', by: event.by } }
    case 'run.cancelled':
      return { command: { ...event, type: 'run.cancel' } }
    case 'run.signalled': {
      const { name, by } = event
      const payload = contentOf(event.payload, context)
      return { command: { type: 'run.signal', name, by, payload } }
    }
    // Only the record knows what time it was.
    case 'run.timed_out':
      return { given: event }
    default:
      return {}
  }
}

function start(event: RunEventOf<'run.started'>, context: DecisionContext): RunCommand {
  const { deadlineAt: _, ...rest } = event
  return { ...rest, type: 'run.start', input: contentOf(event.input, context) }
}
