import type { InPlaceStep, OrchestratorPorts, RunIdentity } from '@dure/engine'
import { sha256 } from '../sha256.ts'
import type { EventEmitter } from '../triggers/events/emitter.ts'

interface EmitRequest {
  readonly name: string
  readonly correlation: string | null
  readonly payload: unknown
}

/** Effects of nodes that are executed in this service. To add a kind: its line in the table. */
export function createInPlaceExecutor({
  events,
}: {
  readonly events: () => Pick<EventEmitter, 'emit'>
}): OrchestratorPorts['execute'] {
  const kinds: Readonly<Record<string, (run: RunIdentity, step: InPlaceStep) => Promise<unknown>>> =
    {
      async emit_event(run, { request, taskKey }) {
        const { name, correlation, payload } = request as EmitRequest
        // The same step tells the same event, however often it is executed.
        const id = sha256(`run-event\n${taskKey}`)
        const emission = {
          id,
          name,
          payload,
          emittedBy: run.id,
          ...(correlation !== null && { correlation }),
        }
        const { runIds } = await events().emit(run.tenant, emission)
        return { eventId: id, runIds }
      },
    }

  return async (run, step) => {
    const execute = Object.hasOwn(kinds, step.nodeType) ? kinds[step.nodeType] : undefined
    if (!execute) throw new TypeError(`Nothing executes nodes of type ${step.nodeType}`)
    return execute(run, step)
  }
}
