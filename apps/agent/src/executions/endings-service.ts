import type { Execution } from './execution-row.ts'
import { isOver } from './execution-row.ts'
import type { ExecutionRef, ExecutionWorkStore } from './work-store.ts'

/** What is done when an execution of one kind of origin is over. It may be called again, for the same one. */
export type EndHandler = (execution: Execution) => Promise<void>

/**
 * Tells the origin of an execution that it is over, at least once: at the end itself, and when a process
 * died at that moment, by the reconciler.
 */
export function createEndings(
  store: Pick<ExecutionWorkStore, 'find' | 'told'>,
  handlers: Readonly<Record<string, EndHandler>>,
): (ref: ExecutionRef) => Promise<void> {
  return async (ref) => {
    const execution = await store.find(ref)
    if (!execution?.origin || !isOver(execution)) return
    await handlers[execution.origin.kind]?.(execution)
    await store.told(execution.id)
  }
}
