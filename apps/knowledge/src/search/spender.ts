import type { Caller, Spender } from '@dure/contracts'

const KEY = 'key:'

/** Who pays for what somebody asks, besides the project: the key that was used. */
export function spenderOf(caller: Caller | undefined): Spender {
  const keyId = caller?.principals.find((one) => one.startsWith(KEY))?.slice(KEY.length)
  return keyId ? { keyId } : {}
}
