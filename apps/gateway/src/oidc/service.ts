import { hash } from 'node:crypto'
import type { Identity } from '@dure/contracts'
import { withDeadline } from '@dure/kernel'
import type { FastifyBaseLogger } from 'fastify'
import type { AskedBy } from '../audit/entry.ts'
import { AcceptedKeys } from '../keys/accepted-keys.ts'
import type { KeyRequest, KeyService } from '../keys/service.ts'
import { scopesOfRole } from '../members/role.ts'
import { membersUnavailable, projectNotFound, projectRequired, unknownMember } from './refusal.ts'
import type { FoundMembership, Membership, MembershipStore, Refusal } from './store.ts'
import { type Person, tokenIn } from './token.ts'
import type { VerifyToken } from './verifier-service.ts'

/** Whoever can say who sends a request. */
export type Authentication = Pick<KeyService, 'known' | 'authenticate' | 'expiresInMs' | 'forget'>

export interface OidcDependencies {
  readonly verify: VerifyToken
  readonly memberships: MembershipStore
  /** Asked when a request has no token. */
  readonly keys: Authentication
  readonly log: FastifyBaseLogger
}

/** How long somebody is believed, when no change of them is heard of. */
const BELIEVED_MS = 30_000
const CACHED_TOKENS = 10_000
const LOOK_UP_TIMEOUT_MS = 5000

/**
 * People with a token of the issuer, beside keys. A token that was seen in the last seconds costs no
 * I/O. For a key this costs one comparison more. `authenticate` throws, besides what it throws for keys:
 *
 * - UnauthenticatedError `token.invalid`, `token.expired`, `token.unknown-member`
 * - InvalidInputError `project.required` and NotFoundError `project.not-found`
 * - UnavailableError `identity-provider.unavailable`, `member-store.unavailable`
 */
export function createOidc({ verify, memberships, keys, log }: OidcDependencies): Authentication {
  const accepted = new AcceptedKeys(CACHED_TOKENS)
  const asking = new Map<string, Promise<Identity>>()
  const expiries = new WeakMap<Identity, number>()
  /** How often something was forgotten: what was read before is not remembered after. */
  let forgotten = 0

  async function find(person: Person, { project, asked }: Shown): Promise<Membership> {
    const limit = { timeoutMs: LOOK_UP_TIMEOUT_MS, code: 'member-store.slow', what: 'It' } as const
    const found: FoundMembership = await withDeadline(limit, () =>
      memberships.find(person, project, asked),
    ).catch((cause) => {
      log.error({ err: cause }, 'member look-up failed')
      throw membersUnavailable(cause)
    })
    if ('refusal' in found) throw REFUSALS[found.refusal]()
    return found
  }

  async function ask(name: string, shown: Shown): Promise<Identity> {
    const person = await verify(shown.token)
    const forgottenBefore = forgotten
    const identity = identityOf(await find(person, shown))
    expiries.set(identity, person.expiresAtMs)
    const lifeMs = Math.min(BELIEVED_MS, person.expiresAtMs - Date.now())
    const isCurrent = forgottenBefore === forgotten
    // What has no life left was let in by the tolerance of clocks, and is not remembered.
    if (isCurrent && lifeMs >= 1) accepted.add(name, { identity, isFrom: undefined }, { lifeMs })
    return identity
  }

  /** Many requests with one new token make one look-up. */
  function askOnce(shown: Shown): Promise<Identity> {
    const name = nameOf(shown)
    const running = asking.get(name)
    if (running !== undefined) return running
    const answer = ask(name, shown).finally(() => {
      if (asking.get(name) === answer) asking.delete(name)
    })
    asking.set(name, answer)
    return answer
  }

  return {
    known(request) {
      const shown = shownIn(request)
      return shown ? accepted.get(nameOf(shown))?.identity : keys.known(request)
    },

    async authenticate(request, beforeLookUp) {
      const shown = shownIn(request)
      if (!shown) return keys.authenticate(request, beforeLookUp)
      beforeLookUp?.()
      return askOnce(shown)
    },

    expiresInMs(identity) {
      const expiresAtMs = expiries.get(identity)
      if (expiresAtMs === undefined) return keys.expiresInMs(identity)
      return Number.isFinite(expiresAtMs) ? expiresAtMs - Date.now() : undefined
    },

    forget(subjects) {
      forgotten++
      accepted.forget(subjects)
      // Whoever asks from now on must not get what was read before.
      asking.clear()
      keys.forget(subjects)
    },
  }
}

interface Shown {
  readonly token: string
  readonly project: string | undefined
  readonly asked: AskedBy
}

/** The token in a request, and for which project it is to count; undefined: it has none. */
function shownIn({ headers, ip, id: requestId = '' }: KeyRequest): Shown | undefined {
  const { authorization, 'dure-project': project, 'user-agent': userAgent = '' } = headers
  const token = typeof authorization === 'string' ? tokenIn(authorization) : undefined
  if (token === undefined) return undefined
  // Sent several times, it is one text with commas, and names no project.
  const asked = { requestId, ip, userAgent: String(userAgent) }
  return { token, project: project ? String(project) : undefined, asked }
}

/** The token itself stays nowhere. */
function nameOf({ token, project = '' }: Shown): string {
  return hash('sha256', `${project} ${token}`, 'base64')
}

const REFUSALS: Readonly<Record<Refusal, () => Error>> = {
  'unknown-member': unknownMember,
  'project-required': projectRequired,
  'project-not-found': projectNotFound,
}

/** A person may do what their role may, in the one project that they have asked for. */
function identityOf({ memberId, organizationId, projectId, role }: Membership): Identity {
  return {
    principalId: memberId,
    tenant: { organizationId, projectId },
    scopes: [...scopesOfRole(role)],
    roles: [role],
  }
}
