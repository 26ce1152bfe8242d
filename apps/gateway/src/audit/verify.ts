import type { OrganizationId } from '@dure/contracts'
import { EMPTY_CHAIN, type Fault, type Head, verifyEnd, verifyLinks } from './chain.ts'
import type { AuditStore } from './store.ts'

const PAGE = 1000

export interface Verdict {
  /** The last entry that is as it was written. */
  readonly head: Head
  readonly fault: Fault | null
}

/**
 * Goes through the whole chain of an organization.
 *
 * @param signed hashes of the heads that were signed, by number
 */
export async function verifyChain(
  store: Pick<AuditStore, 'linksAfter'>,
  organizationId: OrganizationId,
  signed: ReadonlyMap<number, Buffer>,
): Promise<Verdict> {
  let head = EMPTY_CHAIN
  while (true) {
    const links = await store.linksAfter(organizationId, head.seq, PAGE)
    const verified = verifyLinks(head, links, signed)
    if (verified.fault) return verified
    head = verified.head
    if (links.length < PAGE) return { head, fault: verifyEnd(head, signed) }
  }
}
