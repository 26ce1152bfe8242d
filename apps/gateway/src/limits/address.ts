/**
 * What one client can hardly change about its address: an IPv4 address, also when it is written as
 * IPv6; of IPv6 the /64, which every subscriber has to himself (RFC 6177).
 */
export function networkOf(ip: string): string {
  const address = ip.split('%', 1)[0] ?? ip
  if (!address.includes(':')) return address
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped?.[1]) return mapped[1]
  return groupsOf(address).slice(0, 4).join(':')
}

/** All eight groups, without leading zeros. */
function groupsOf(address: string): string[] {
  const [head = '', tail] = address.toLowerCase().split('::')
  const first = head === '' ? [] : head.split(':')
  const last = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = tail === undefined ? 0 : 8 - first.length - last.length
  const groups = [...first, ...Array<string>(Math.max(0, missing)).fill('0'), ...last]
  return groups.map((group) => group.replace(/^0+(?=.)/, ''))
}
