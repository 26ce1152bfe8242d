import { sha256 } from '../sha256.ts'

/** What the database keeps of an entry: `content` is the exact text that was hashed. */
export interface Link {
  /** From 1, without a gap, for each organization. */
  readonly seq: number
  readonly content: string
  readonly hash: Buffer
}

/** The end of a chain at some moment. */
export interface Head {
  readonly seq: number
  readonly hash: Buffer
}

export const EMPTY_CHAIN: Head = { seq: 0, hash: Buffer.alloc(32) }

/**
 * SHA-256 over the hash before, the number as 8 bytes (big endian), and the content as UTF-8. The
 * statement that appends computes the same (`store.ts`).
 */
export function linkHash(before: Buffer, seq: number, content: string): Buffer {
  const number = Buffer.alloc(8)
  number.writeBigInt64BE(BigInt(seq))
  return sha256(before, number, content)
}

export interface Fault {
  readonly seq: number
  /**
   * `changed`: content, order or hash is another than what was written. `missing`: an entry is not
   * there. `cut-off`: the chain ends before a head that was signed. `rewritten`: another chain stands
   * where a head was signed.
   */
  readonly kind: 'changed' | 'missing' | 'cut-off' | 'rewritten'
}

export interface Verified {
  readonly head: Head
  /** The first thing that is wrong; nothing after it can be trusted. */
  readonly fault: Fault | null
}

/** Goes on from a head that was verified before; links come in the order of their numbers. */
export function verifyLinks(
  from: Head,
  links: readonly Link[],
  signed: ReadonlyMap<number, Buffer>,
): Verified {
  let head = from
  for (const { seq, content, hash } of links) {
    if (seq !== head.seq + 1) return { head, fault: { seq: head.seq + 1, kind: 'missing' } }
    if (!linkHash(head.hash, seq, content).equals(hash)) {
      return { head, fault: { seq, kind: 'changed' } }
    }
    const wanted = signed.get(seq)
    if (wanted && !wanted.equals(hash)) return { head, fault: { seq, kind: 'rewritten' } }
    head = { seq, hash }
  }
  return { head, fault: null }
}

/** What can only be seen at the end: whether entries are missing there. */
export function verifyEnd(head: Head, signed: ReadonlyMap<number, Buffer>): Fault | null {
  const last = Math.max(0, ...signed.keys())
  return last > head.seq ? { seq: head.seq + 1, kind: 'cut-off' } : null
}
