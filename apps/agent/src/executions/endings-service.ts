import type { Execution } from './execution-row.ts'
import { isOver } from './execution-row.ts'
import type { ExecutionRef, ExecutionWorkStore } from './work-store.ts'

/** What is done when an execution of one kind of origin is over. It may be called again, for the same one. */
export type EndHandler = (execution: Execution) => Promise<void>

/**
 * Calls `always`, which never throws, and tells the origin of an execution that it is over, at least once: at
 * the end itself, and when a process died at that moment, by the reconciler.
 */
export function createEndings(
  store: Pick<ExecutionWorkStore, 'find' | 'told'>,
  handlers: Readonly<Record<string, EndHandler>>,
  always: (execution: Execution) => void,
): (ref: ExecutionRef) => Promise<void> {
  return async (ref) => {
    const execution = await store.find(ref)
    if (!execution || !isOver(execution)) return
    always(execution)
    if (!execution.origin) return
    await handlers[execution.origin.kind]?.(execution)
    await store.told(execution.id)
  }
}
