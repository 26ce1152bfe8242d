import ipaddr from 'ipaddr.js'

/** Azure answers its machines there, with secrets, although the address is public by registry. */
const AZURE_WIRE_SERVER = '168.63.129.16'
/** All of IPv6 that IANA has ever assigned to the public: what lies outside is special or embeds IPv4. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3')

/**
 * Whether an address belongs to the public Internet. A list of what is allowed, not of what is
 * forbidden: 2000::/3 and public IPv4, without the special ranges of the IANA registries (loopback,
 * private, link-local, carrier-grade NAT, documentation, 6to4, Teredo, …). IPv4 inside IPv6 (mapped,
 * compatible, NAT64) is judged as what it is, or refused.
 *
 * @param address as a resolver or `URL` gives it, without brackets; anything else is not public
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  if (parsed.range() !== 'unicast') return false
  if (parsed instanceof ipaddr.IPv6) return parsed.match(GLOBAL_UNICAST)
  return parsed.toString() !== AZURE_WIRE_SERVER
}

/** The address in a URL's host, or undefined when the host is a name. */
export function literalAddress(hostname: string): string | undefined {
  const bare = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
  return ipaddr.isValid(bare) ? bare : undefined
}
