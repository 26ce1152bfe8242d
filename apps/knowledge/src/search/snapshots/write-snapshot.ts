import { randomUUID } from 'node:crypto'
import { type SealedPart, type VectorIndex, writeSegment, writeVectors } from '@dure/retrieval'
import { rulesOf } from '../../analysis/versions.ts'
import type { BlobFolder, BlobStore } from '../../blobs/blob-store.ts'
import type { FollowingIndex } from '../base-index.ts'
import { blobsOf, type Manifest, writeManifest } from './manifest.ts'
import type { WrittenSegments } from './read-snapshot.ts'

export interface SnapshotTarget {
  readonly blobs: BlobStore
  readonly folder: BlobFolder
  readonly analyzerVersion: string
  readonly written: WrittenSegments
  /** A sign of life. @returns whether to go on */
  readonly touch: () => Promise<boolean>
}

export interface WrittenSnapshot {
  /** The name of the manifest. */
  readonly name: string
  /** All that the snapshot needs, the manifest among it. */
  readonly blobs: readonly string[]
  /** Changes of the index that are in it. */
  readonly changes: number
}

/** Vectors per blob: 25 MB of 384 dimensions. */
const VECTORS_PER_BLOB = 65_536

/** @returns undefined when the index has changed before it could begin, or somebody says to stop */
export async function writeSnapshot(
  target: SnapshotTarget,
  index: FollowingIndex,
): Promise<WrittenSnapshot | undefined> {
  await index.lexical.seal()
  const moment = momentOf(index)
  if (moment === undefined) return undefined
  const segments = await writeSegments(target, moment.parts)
  if (segments === undefined) return undefined
  const vectors = await writeAllVectors(target, moment.places)
  if (vectors === undefined) return undefined
  const { documents, build, terms } = moment
  const analyzerVersion = rulesOf(terms?.analyzerVersion) ?? target.analyzerVersion
  const manifest = {
    ...{ analyzerVersion, documents, segments, vectors, build, termsBuild: terms?.build },
  }
  const name = await put(target, 'manifest', writeManifest(manifest))
  return { name, blobs: [...blobsOf(manifest), name], changes: moment.changes }
}

/** All of an index, as it is now: what goes on meanwhile is for the next time. */
function momentOf(index: FollowingIndex) {
  const parts = index.lexical.parts()
  if (parts === undefined) return undefined
  return {
    parts: parts.map(({ arrays, removed }) => ({ arrays, removed: [...removed] })),
    places: index.vectors?.places() ?? [],
    build: index.build,
    terms: index.terms,
    documents: Object.fromEntries(index.versions),
    changes: index.changes,
  }
}

async function writeSegments(
  target: SnapshotTarget,
  parts: readonly SealedPart[],
): Promise<Manifest['segments'] | undefined> {
  const known = new Set(await target.blobs.list(target.folder))
  const segments: Manifest['segments'][number][] = []
  for (const { arrays, removed } of parts) {
    if (!(await target.touch())) return undefined
    const old = target.written.get(arrays)
    const blob = old && known.has(old) ? old : await put(target, 'segment', writeSegment(arrays))
    target.written.set(arrays, blob)
    segments.push({ blob, removed })
  }
  return segments
}

async function writeAllVectors(
  target: SnapshotTarget,
  places: ReturnType<VectorIndex['places']>,
): Promise<string[] | undefined> {
  const names: string[] = []
  for (let from = 0; from < places.length; from += VECTORS_PER_BLOB) {
    if (!(await target.touch())) return undefined
    const some = places.slice(from, from + VECTORS_PER_BLOB)
    names.push(await put(target, 'vectors', writeVectors(some)))
  }
  return names
}

async function put(
  { blobs, folder }: Pick<SnapshotTarget, 'blobs' | 'folder'>,
  kind: string,
  pieces: Promise<Uint8Array[]>,
): Promise<string> {
  const name = `${kind}-${randomUUID()}`
  await blobs.put(folder, name, await pieces)
  return name
}
