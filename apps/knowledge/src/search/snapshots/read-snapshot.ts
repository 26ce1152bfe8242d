import { readSegment, readVectors, type SealedPart, UnusableFileError } from '@dure/retrieval'
import type { BlobFolder, BlobStore } from '../../blobs/blob-store.ts'
import type { IndexContents } from '../base-index.ts'
import { readManifest } from './manifest.ts'

/** By their arrays, which never change: the names of the blobs that have them. */
export type WrittenSegments = WeakMap<SealedPart['arrays'], string>

export interface SnapshotSource {
  readonly blobs: BlobStore
  readonly folder: BlobFolder
  readonly analyzerVersion: string
  readonly written: WrittenSegments
}

/** @throws UnusableFileError when a part of it is missing, damaged, of another version, or by another analyzer */
export async function readSnapshot(
  { analyzerVersion, written, ...source }: SnapshotSource,
  name: string,
): Promise<IndexContents> {
  const manifest = await readManifest(await get(source, name), analyzerVersion)
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
