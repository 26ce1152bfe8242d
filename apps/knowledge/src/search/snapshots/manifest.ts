import { readArrayFile, UnusableFileError, writeArrayFile } from '@dure/retrieval'

/** What a snapshot of an index is made of. */
export interface Manifest {
  /** Of the rules of the analyzer whose terms are in it. */
  readonly analyzerVersion: string
  /** The version of each document in it. */
  readonly documents: Readonly<Record<string, number>>
  /** Blobs with segments of words, and the ordinals that were removed in each since it was written. */
  readonly segments: readonly { readonly blob: string; readonly removed: readonly number[] }[]
  /** Blobs with vectors. */
  readonly vectors: readonly string[]
  /** Which of the vectors of the base these are; absent: the first that it has had. */
  readonly build?: string | undefined
  /** Which of the terms of the base these are; absent: as `build`. */
  readonly termsBuild?: string | undefined
}

const VERSION = 1

export function writeManifest(manifest: Manifest): Promise<Uint8Array[]> {
  const json = new TextEncoder().encode(JSON.stringify(manifest))
  const facts = { kind: 'manifest', version: VERSION }
  return writeArrayFile({ facts, arrays: new Map([['json', json]]) })
}

/** What the terms of a snapshot have to be. */
export type ExpectedTerms = Required<Pick<Manifest, 'analyzerVersion' | 'termsBuild'>>

/** @throws UnusableFileError when it is damaged, of another version, or has other terms */
export async function readManifest(
  bytes: Uint8Array,
  { analyzerVersion, termsBuild }: ExpectedTerms,
): Promise<Manifest> {
  const { facts, arrays } = await readArrayFile(bytes)
  const json = arrays.get('json')
  if (facts.kind !== 'manifest' || facts.version !== VERSION || json === undefined) {
    throw new UnusableFileError(`It is a ${facts.kind} of version ${facts.version}`)
  }
  // Its checksum was right: it is what `writeManifest` wrote.
  const manifest: Manifest = JSON.parse(new TextDecoder().decode(json))
  if (manifest.analyzerVersion !== analyzerVersion) {
    throw new UnusableFileError(`Its terms are those of analyzer ${manifest.analyzerVersion}`)
  }
  if ((manifest.termsBuild ?? '') === termsBuild) return manifest
  throw new UnusableFileError('Its passages have other terms since')
}

/** The names of all its blobs. */
export function blobsOf({ segments, vectors }: Manifest): string[] {
  return [...segments.map(({ blob }) => blob), ...vectors]
}
