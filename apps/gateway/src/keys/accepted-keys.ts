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

/** The keys that were found good lately, by their digest, and by whose they are. */
export class AcceptedKeys {
  readonly #byDigest: LRUCache<string, Accepted>
  readonly #digestsOf = new Map<string, Set<string>>()

  constructor(max: number) {
    this.#byDigest = new LRUCache({
      max,
      dispose: ({ identity }, digest, reason) => {
        // The digest of a key leads to the same subjects as before.
        if (reason !== 'set') this.#unlink(identity, digest)
      },
    })
  }

  get(digest: string): Accepted | undefined {
    return this.#byDigest.get(digest)
  }

  /** @param lifeMs from now on */
  add(digest: string, accepted: Accepted, lifeMs: number): void {
    for (const subject of subjectsOf(accepted.identity)) {
      const digests = this.#digestsOf.get(subject)
      if (digests) digests.add(digest)
      else this.#digestsOf.set(subject, new Set([digest]))
    }
    this.#byDigest.set(digest, accepted, { ttl: Math.ceil(lifeMs) })
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
