import { readSegment, readVectors, type SealedPart, UnusableFileError } from '@dure/retrieval'
import { rulesOf } from '../../analysis/versions.ts'
import type { BlobFolder, BlobStore } from '../../blobs/blob-store.ts'
import type { IndexContents } from '../base-index.ts'
import type { BaseTerms } from '../bring-up-store.ts'
import { readManifest } from './manifest.ts'

/** By their arrays, which never change: the names of the blobs that have them. */
export type WrittenSegments = WeakMap<SealedPart['arrays'], string>

export interface SnapshotSource {
  readonly blobs: BlobStore
  readonly folder: BlobFolder
  /** Of the rules of this process. */
  readonly analyzerVersion: string
  readonly written: WrittenSegments
}

/**
 * @param name of its manifest
 * @param terms by which the base is searched
 * @throws UnusableFileError when a part of it is missing, damaged, of another version, or has other terms
 */
export async function readSnapshot(
  { analyzerVersion, written, ...source }: SnapshotSource,
  { name, terms }: { readonly name: string; readonly terms: BaseTerms },
): Promise<IndexContents> {
  const expected = {
    analyzerVersion: rulesOf(terms.analyzerVersion) ?? analyzerVersion,
    termsBuild: terms.build,
  }
  const manifest = await readManifest(await get(source, name), expected)
  const parts: SealedPart[] = []
  for (const { blob, removed } of manifest.segments) {
    const arrays = await readSegment(await get(source, blob))
    written.set(arrays, blob)
    parts.push({ arrays, removed })
  }
  const vectors: IndexContents['vectors'][] = []
  for (const blob of manifest.vectors) vectors.push(await readVectors(await get(source, blob)))
  return {
    parts,
    vectors: vectors.flat(),
    build: manifest.build ?? '',
    terms,
    versions: new Map(Object.entries(manifest.documents)),
  }
}

/** One may be missing because a newer snapshot has just taken the place of this one. */
async function get(
  { blobs, folder }: Pick<SnapshotSource, 'blobs' | 'folder'>,
  name: string,
): Promise<Uint8Array> {
  const bytes = await blobs.get(folder, name)
  if (bytes === undefined) throw new UnusableFileError(`The blob ${name} is missing`)
  return bytes
}
