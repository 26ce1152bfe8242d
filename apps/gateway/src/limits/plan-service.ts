import type { Identity } from '@dure/contracts'
import { LRUCache } from 'lru-cache'
import { sha256 } from '../sha256.ts'
import { networkOf } from './address.ts'
import { policyHeader } from './headers.ts'
import type { Lease } from './lease.ts'
import type { Plan } from './ledger.ts'
import type { Limiter } from './limiter-service.ts'
import { type Policies, type Policy, ruleOf } from './policy.ts'
import type { PolicyService } from './policy-service.ts'
import type { RouteClass } from './route-class.ts'

/** What of a request decides which limits it has to pass. */
export interface PlanRequest {
  /** Absent: a caller without a key, counted by address. */
  readonly identity: Identity | undefined
  readonly ip: string
  readonly routeClass: RouteClass
  /** Asks for the limits of its organization, or chooses them: none that was chosen keeps anybody from that. */
  readonly isAboutLimits?: boolean
}

export interface CompiledPlan extends Plan {
  /** What it was made from. */
  readonly policies: Policies
  /** The same for every answer. */
  readonly policyHeader: string
  /** Those of its leases that are taken until the request has ended. */
  readonly slots: readonly Lease[]
  /** What costs more than this is never admitted. */
  readonly most: number
  /** How many leases had died when all of its own were last found alive. */
  deaths: number
}

export interface Plans {
  /** At once, unless the limits of the organization have to be read first. */
  of(request: PlanRequest): CompiledPlan | Promise<CompiledPlan>
  /** Of failed authentications from an address. */
  ofFailures(ip: string): CompiledPlan
}

export interface PlansDependencies {
  readonly limiter: Limiter
  /** In front of all keys in Redis. */
  readonly prefix: string
  readonly policies: Pick<PolicyService, 'installation' | 'of' | 'allowedTo'>
}

type Asked = Pick<PlanRequest, 'routeClass' | 'isAboutLimits'>

const MAX_PLANS = 20_000
/** Counted apart: one lease cannot be of two rules, and each change of them would lose what it holds. */
const APART = ':about-limits'

/** Which limits a request has to pass, worked out once for many requests. */
export function createPlans({ limiter, prefix, policies }: PlansDependencies): Plans {
  /** Whoever is known comes with the same object each time, and an object never changes. */
  const plans = new WeakMap<Identity, Map<string, CompiledPlan>>()
  // Apart, so that a flood from many addresses pushes no key out.
  const ofAddresses = new LRUCache<string, CompiledPlan>({ max: MAX_PLANS })

  function compile(
    { tag, from }: { readonly tag: string; readonly from: Policies },
    subjectOf: (policy: Policy) => string | undefined,
  ): CompiledPlan {
    const used = Object.entries(from).flatMap(([name, policy]) => {
      const subject = subjectOf(policy)
      return subject === undefined ? [] : [{ name, policy, subject }]
    })
    const leases = used.map(({ name, policy, subject }) =>
      limiter.leaseOf(ruleOf(name, policy), tag, `${prefix}:limits:{${tag}}:${name}:${subject}`),
    )
    return {
      tag,
      policies: from,
      leases,
      policyHeader: policyHeader(used.map(({ name, policy }) => [name, policy])),
      slots: leases.filter(({ rule }) => rule.kind === 'slots'),
      most: Math.min(...leases.map(({ rule }) => rule.capacity)),
      deaths: limiter.deaths,
    }
  }

  function cached(plans: Cache, { name, from }: PlanName, make: () => CompiledPlan): CompiledPlan {
    const known = plans.get(name)
    if (known?.policies === from && isAlive(known, limiter)) return known
    const made = make()
    plans.set(name, made)
    return made
  }

  function plansOf(identity: Identity): Map<string, CompiledPlan> {
    const known = plans.get(identity)
    if (known !== undefined) return known
    const none = new Map<string, CompiledPlan>()
    plans.set(identity, none)
    return none
  }

  function ofIdentity(identity: Identity, { routeClass, isAboutLimits }: Asked, from: Policies) {
    const name = isAboutLimits ? `${routeClass}${APART}` : routeClass
    return cached(plansOf(identity), { name, from }, () => {
      const subjects = subjectsOf(identity)
      return compile({ tag: subjects.organization, from }, (policy) => {
        const subject = isFor(policy, routeClass) ? subjects[policy.per] : undefined
        return subject && isAboutLimits ? subject + APART : subject
      })
    })
  }

  function ofAddress(ip: string, per: Policy['per'], routeClass?: RouteClass): CompiledPlan {
    const network = networkOf(ip)
    const from = policies.installation
    return cached(ofAddresses, { name: `${network} ${routeClass ?? per}`, from }, () => {
      const subject = sha256(network).toString('hex').slice(0, 32)
      // A few tags only: asks of one turn about many addresses travel together.
      return compile({ tag: `ip_${subject[0]}`, from }, (policy) =>
        policy.per === per && isFor(policy, routeClass) ? subject : undefined,
      )
    })
  }

  return {
    of(asked) {
      const { identity, ip, routeClass } = asked
      if (identity === undefined) return ofAddress(ip, 'address', routeClass)
      const { organizationId } = identity.tenant
      // What it has chosen must not keep it from choosing again.
      const from = asked.isAboutLimits
        ? policies.allowedTo(organizationId)
        : policies.of(organizationId)
      return from instanceof Promise
        ? from.then((read) => ofIdentity(identity, asked, read))
        : ofIdentity(identity, asked, from)
    },
    ofFailures: (ip) => ofAddress(ip, 'failures'),
  }
}

interface PlanName {
  readonly name: string
  readonly from: Policies
}

/** What a Map and an LRU cache have in common. */
interface Cache {
  get(name: string): CompiledPlan | undefined
  set(name: string, plan: CompiledPlan): unknown
}

/** Where none has died since, none is looked at: of many keys, what they point to is not in a cache. */
function isAlive(plan: CompiledPlan, { deaths }: Limiter): boolean {
  if (plan.deaths === deaths) return true
  for (const lease of plan.leases) if (lease.isDead) return false
  plan.deaths = deaths
  return true
}

/** Who a caller is to a policy. */
function subjectsOf({ principalId, keyId = principalId, tenant }: Identity) {
  return {
    key: keyId,
    // A key that is nobody else's is not counted twice.
    user: keyId === principalId ? undefined : principalId,
    organization: tenant.organizationId,
    address: undefined,
    failures: undefined,
  }
}

function isFor({ classes }: Policy, routeClass: RouteClass | undefined): boolean {
  return classes === undefined || (routeClass !== undefined && classes.includes(routeClass))
}
