import { CancelledError } from '../effects/lease.ts'

/**
 * What this process works on at the moment: whoever cancels an execution in the same process need not
 * wait for its lease to be renewed.
 */
export function createExecutionsInHand() {
  const inHand = new Map<string, AbortController>()
  return {
    /** @returns what is called when it is over */
    begin(id: string, over: AbortController): () => void {
      inHand.set(id, over)
      return () => {
        if (inHand.get(id) === over) inHand.delete(id)
      }
    },
    cancel(id: string): void {
      inHand.get(id)?.abort(new CancelledError(`${id} was cancelled`))
    },
  }
}
