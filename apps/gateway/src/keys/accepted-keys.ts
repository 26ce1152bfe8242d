import type { Identity } from '@dure/contracts'
import { LRUCache } from 'lru-cache'
import { subjectsOf } from '../identity/subject.ts'
import type { AddressTest } from './address-list.ts'

/** What is known of a key that was found good. */
export interface Accepted {
  readonly identity: Identity
  /** Absent: any address will do. */
  readonly isFrom: AddressTest | undefined
  /** Where its use is recorded already, so that the next request does not look it up. */
  usedIn?: object | undefined
}

interface Kept {
  readonly accepted: Accepted
  /** Of `performance.now()`, as is the other. */
  readonly untilMs: number
  renewFromMs: number
}

export interface Life {
  /** From now on. */
  readonly lifeMs: number
  /** When it is to be looked up again while it is used; never when absent. */
  readonly renewAfterMs?: number
}

/** The keys that were found good lately, by their digest, and by whose they are. */
export class AcceptedKeys {
  readonly #byDigest: LRUCache<string, Kept>
  readonly #digestsOf = new Map<string, Set<string>>()

  constructor(max: number) {
    this.#byDigest = new LRUCache({
      max,
      dispose: ({ accepted }, digest, reason) => {
        // The digest of a key leads to the same subjects as before.
        if (reason !== 'set') this.#unlink(accepted.identity, digest)
      },
    })
  }

  /** @param onDue called once when it is time to look it up again; it is good for a while yet */
  get(digest: string, onDue?: () => void): Accepted | undefined {
    const kept = this.#byDigest.get(digest)
    if (kept === undefined) return undefined
    const nowMs = performance.now()
    if (kept.untilMs <= nowMs) {
      this.#byDigest.delete(digest)
      return undefined
    }
    if (onDue && kept.renewFromMs <= nowMs) {
      kept.renewFromMs = Number.POSITIVE_INFINITY
      onDue()
    }
    return kept.accepted
  }

  add(
    digest: string,
    accepted: Accepted,
    { lifeMs, renewAfterMs = Number.POSITIVE_INFINITY }: Life,
  ): void {
    for (const subject of subjectsOf(accepted.identity)) {
      const digests = this.#digestsOf.get(subject)
      if (digests) digests.add(digest)
      else this.#digestsOf.set(subject, new Set([digest]))
    }
    const nowMs = performance.now()
    const [untilMs, renewFromMs] = [nowMs + lifeMs, nowMs + renewAfterMs]
    this.#byDigest.set(digest, { accepted, untilMs, renewFromMs })
  }

  drop(digest: string): void {
    this.#byDigest.delete(digest)
  }

  /** @param subjects ids of keys, or of principals whose keys they are */
  forget(subjects: readonly string[] | 'all'): void {
    if (subjects === 'all') {
      this.#byDigest.clear()
      return
    }
    for (const subject of subjects) {
      for (const digest of [...(this.#digestsOf.get(subject) ?? [])]) this.#byDigest.delete(digest)
    }
  }

  #unlink(identity: Identity, digest: string): void {
    for (const subject of subjectsOf(identity)) {
      const digests = this.#digestsOf.get(subject)
      digests?.delete(digest)
      if (digests?.size === 0) this.#digestsOf.delete(subject)
    }
  }
}
