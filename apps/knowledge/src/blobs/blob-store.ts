import type { Tenant } from '@dure/contracts'

/** Which blobs: those of one thing of a tenant, such as the index of a knowledge base. */
export interface BlobFolder {
  readonly tenant: Tenant
  /** An id of ours. */
  readonly folder: string
}

/**
 * Large pieces of bytes, by names that we give. A blob is written once, and read or removed as a whole. Whoever keeps something
 * here can make it again: one that is missing is no error.
 */
export interface BlobStore {
  /** One that is there already is replaced. @param pieces one after the other */
  put(folder: BlobFolder, name: string, pieces: readonly Uint8Array[]): Promise<void>
  /** On memory of its own, from a multiple of eight bytes on. @returns undefined when it is not there, or not whole */
  get(folder: BlobFolder, name: string): Promise<Uint8Array | undefined>
  /** The names of all, 10,000 at the most. */
  list(folder: BlobFolder): Promise<string[]>
  remove(folder: BlobFolder, names: readonly string[]): Promise<void>
}

export const MOST_BLOBS = 10_000
