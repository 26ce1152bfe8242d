import type { OrganizationId } from '@dure/contracts'
import { ConflictError, InvalidInputError, withDeadline } from '@dure/kernel'
import type { FastifyBaseLogger } from 'fastify'
import { LRUCache } from 'lru-cache'
import { choiceProblems, withChoice } from './choice.ts'
import { type Policies, withChanges } from './policy.ts'
import type { Choice, OwnPolicies, PolicyStore } from './policy-store.ts'

/** Which limits hold for whom. */
export interface PolicyService {
  /** For callers without a key. */
  readonly installation: Policies
  /** At once when it was asked before. While the database is down: what was known, or the installation's. */
  of(organizationId: OrganizationId): Policies | Promise<Policies>
  /** The same, without what the organization has chosen: what its operator lets it have. */
  allowedTo(organizationId: OrganizationId): Policies | Promise<Policies>
  get(organizationId: OrganizationId): Promise<Quotas>
  /**
   * @throws InvalidInputError `limits.invalid-choice`: more than it is allowed
   * @throws ConflictError `limits.changed`
   */
  choose(organizationId: OrganizationId, choice: Choice): Promise<Quotas>
  /** What is known of them may be wrong. */
  forget(subjects: readonly string[] | 'all'): void
}

export interface Quotas {
  /** What holds. */
  readonly policies: Policies
  /** What may be chosen at most. */
  readonly allowed: Policies
  readonly chosen: Policies
  readonly revision: number
}

export interface PolicyServiceDependencies {
  readonly store: PolicyStore
  readonly installation: Policies
  /** Tells all instances that something of this organization has changed. */
  readonly announce: (subjects: readonly string[]) => Promise<void>
  readonly log: FastifyBaseLogger
  readonly reuseMs?: number
}

interface Found extends Pick<Quotas, 'policies' | 'allowed'> {
  readonly revision: string
}

interface Known extends Found {
  /** Of `performance.now()`: from then on it is read again, and still good until that is done. */
  readonly readAgainAtMs: number
}

const MAX_ORGANIZATIONS = 10_000
const LOOK_UP_TIMEOUT_MS = 1000
const NONE: OwnPolicies = { granted: {}, chosen: {}, revision: 1 }

export function createPolicyService({
  store,
  installation,
  announce,
  log,
  reuseMs = 10_000,
}: PolicyServiceDependencies): PolicyService {
  const known = new LRUCache<string, Known>({ max: MAX_ORGANIZATIONS })
  const asking = new Map<string, Promise<Found>>()

  const ofNobody = { policies: installation, allowed: installation }

  function quotasOf(own: OwnPolicies): Quotas {
    const allowed = withChanges(installation, own.granted)
    const { chosen, revision } = own
    return { policies: withChoice(allowed, chosen), allowed, chosen, revision }
  }

  async function look(organizationId: OrganizationId): Promise<Found> {
    const before = known.peek(organizationId)
    try {
      const limit = { timeoutMs: LOOK_UP_TIMEOUT_MS, code: 'limits.slow', what: 'It' } as const
      const own = await withDeadline(limit, () => store.find(organizationId))
      // The same object as long as nothing has changed: what was worked out from it stays good.
      const revision = JSON.stringify(own ?? null)
      if (before?.revision === revision) return remember(organizationId, before)
      const { policies, allowed } = own ? quotasOf(own) : ofNobody
      return remember(organizationId, { policies, allowed, revision })
    } catch (error) {
      log.warn({ err: error }, 'limits of an organization not read')
      return remember(organizationId, before ?? { ...ofNobody, revision: '' })
    }
  }

  function remember(organizationId: OrganizationId, found: Found): Found {
    const { policies, allowed, revision } = found
    const readAgainAtMs = performance.now() + reuseMs
    known.set(organizationId, { policies, allowed, revision, readAgainAtMs })
    return found
  }

  function find(organizationId: OrganizationId): Found | Promise<Found> {
    const found = known.get(organizationId)
    if (found === undefined) return lookOnce(organizationId)
    if (found.readAgainAtMs <= performance.now()) void lookOnce(organizationId)
    return found
  }

  function partOf(organizationId: OrganizationId, part: 'policies' | 'allowed') {
    const found = find(organizationId)
    return found instanceof Promise ? found.then((read) => read[part]) : found[part]
  }

  function lookOnce(organizationId: OrganizationId): Promise<Found> {
    const running = asking.get(organizationId)
    if (running !== undefined) return running
    const found = look(organizationId).finally(() => asking.delete(organizationId))
    asking.set(organizationId, found)
    return found
  }

  return {
    installation,
    of: (organizationId) => partOf(organizationId, 'policies'),
    allowedTo: (organizationId) => partOf(organizationId, 'allowed'),
    get: async (organizationId) => quotasOf((await store.find(organizationId)) ?? NONE),
    async choose(organizationId, choice) {
      const { granted } = (await store.find(organizationId)) ?? NONE
      refuseExcess(withChanges(installation, granted), choice.chosen)
      const own = await store.choose(organizationId, choice)
      if (own === undefined) throw changed()
      const quotas = quotasOf(own)
      remember(organizationId, { ...quotas, revision: JSON.stringify(own) })
      await announce([organizationId])
      return quotas
    },
    forget(subjects) {
      const all = subjects === 'all' ? [...known.keys()] : subjects
      for (const subject of all) {
        const found = known.peek(subject)
        // Good enough until it has been asked for again, also when the database is down.
        if (found) known.set(subject, { ...found, readAgainAtMs: 0 })
      }
    },
  }
}

function refuseExcess(allowed: Policies, chosen: Policies): void {
  const problems = choiceProblems(allowed, chosen, '#/policies')
  if (problems.length === 0) return
  const message = 'An organization may allow itself less, and not more: see `errors`'
  throw new InvalidInputError('limits.invalid-choice', message, problems)
}

function changed(): ConflictError {
  return new ConflictError(
    'limits.changed',
    'Somebody changed it meanwhile: read it again, then decide',
  )
}
