import type { Identity } from '@dure/contracts'
import { ConflictError } from '@dure/kernel'
import { LRUCache } from 'lru-cache'
import { subjectsOf } from '../identity/subject.ts'

export interface Stream {
  /** When its request began, by `performance.now()`. */
  readonly beganAtMs: number
  readonly identity: Identity | undefined
  /** Milliseconds until its reader is nobody any more; undefined: never. */
  readonly expiresInMs: number | undefined
  /** Ends it so that its reader resumes it, where that is possible. */
  end(): void
}

/** More subjects than change while a request waits for the head of its answer. */
const MAX_CHANGES = 10_000
const MAX_TIMER_MS = 2_147_483_647

/** The streams that are open: each ends with what its reader may do. A reader resumes, if it may. */
export class Streams {
  readonly #open = new Set<Stream>()
  /** When something of a subject changed last, for streams whose head was not there yet. */
  readonly #changedAtMs = new LRUCache<string, number>({ max: MAX_CHANGES })
  #allChangedAtMs = Number.NEGATIVE_INFINITY

  /**
   * @returns what is called when it has ended
   * @throws ConflictError `key.changed` when it happened while the head was awaited
   */
  begin(stream: Stream): () => void {
    const { expiresInMs } = stream
    if (this.#hasChangedSince(stream)) throw changed()
    this.#open.add(stream)
    const timer =
      expiresInMs === undefined
        ? undefined
        : setTimeout(() => stream.end(), Math.min(expiresInMs, MAX_TIMER_MS))
    return () => {
      clearTimeout(timer)
      this.#open.delete(stream)
    }
  }

  endAll(): void {
    for (const stream of this.#open) stream.end()
  }

  /** @param subjects ids of keys and principals; `all`: of any */
  endOf(subjects: readonly string[] | 'all'): void {
    const now = performance.now()
    if (subjects === 'all') this.#allChangedAtMs = now
    else for (const subject of subjects) this.#changedAtMs.set(subject, now)
    for (const stream of this.#open) {
      if (this.#hasChangedSince(stream)) stream.end()
    }
  }

  #hasChangedSince({ identity, beganAtMs }: Stream): boolean {
    if (identity === undefined) return false
    if (this.#allChangedAtMs >= beganAtMs) return true
    return subjectsOf(identity).some(
      (subject) => (this.#changedAtMs.get(subject) ?? Number.NEGATIVE_INFINITY) >= beganAtMs,
    )
  }
}

function changed(): ConflictError {
  const message = 'Your key was changed or revoked while the answer was awaited: ask again'
  return new ConflictError('key.changed', message)
}
