import type { Identity } from '@dure/contracts'
import { LRUCache } from 'lru-cache'
import { subjectsOf } from '../identity/subject.ts'
import type { AddressTest } from './address-list.ts'

/** What is known of a key that was found good. */
export interface Accepted {
  readonly identity: Identity
  /** Absent: any address will do. */
  readonly isFrom: AddressTest | undefined
}

interface Kept {
  readonly accepted: Accepted
  /** Of `performance.now()`. */
  readonly untilMs: number
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

  get(digest: string): Accepted | undefined {
    const kept = this.#byDigest.get(digest)
    if (kept === undefined || kept.untilMs > performance.now()) return kept?.accepted
    this.#byDigest.delete(digest)
    return undefined
  }

  /** @param lifeMs from now on */
  add(digest: string, accepted: Accepted, lifeMs: number): void {
    for (const subject of subjectsOf(accepted.identity)) {
      const digests = this.#digestsOf.get(subject)
      if (digests) digests.add(digest)
      else this.#digestsOf.set(subject, new Set([digest]))
    }
    this.#byDigest.set(digest, { accepted, untilMs: performance.now() + lifeMs })
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
