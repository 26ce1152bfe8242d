/**
 * A number in [0, 1) that looks random and is the same whenever the same is asked, so that a decision
 * that is made again decides the same. FNV-1a, 32 bit, with the finaliser of MurmurHash3.
 * Source: Fowler, Noll, Vo; Appleby, "MurmurHash3", both in the public domain.
 */
export function jitterOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32
}
