import type { Lease } from './lease.ts'
import type { Policy } from './policy.ts'
import type { Rule } from './rule.ts'

const WINDOW_S = { day: 86_400, month: 2_678_400 } as const

/**
 * `RateLimit-Policy` of draft-ietf-httpapi-ratelimit-headers-10: what is allowed, per name. Of a rate
 * `q` is what may come in `w` seconds, the burst is on top of it.
 */
export function policyHeader(policies: readonly (readonly [string, Policy])[]): string {
  return policies.map(([name, policy]) => `"${name}"${parametersOf(policy)}`).join(', ')
}

function parametersOf(policy: Policy): string {
  if (policy.kind === 'rate') return `;q=${policy.limit};w=${policy.periodS}`
  if (policy.kind === 'quota') return `;q=${policy.quota};w=${WINDOW_S[policy.window]}`
  return `;q=${policy.concurrent};qu="concurrent-requests"`
}

export interface Remaining {
  readonly rule: Rule
  /** How many more would be admitted at once. */
  readonly remaining: number
  /** Seconds until there are more. */
  readonly moreInS: number
  /** Kept without Redis at the moment. */
  readonly isDegraded: boolean
}

/** `RateLimit` of the same draft: what is left of the limit that is nearest to its end. */
export function rateLimitHeader({ rule, remaining, moreInS, isDegraded }: Remaining): string {
  return `"${rule.name}";r=${remaining};t=${moreInS}${isDegraded ? ';dure-degraded' : ''}`
}

/** The one of which the least is left, in proportion. Slots are not what comes back with time. */
export function tightest(
  leases: readonly Lease[],
  now: number,
): Omit<Remaining, 'isDegraded'> | undefined {
  let found: Lease | undefined
  let left = 0
  let least = Number.POSITIVE_INFINITY
  for (const lease of leases) {
    if (lease.rule.kind === 'slots') continue
    const remaining = lease.remaining(now)
    const part = remaining / lease.rule.capacity
    if (part >= least) continue
    found = lease
    left = remaining
    least = part
  }
  return (
    found && { rule: found.rule, remaining: left, moreInS: Math.ceil(found.moreInMs(now) / 1000) }
  )
}
