import { InvalidInputError, LimitExceededError, UnavailableError } from '@dure/kernel'
import { rateLimitHeader, tightest } from './headers.ts'
import type { Verdict } from './ledger.ts'
import type { Limiter } from './limiter-service.ts'
import type { LimitCounts } from './metrics.ts'
import type { CompiledPlan, PlanRequest, Plans } from './plan-service.ts'

export interface LimitedRequest extends PlanRequest {
  /** How much it counts; 1 when absent. */
  readonly cost?: number
}

/** A request that may go on. */
export interface Admission {
  readonly headers: LimitHeaders
  /** Frees the slots that it takes; absent when it takes none. */
  readonly release: (() => void) | undefined
}

export type LimitHeaders = Readonly<Record<'ratelimit-policy' | 'ratelimit', string>>

export interface Limits {
  /**
   * Takes from all limits of a request, or from none. Without waiting, where this process has a lease.
   *
   * @throws LimitExceededError `limits.exceeded`
   * @throws UnavailableError `limits.unavailable`: Redis is gone, and a limit admits nothing without it
   * @throws InvalidInputError `limits.cost-too-high`: more than the burst, so never admitted
   */
  admit(request: LimitedRequest): Admission | undefined | Promise<Admission | undefined>
  /**
   * Counts a failed authentication.
   *
   * @throws LimitExceededError `limits.exceeded`: there were too many from this address
   */
  failed(ip: string): Promise<void>
  /** @throws LimitExceededError `limits.exceeded` when there were too many of them a moment ago */
  refuseGuessing(ip: string): void
}

export interface LimitsDependencies {
  readonly limiter: Limiter
  readonly plans: Plans
  readonly counts: LimitCounts
}

/** Thrown out of `admit`, with the headers that the answer must have. */
export type Refusal = (LimitExceededError | UnavailableError) & { readonly headers: LimitHeaders }

export function createLimits({ limiter, plans, counts }: LimitsDependencies): Limits {
  function settle(plan: CompiledPlan, cost: number, verdict: Verdict): Admission {
    if (verdict.kind === 'admitted') return admit(plan, cost)
    if (verdict.kind === 'unanswered') throw new TypeError('Whoever gets no answer gets a share')
    counts.refuse(verdict.lease.rule.name)
    throw refusal(limiter, plan, verdict)
  }

  function admit(plan: CompiledPlan, cost: number): Admission {
    counts.admitted++
    return admission(limiter, plan, cost)
  }

  function admitBy(plan: CompiledPlan, cost: number) {
    if (plan.leases.length === 0) return undefined
    if (cost > plan.most) throw costTooHigh(cost, plan.most)
    const taken = limiter.take(plan, cost)
    if (taken === true) return admit(plan, cost)
    return taken.then((verdict) => settle(plan, cost, verdict))
  }

  return {
    admit(request) {
      const plan = plans.of(request)
      const cost = request.cost ?? 1
      return plan instanceof Promise
        ? plan.then((made) => admitBy(made, cost))
        : admitBy(plan, cost)
    },

    async failed(ip) {
      const plan = plans.ofFailures(ip)
      if (plan.leases.length === 0) return
      const taken = await limiter.take(plan, 1)
      if (taken !== true && taken.kind !== 'admitted') settle(plan, 1, taken)
    },

    refuseGuessing(ip) {
      const plan = plans.ofFailures(ip)
      const refused = limiter.wouldRefuse(plan)
      if (refused) settle(plan, 1, refused)
    },
  }
}

function admission(limiter: Limiter, plan: CompiledPlan, cost: number): Admission {
  const tight = tightest(plan.leases, limiter.now())
  return {
    headers: {
      'ratelimit-policy': plan.policyHeader,
      ratelimit: tight ? rateLimitHeader({ ...tight, isDegraded: limiter.isDegraded }) : '',
    },
    release: plan.slots.length > 0 ? () => limiter.release(plan.slots, cost) : undefined,
  }
}

function refusal(limiter: Limiter, plan: CompiledPlan, { lease, waitMs, kind }: Refused): Refusal {
  const waitS = Math.max(1, Math.ceil(waitMs / 1000))
  const { rule } = lease
  const left = { rule, remaining: 0, moreInS: waitS, isDegraded: limiter.isDegraded }
  const headers = { 'ratelimit-policy': plan.policyHeader, ratelimit: rateLimitHeader(left) }
  const details = { violatedPolicies: [rule.name] }
  const options = { retryAfterS: waitS }
  const error =
    kind === 'closed'
      ? new UnavailableError('limits.unavailable', UNAVAILABLE, details, options)
      : new LimitExceededError('limits.exceeded', exceeded(rule.name, waitS), details, options)
  return Object.assign(error, { headers })
}

type Refused = Extract<Verdict, { readonly kind: 'refused' | 'closed' }>

const UNAVAILABLE = 'Limits cannot be checked at the moment: try again'

function exceeded(name: string, waitS: number): string {
  return `The limit "${name}" is used up: try again in ${waitS} s`
}

function costTooHigh(cost: number, most: number): InvalidInputError {
  return new InvalidInputError(
    'limits.cost-too-high',
    `This request counts as ${cost}, and at most ${most} are admitted at once: send less in one request`,
  )
}
