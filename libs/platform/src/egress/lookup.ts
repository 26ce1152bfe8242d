import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'
import { isPublicAddress } from './address.ts'
import { forbiddenAddress } from './target.ts'

/** All addresses of a name. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>

export const systemResolve: Resolve = (hostname) => lookup(hostname, { all: true })

/**
 * The lookup of the socket itself, so that there is nothing between the check and its use: the
 * socket connects to the very addresses that were checked. One that is not public condemns them all,
 * since nobody honest mixes the two.
 */
export function guardedLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    publicAddressesOf(hostname, resolve).then(
      (addresses) => {
        const [first] = addresses
        if (options.all) callback(null, [...addresses])
        else callback(null, first.address, first.family)
      },
      (error) => callback(error, ''),
    )
  }
}

async function publicAddressesOf(
  hostname: string,
  resolve: Resolve,
): Promise<readonly [LookupAddress, ...LookupAddress[]]> {
  const [first, ...others] = await resolve(hostname)
  if (first === undefined) throw new Error(`${hostname} has no address`)
  const addresses = [first, ...others] as const
  if (!addresses.every(({ address }) => isPublicAddress(address))) throw forbiddenAddress(hostname)
  return addresses
}
