import type { Arm, Upstream } from '../upstream.ts'

export interface CanaryChoice {
  /** `Dure-Canary` of the request: names of services. */
  readonly asked: string | readonly string[] | undefined
  /** Whoever has the same is led to the same arm. */
  readonly stickyBy: string
}

/** The arm of a service that a request is meant for: the stable one, unless the canary gets a part. */
export function armFor({ name, stable, canary }: Upstream, { asked, stickyBy }: CanaryChoice): Arm {
  if (canary === undefined) return stable
  if (
    asked !== undefined &&
    String(asked)
      .split(',')
      .some((one) => one.trim() === name)
  ) {
    return canary.arm
  }
  return bucketOf(stickyBy) < canary.weight ? canary.arm : stable
}

/** 0 to 99, evenly: FNV-1a with 32 bits (Fowler, Noll and Vo), mixed once more for its low bits. */
function bucketOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return ((hash ^ (hash >>> 13)) >>> 0) % 100
}
