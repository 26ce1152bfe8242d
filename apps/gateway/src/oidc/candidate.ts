import type { MemberId, OrganizationId } from '@dure/contracts'
import type { Role } from '../members/role.ts'

/** A member who may be who signs in. */
export interface Candidate {
  readonly memberId: MemberId
  readonly organizationId: OrganizationId
  readonly role: Role
  /** By their subject, which counts more than an address. */
  readonly isBound: boolean
}

/** One for each organization: who has the subject, before who has the address. */
export function oneEach(candidates: readonly Candidate[]): Candidate[] {
  const best = new Map<OrganizationId, Candidate>()
  for (const candidate of candidates) {
    const known = best.get(candidate.organizationId)
    if (known === undefined || candidate.isBound) best.set(candidate.organizationId, candidate)
  }
  return [...best.values()]
}
