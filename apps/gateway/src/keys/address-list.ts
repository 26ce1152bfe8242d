import ipaddr from 'ipaddr.js'

/** Whether a client at this address may use a key. */
export type AddressTest = (address: string) => boolean

type Network = readonly [ipaddr.IPv4 | ipaddr.IPv6, number]

/** What is wrong with a CIDR such as `203.0.113.0/24` or `2001:db8::/32`; undefined when nothing is. */
export function cidrProblem(cidr: string): string | undefined {
  const network = networkOf(cidr)
  if (!network) return 'is not a CIDR, such as 203.0.113.0/24 or 2001:db8::/32'
  const [address] = network
  // The address of a client is compared as IPv4 where it is one: such a network would hold nobody.
  const isMapped = address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress()
  return isMapped ? 'is IPv4 written as IPv6: write it as IPv4' : undefined
}

/** @returns undefined for an empty list: then every address will do */
export function addressTest(cidrs: readonly string[]): AddressTest | undefined {
  if (cidrs.length === 0) return undefined
  const networks = cidrs.flatMap((cidr) => [networkOf(cidr)].filter((one) => one !== undefined))
  return (text) => {
    if (!ipaddr.isValid(text)) return false
    const address = ipaddr.process(text)
    return networks.some((network) => holds(network, address))
  }
}

/** Whether every address of `inner` is one of a network in `outer`. */
export function isWithin(inner: string, outer: readonly string[]): boolean {
  const network = networkOf(inner)
  if (!network) return false
  const [address, length] = network
  return outer.some((cidr) => {
    const candidate = networkOf(cidr)
    return candidate !== undefined && candidate[1] <= length && holds(candidate, address)
  })
}

function networkOf(cidr: string): Network | undefined {
  if (!ipaddr.isValidCIDR(cidr)) return undefined
  const [address, length] = ipaddr.parseCIDR(cidr)
  // `010.0.0.1` and `0x7f.1` mean other addresses to other programs.
  const [text = ''] = cidr.split('/', 1)
  if (address instanceof ipaddr.IPv4 && !ipaddr.IPv4.isValidFourPartDecimal(text)) return undefined
  return [address, length]
}

function holds([network, length]: Network, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  return network.kind() === address.kind() && address.match(network, length)
}
