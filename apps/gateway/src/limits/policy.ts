import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import type { Rule } from './rule.ts'

export const ROUTE_CLASSES = ['read', 'write', 'run', 'control', 'stream'] as const

const Per = Type.Enum(['key', 'user', 'organization', 'address', 'failures'], {
  description:
    'Whose requests are counted together. `address`: of callers without a key, by IP address; `failures`: failed authentications, by IP address',
})
const shared = {
  per: Per,
  classes: Type.Optional(
    Type.Array(Type.Enum(ROUTE_CLASSES), {
      minItems: 1,
      maxItems: ROUTE_CLASSES.length,
      uniqueItems: true,
      description: 'Only requests of these classes; all when absent',
    }),
  ),
  onStoreLoss: Type.Optional(
    Type.Enum(['local-share', 'closed'], {
      description: 'While Redis does not answer: a share per process (the default), or nothing',
    }),
  ),
}

const RatePolicy = Type.Object(
  {
    kind: Type.Literal('rate'),
    ...shared,
    limit: Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'Requests per period' }),
    periodS: Type.Integer({ minimum: 1, maximum: 86_400, description: 'Seconds' }),
    burst: Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'Requests at once' }),
  },
  { additionalProperties: false },
)
const QuotaPolicy = Type.Object(
  {
    kind: Type.Literal('quota'),
    ...shared,
    quota: Type.Integer({ minimum: 1, maximum: 1_000_000_000, description: 'Requests per window' }),
    window: Type.Enum(['day', 'month'], { description: 'A calendar day or month of UTC' }),
  },
  { additionalProperties: false },
)
const ConcurrencyPolicy = Type.Object(
  {
    kind: Type.Literal('concurrency'),
    ...shared,
    concurrent: Type.Integer({
      minimum: 1,
      maximum: 1_000_000,
      description: 'Requests at the same time',
    }),
  },
  { additionalProperties: false },
)
const Policy = Type.Union([RatePolicy, QuotaPolicy, ConcurrencyPolicy])
export type Policy = Static<typeof Policy>

/** Not as the keys of a record: TypeBox cannot set defaults in one that refuses other keys. */
const PolicyName = Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}$' })
/** By name. `null` removes one that is there by default. */
const PolicyChanges = Type.Record(Type.String(), Type.Union([Policy, Type.Null()]), {
  maxProperties: 32,
  propertyNames: PolicyName,
})
export type PolicyChanges = Static<typeof PolicyChanges>
/** By name. */
export const PolicySet = Type.Record(Type.String(), Policy, {
  maxProperties: 64,
  propertyNames: PolicyName,
})
export type Policies = Readonly<Record<string, Policy>>

/** Far above what one client needs, and below what would take everything from the others. */
export const DEFAULT_POLICIES: Policies = {
  key: { kind: 'rate', per: 'key', limit: 1000, periodS: 1, burst: 5000 },
  user: { kind: 'rate', per: 'user', limit: 1000, periodS: 1, burst: 5000 },
  organization: { kind: 'rate', per: 'organization', limit: 2000, periodS: 1, burst: 10_000 },
  runs: {
    kind: 'rate',
    per: 'organization',
    classes: ['run'],
    limit: 500,
    periodS: 1,
    burst: 5000,
  },
  'key-concurrent': { kind: 'concurrency', per: 'key', concurrent: 2000 },
  'organization-concurrent': { kind: 'concurrency', per: 'organization', concurrent: 4000 },
  address: { kind: 'rate', per: 'address', limit: 50, periodS: 1, burst: 500 },
  failures: { kind: 'rate', per: 'failures', limit: 20, periodS: 1, burst: 1000 },
}

/**
 * The policies of this installation: the defaults, with the changes of `LIMITS`.
 *
 * @param text JSON
 * @throws TypeError that names what is wrong
 */
export function parsePolicies(text: string): Policies {
  const changes: unknown = parseJson(text)
  if (!Value.Check(PolicyChanges, changes)) {
    const [first] = Value.Errors(PolicyChanges, changes)
    throw new TypeError(`LIMITS${first?.instancePath ?? ''} ${first?.message ?? 'is not valid'}`)
  }
  return withChanges(DEFAULT_POLICIES, changes)
}

export function withChanges(policies: Policies, changes: PolicyChanges): Policies {
  const changed = Object.entries({ ...policies, ...changes })
  return Object.fromEntries(
    changed.flatMap(([name, policy]) => (policy === null ? [] : [[name, policy]])),
  )
}

export function ruleOf(name: string, policy: Policy): Rule {
  const onStoreLoss = policy.onStoreLoss ?? 'local-share'
  switch (policy.kind) {
    case 'rate':
      return {
        name,
        kind: 'rate',
        capacity: policy.burst,
        unitMicros: Math.ceil((policy.periodS * 1_000_000) / policy.limit),
        onStoreLoss,
      }
    case 'quota':
      return { name, kind: policy.window, capacity: policy.quota, unitMicros: 0, onStoreLoss }
    case 'concurrency':
      return { name, kind: 'slots', capacity: policy.concurrent, unitMicros: 0, onStoreLoss }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new TypeError('LIMITS is not JSON')
  }
}
